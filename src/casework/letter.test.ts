import { expect, test } from 'vitest';
import { caseDesks } from '#app.ts';

test('the basis of a deadline is told to citizens without brackets of its own and without our remarks', () => {
  const limits = caseDesks.flatMap(({ kind }) =>
    Object.values(kind.waits ?? {}).flatMap((wait) => wait?.limit ?? []),
  );
  expect(limits.length).toBeGreaterThan(5);
  for (const { basis } of limits) {
    expect(basis.fa).not.toMatch(/[()]|برداشت/);
    expect(basis.en).not.toMatch(/[()]|our reading/);
  }
});
