import type { Bound, Cluster, Holding } from './contract.ts';

const placeOf = ({ countyCode, occupationId }: Omit<Cluster, 'personIds'>): string =>
  `${countyCode} ${occupationId}`;

/**
 * Holders of one occupation in one county who are enough for a cooperative: everybody who holds a licence there and
 * is bound to no cooperative of that occupation. The largest first, then by county and occupation.
 */
export function findClusters(
  holdings: readonly Holding[],
  { bound, least }: { readonly bound: readonly Bound[]; readonly least: number },
): Cluster[] {
  const taken = new Set(bound.map(({ personId, occupationId }) => `${occupationId} ${personId}`));
  const places = new Map<string, { readonly at: Holding; readonly personIds: Set<string> }>();
  for (const at of holdings) {
    if (taken.has(`${at.occupationId} ${at.personId}`)) continue;
    const place = places.get(placeOf(at)) ?? { at, personIds: new Set() };
    place.personIds.add(at.personId);
    places.set(placeOf(at), place);
  }
  return [...places.values()]
    .filter(({ personIds }) => personIds.size >= least)
    .map(({ at: { countyCode, occupationId }, personIds }) => ({
      countyCode,
      occupationId,
      personIds: [...personIds].sort(),
    }))
    .sort((a, b) => b.personIds.length - a.personIds.length || (placeOf(a) < placeOf(b) ? -1 : 1));
}
