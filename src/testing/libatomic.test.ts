import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dlopen, getRawPointer } from 'node:ffi';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '#platform/config.ts';

// Decision 9. The machine of the tests may have a libatomic of its own; ours is loaded here before it.
const served = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);

const base = mkdtempSync(join(tmpdir(), 'karsaz-libatomic-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Has `libatomic.mjs` put its library for a program in that folder; gives back where it did. */
function place(folder: string): string {
  const script = `import { placeLibatomic } from ${JSON.stringify(pathToFileURL(join(root, 'libatomic.mjs')).href)};
    process.stdout.write(placeLibatomic(${JSON.stringify(folder)}).folder);`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: base },
  });
}

function makeProgram(name: string): string {
  const folder = join(base, name);
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  return folder;
}

const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });

describe.skipIf(!served)('the one function of libatomic', () => {
  test('exchanges when the bytes are those expected, and tells those that are there when not', () => {
    const { functions } = dlopen(join(place(makeProgram('called')), 'libatomic.so.1'), {
      __atomic_compare_exchange: {
        return: 'i32',
        arguments: ['u64', 'pointer', 'pointer', 'pointer', 'i32', 'i32'],
      },
    });
    const cases = fc
      .record({ size: fc.nat(33), offset: fc.nat(17), alike: fc.boolean() })
      .chain(({ size, offset, alike }) =>
        fc.record({
          offset: fc.constant(offset),
          held: bytes(size),
          wanted: bytes(size),
          expected: alike ? fc.constant(undefined) : bytes(size),
        }),
      );
    fc.assert(
      fc.property(cases, ({ offset, held, wanted, expected = held }) => {
        const size = held.length;
        const memory = new Uint8Array(64).fill(0xee);
        memory.set(held, offset);
        const told = new Uint8Array(size + 8).fill(0xdd);
        told.set(expected);
        const answer = functions.__atomic_compare_exchange(
          BigInt(size),
          getRawPointer(memory) + BigInt(offset),
          getRawPointer(told),
          getRawPointer(Uint8Array.of(...wanted, 0)),
          5,
          5,
        );
        const same = Buffer.compare(held, expected) === 0;
        const around = new Uint8Array(64).fill(0xee);
        around.set(same ? wanted : held, offset);
        expect(answer & 0xff).toBe(same ? 1 : 0);
        expect(memory).toEqual(around);
        expect(told.subarray(0, size)).toEqual(held);
        expect(told.subarray(size)).toEqual(new Uint8Array(8).fill(0xdd));
      }),
      { numRuns: 2000 },
    );
  });

  test('lets Node 26 load and run threads', () => {
    const folder = place(makeProgram('loaded'));
    expect(folder).toBe(join(base, 'loaded', 'node_modules', '.libatomic'));
    const script = `
      const { Worker, isMainThread } = require('node:worker_threads');
      for (let i = 0; i < 2000; i += 1) new Function('a', 'return a + ' + i)(i);
      if (!isMainThread) return;
      Promise.all([1, 2, 3].map(() => new Promise((done) => new Worker(__filename).once('exit', done)))).then(
        (codes) => console.log(JSON.stringify([codes, require('fs').readFileSync('/proc/self/maps', 'utf8')])),
      );`;
    const file = join(base, 'threads.cjs');
    writeFileSync(file, script);
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
      env: { ...process.env, LD_LIBRARY_PATH: folder },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [codes, maps]: [number[], string] = JSON.parse(stdout);
    expect(codes).toEqual([0, 0, 0]);
    expect(maps).toContain(join(folder, 'libatomic.so.1'));
  });

  test('is written anew when something else stands in its place', () => {
    const program = makeProgram('spoilt');
    const path = join(place(program), 'libatomic.so.1');
    const good = readFileSync(path);
    writeFileSync(path, 'something else');
    place(program);
    expect(readFileSync(path).equals(good)).toBe(true);
  });

  test('goes to a closed folder where the loader could not read the name of the near one', () => {
    const folder = place(makeProgram('with:colon'));
    expect(folder.startsWith(join(base, 'karsaz-'))).toBe(true);
    expect(existsSync(join(folder, 'libatomic.so.1'))).toBe(true);
  });
});
