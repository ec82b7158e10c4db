import { readFileSync } from 'node:fs';
import { Obstacle, reasonOf } from '#platform/obstacle.ts';
import { type KeptHead, keptHeadShape } from '../seal/contract.ts';

/** Heads that were kept elsewhere: a file of JSON lines, as `GET /api/seals/heads` gives them. */
export function readKeptHeads(path: string): KeptHead[] {
  const heads = headsIn(path);
  if (heads.length > 0) return heads;
  throw new Obstacle(`در «${path}» هیچ سرِ مُهری نیست.`, `"${path}" holds no head of a seal.`);
}

function headsIn(path: string): KeptHead[] {
  let number = 0;
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        number = index + 1;
        return line.trim() === '' ? [] : [keptHeadShape.parse(JSON.parse(line))];
      });
  } catch (error) {
    if (number === 0)
      throw new Obstacle(`«${path}» خوانده نشد.`, `"${path}" cannot be read: ${reasonOf(error)}.`);
    throw new Obstacle(
      `خط ${number} از «${path}» سرِ مُهر نیست: هر خط باید provinceId، number و head یک مُهر را داشته باشد.`,
      `Line ${number} of "${path}" is no head of a seal: each line is to hold its provinceId, number and head.`,
    );
  }
}
