import type { CatalogueRow, ReadCsv } from '#platform/csv.ts';
import type { Database } from '#platform/db.ts';
import {
  fillAreas,
  upsertCounties,
  upsertIndicatorValues,
  upsertIndicators,
  upsertProvinces,
  upsertSources,
} from './queries.ts';

/**
 * Brings sources, provinces, counties and their indicators from the data files into the database, in one
 * transaction. A second load of the same files writes nothing. A row that left a file stays: other rooms may
 * point at it. `owner` is the database as `karsaz_owner`, because the serving role may only read these tables.
 */
export async function loadCatalogue(owner: Database, readCsv: ReadCsv): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    await upsertSources(tx, readCsv('sources.csv'));
    await upsertProvinces(tx, readCsv('provinces.csv'));
    await upsertCounties(tx, readCsv('counties.csv'));
    await fillAreas(tx);
    await upsertIndicators(tx, readCsv('indicators.csv'));
    await upsertIndicatorValues(tx, [
      ...readCsv('province_indicators.csv').map((row) => ({ ...row, area_code: areaOfProvince(row) })),
      ...readCsv('county_indicators.csv').map((row) => ({ ...row, area_code: row['county_code'] ?? '' })),
    ]);
  });
}

/** A row without a province speaks of the whole country. */
function areaOfProvince(row: CatalogueRow): string {
  const province = row['province_id'] ?? '';
  return province === '' ? 'IR' : `IR-${province.padStart(2, '0')}`;
}
