import { expect, test } from 'vitest';
import type { Problem } from './api.ts';
import { formKey, type FormKey } from './form-key.ts';

const problem = (status: number): Problem => ({
  kind: 'Any',
  status,
  text: { fa: '', en: '' },
  field: null,
  fields: [],
  facts: {},
});

function counted(): FormKey {
  let made = 0;
  return formKey(() => `key-${(made += 1)}`);
}

test('a double click and a try after silence or a fault bear one key, even with another body', () => {
  const key = counted();
  expect([key.forBody({ sum: '1' }), key.forBody({ sum: '1' })]).toEqual(['key-1', 'key-1']);
  key.failed(problem(0));
  expect(key.forBody({ sum: '1' })).toBe('key-1');
  key.failed(problem(503));
  expect(key.forBody({ sum: '2' })).toBe('key-1');
});

test('a try after a refusal is a new one', () => {
  const key = counted();
  key.forBody({ sum: '1' });
  key.failed(problem(409));
  expect(key.forBody({ sum: '1' })).toBe('key-2');
});

test('a late second click after success is a replay; another body is another deed', () => {
  const key = counted();
  const body = { sum: '1' };
  key.forBody(body);
  key.succeeded(body);
  expect(key.forBody({ sum: '1' })).toBe('key-1');
  key.succeeded(body);
  expect(key.forBody({ sum: '2' })).toBe('key-2');
});
