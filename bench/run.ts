import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm run bench -- NAME [--json]` runs `bench/NAME.ts`, one file per claim of performance. Each exports
 * `bench()`, which prints nothing and gives back what it measured, ratios of one run among them.
 */
export async function runBench(args: readonly string[]): Promise<number> {
  const folder = import.meta.dirname;
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
  const name = args.find((arg) => !arg.startsWith('--'));
  const unknown = args.find((arg) => arg.startsWith('--') && arg !== '--json');
  if (
    name === undefined ||
    unknown !== undefined ||
    !names.includes(name) ||
    !existsSync(join(folder, `${name}.ts`))
  ) {
    console.error(`bench NAME [--json], NAME: ${names.join(', ')}`);
    return 2;
  }
  const measured = await loadBench(join(folder, `${name}.ts`));
  console.log(args.includes('--json') ? JSON.stringify(measured) : formatLines(measured));
  return 0;
}

async function loadBench(path: string): Promise<Record<string, unknown>> {
  const module: unknown = await import(path);
  if (
    typeof module === 'object' &&
    module !== null &&
    'bench' in module &&
    typeof module.bench === 'function'
  ) {
    return await module.bench();
  }
  throw new Error(`${path} exports no bench()`);
}

const formatLines = (measured: Record<string, unknown>): string =>
  Object.entries(measured)
    .map(([name, value]) => `${name.padEnd(32)} ${String(value)}`)
    .join('\n');
