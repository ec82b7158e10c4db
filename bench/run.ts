import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { print, type Figure } from './measure.ts';

type Bench = { readonly figures: (chosen?: string, size?: number) => AsyncIterable<Figure> };

/**
 * `npm run bench -- NAME [--case CASE] [--size N] [--json]` runs `bench/NAME.ts`, one file per subject. Each exports
 * `figures()`, which yields one figure per claim, and each figure is printed as soon as it is measured. A case
 * that takes too long to be run each time is run only when it is asked for by name; a size says how many records.
 */
export async function runBench(args: readonly string[]): Promise<number> {
  const folder = import.meta.dirname;
  const names = readdirSync(folder)
    .filter((file) => /^[a-z_]+\.ts$/.test(file) && !['run.ts', 'measure.ts'].includes(file))
    .map((file) => file.slice(0, -'.ts'.length));
  const options = new Map<string, string | undefined>();
  const asked: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--case' || arg === '--size') options.set(arg, args[(at += 1)]);
    else if (arg !== '--json') asked.push(arg);
  }
  const size = options.get('--size');
  const [name] = asked;
  if (name === undefined || asked.length > 1 || !names.includes(name)) {
    console.error(`bench NAME [--case CASE] [--size N] [--json]   NAME: ${names.join(', ')}`);
    return 2;
  }
  const { figures }: Bench = await import(join(folder, `${name}.ts`));
  const sized = size === undefined ? undefined : Number.parseInt(size, 10);
  for await (const figure of figures(options.get('--case'), sized)) print(figure, args.includes('--json'));
  return 0;
}
