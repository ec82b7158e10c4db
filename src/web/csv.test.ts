import { expect, test } from 'vitest';
import { csvText } from './csv.ts';

test('commas, quotes and lines stay in their cell', () => {
  expect(csvText([['a,b', 'c"d', 'e\nf']])).toBe('\ufeff"a,b","c""d","e\nf"\r\n');
});

test('a cell that a spreadsheet would run is only shown; a negative sum stays a number', () => {
  expect(csvText([['=1+1', '@x', '-cmd', '-1200']])).toBe("\ufeff'=1+1,'@x,'-cmd,-1200\r\n");
});
