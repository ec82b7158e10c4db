import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { print, type Figure } from './measure.ts';

/**
 * `npm run bench -- NAME [--json]` runs `bench/NAME.ts`, one file per subject. Each exports `figures()`, which
 * yields one figure per claim, and each figure is printed as soon as it is measured.
 */
export async function runBench(args: readonly string[]): Promise<number> {
  const folder = import.meta.dirname;
  const names = readdirSync(folder)
    .filter((file) => /^[a-z_]+\.ts$/.test(file) && !['run.ts', 'measure.ts'].includes(file))
    .map((file) => file.slice(0, -'.ts'.length));
  const asked = args.filter((arg) => arg !== '--json');
  const [name] = asked;
  if (name === undefined || asked.length > 1 || !names.includes(name)) {
    console.error(`bench NAME [--json]   NAME: ${names.join(', ')}`);
    return 2;
  }
  const { figures }: { figures: () => AsyncIterable<Figure> } = await import(join(folder, `${name}.ts`));
  for await (const figure of figures()) print(figure, args.includes('--json'));
  return 0;
}
