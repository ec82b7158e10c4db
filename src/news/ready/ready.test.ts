import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '#testing/clock.ts';
import { ReadyPages } from './actions.ts';

describe('a ready page', () => {
  test('is never older than the last change before it was asked for, however slowly it is made', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { maxLength: 30 }),
        async (scheduler, steps) => {
          const pages = new ReadyPages<number>(fixedClock());
          let written = 0;
          // A page shows what was written when its making began.
          const make = async (): Promise<number> => {
            const seen = written;
            await scheduler.schedule(Promise.resolve());
            return seen;
          };
          const asked: Promise<void>[] = [];
          for (const writes of steps)
            if (writes) {
              written += 1;
              pages.touch('item');
            } else {
              const least = written;
              asked.push(
                pages.get('item', 'fa', make).then((page) => expect(page).toBeGreaterThanOrEqual(least)),
              );
            }
          await scheduler.waitAll();
          await scheduler.waitFor(Promise.all(asked));
        },
      ),
    );
  });

  test('is made once for many readers, anew after a second, and anew after a failure', async () => {
    const clock = fixedClock();
    const pages = new ReadyPages<string>(clock);
    let made = 0;
    const make = async (): Promise<string> => {
      made += 1;
      if (made === 3) throw new Error('the database was away');
      return `page ${made}`;
    };
    const get = (): Promise<string> => pages.get('item', 'fa', make);
    expect(await Promise.all(Array.from({ length: 50 }, get))).toEqual(
      Array.from({ length: 50 }, () => 'page 1'),
    );
    clock.advance(1_000);
    expect(await get()).toBe('page 2');
    pages.touch('item');
    await expect(get()).rejects.toThrow('away');
    expect(await get()).toBe('page 4');
    pages.touch('other');
    expect(await get()).toBe('page 4');
  });
});
