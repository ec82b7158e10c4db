import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { print, type Figure } from './measure.ts';

type Bench = { readonly figures: (chosen?: string) => AsyncIterable<Figure> };

/**
 * `npm run bench -- NAME [--case CASE] [--json]` runs `bench/NAME.ts`, one file per subject. Each exports
 * `figures()`, which yields one figure per claim, and each figure is printed as soon as it is measured. A case
 * that takes too long to be run each time is run only when it is asked for by name.
 */
export async function runBench(args: readonly string[]): Promise<number> {
  const folder = import.meta.dirname;
  const names = readdirSync(folder)
    .filter((file) => /^[a-z_]+\.ts$/.test(file) && !['run.ts', 'measure.ts'].includes(file))
    .map((file) => file.slice(0, -'.ts'.length));
  const at = args.indexOf('--case');
  const chosen = at === -1 ? undefined : args[at + 1];
  const asked = args.filter(
    (arg, place) => arg !== '--json' && (at === -1 || (place !== at && place !== at + 1)),
  );
  const [name] = asked;
  if (name === undefined || asked.length > 1 || !names.includes(name)) {
    console.error(`bench NAME [--case CASE] [--json]   NAME: ${names.join(', ')}`);
    return 2;
  }
  const { figures }: Bench = await import(join(folder, `${name}.ts`));
  for await (const figure of figures(chosen)) print(figure, args.includes('--json'));
  return 0;
}
