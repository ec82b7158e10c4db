import { type Html, html } from '#kernel/html.ts';
import type { Bilingual, Indicator } from '#kernel/indicator.ts';
import { type SitePage, pathIn } from '#platform/site.ts';
import { must } from '#kernel/result.ts';
import {
  type Language,
  digits,
  grouped,
  instantText,
  largestUnit,
  moneyAbout,
  moneyText,
  partOfLength,
  pointsOf,
  unitWords,
} from '#web/format.ts';
import { dimensionWords } from '../records/words.ts';
import { tileOf, tiledProvinces, tiles } from '../report/tile.ts';
import { unitLabels } from '../statement/words.ts';
import { type Dataset, type DatasetRow, datasetPath, licence } from './contract.ts';
import { datasetLabels as label, datasetRefusalWords } from './words.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const files = (indicator: string): Html =>
  html`<a href="${datasetPath(indicator)}/values.csv">CSV</a> ·
    <a href="${datasetPath(indicator)}/values.json">JSON</a>`;

const licenceLine = (language: Language): Html =>
  html`<p class="small">
    ${label.licence[language]}: <a rel="license" href="${licence.address}"><bdi>${licence.name}</bdi></a
    >. ${label.licenceHelp[language]}
  </p>`;

/** Every dataset with its files. */
export function datasetsPage(indicators: readonly Indicator[], language: Language): SitePage {
  const say = (text: Bilingual): string => text[language];
  return {
    title: label.data,
    description: label.dataHelp,
    head: html`<link rel="alternate" type="application/ld+json" href="/data/catalogue.jsonld" />`,
    body: html`<h1>${say(label.data)}</h1>
      <p class="lead">${say(label.dataHelp)}</p>
      <div class="scroll">
        <table class="cards">
          <thead>
            <tr>
              <th>${say(label.dataset)}</th>
              <th>${say(label.unit)}</th>
              <th>${say(label.files)}</th>
            </tr>
          </thead>
          <tbody>
            ${indicators.map(
              ({ id, title, definition, unit }) =>
                html`<tr>
                  <td>
                    <a href="${pathIn(language, datasetPath(id))}">${capital(say(title))}</a><br /><span
                      class="small"
                      >${capital(say(definition))}</span
                    >
                  </td>
                  <td>${say(unitLabels[unit])}</td>
                  <td>${files(id)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p><a href="/data/catalogue.jsonld">${say(label.catalogue)}</a></p>
      ${licenceLine(language)}`,
  };
}

function valueText(value: string | null, unit: Dataset['unit'], language: Language): string {
  if (value === null) return label.withheld[language];
  switch (unit) {
    case 'rial':
      return moneyText(BigInt(value), language);
    case 'count':
      return grouped(BigInt(value), language);
    case 'percent':
      return pointsOf(value, language);
  }
}

/** So many rows stand on the page itself. */
const mostRows = 200;

const isOfCounties = (rows: readonly DatasetRow[]): boolean => rows.some((row) => row.countyCode !== null);

/** One dataset: what it holds, its newest rows, and its files. */
export function datasetPage(dataset: Dataset, language: Language): SitePage {
  const say = (text: Bilingual): string => text[language];
  const { indicator, title, definition, unit, year, rows, asOf, definitionVersion } = dataset;
  const newest = rows
    .toSorted((a, b) => b.year - a.year || a.province.localeCompare(b.province))
    .slice(0, mostRows);
  const adds = unit === 'percent' ? label.ratioNot : dataset.additive ? label.adds : label.addsNot;
  const fact = (name: Bilingual, value: Html | string): Html =>
    html`<dt>${say(name)}</dt>
      <dd>${value}</dd>`;
  return {
    title: { fa: title.fa, en: capital(title.en) },
    description: { fa: `${definition.fa}.`, en: `${capital(definition.en)}.` },
    body: html`<h1>${capital(say(title))}</h1>
      <p class="lead">${capital(say(definition))}.</p>
      <p>${files(indicator)}</p>
      <dl class="facts">
        ${fact(label.unit, say(unitLabels[unit]))}
        ${fact(label.year, say(year === 'budget_year' ? label.budgetYear : label.happenedYear))}
        ${fact(label.version, digits(definitionVersion, language))}
        ${fact(label.asOf, instantText(asOf, language))}
      </dl>
      <p>${say(adds)} ${say(label.withheldHelp)}</p>
      ${mapOf(dataset, language)}
      ${
        rows.length === 0
          ? html`<div class="note">
              <p><strong>${say(label.none)}.</strong> ${say(label.noneHelp)}</p>
            </div>`
          : rowsTable(newest, { dataset, language })
      }
      ${rows.length > mostRows ? html`<p class="small">${say(label.first)}</p>` : null}
      ${licenceLine(language)}
      <p><a href="${pathIn(language, '/data')}">${say(label.back)}</a></p>`,
  };
}

function rowsTable(
  rows: readonly DatasetRow[],
  { dataset, language }: { readonly dataset: Dataset; readonly language: Language },
): Html {
  const say = (text: Bilingual): string => text[language];
  const byCounty = isOfCounties(dataset.rows);
  const programmes = dimensionWords['programme']?.values ?? {};
  const place = ({ countyCode, countyFa, countyEn }: DatasetRow): string =>
    countyCode === null ? say(label.rest) : say({ fa: countyFa ?? '', en: countyEn ?? '' });
  return html`<div class="scroll">
    <table class="cards">
      <thead>
        <tr>
          <th>${say(label.province)}</th>
          ${byCounty ? html`<th>${say(label.county)}</th>` : null}
          <th>${say(label.year)}</th>
          <th>${say(label.programme)}</th>
          <th class="number">${say(label.value)}</th>
          <th class="number">${say(label.records)}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <td>${say({ fa: row.provinceFa, en: row.provinceEn })}</td>
              ${byCounty ? html`<td>${place(row)}</td>` : null}
              <td data-label="${say(label.year)}">${digits(row.year, language)}</td>
              <td data-label="${say(label.programme)}">
                ${row.programme === null ? '—' : (programmes[row.programme]?.[language] ?? row.programme)}
              </td>
              <td class="number" data-label="${say(label.value)}">
                ${valueText(row.value, dataset.unit, language)}
              </td>
              <td class="number" data-label="${say(label.records)}">
                ${row.records === null ? '—' : grouped(row.records, language)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const [tile, step] = [64, 70] as const;

/**
 * The newest year of a dataset on a map of tiles: what may be added up, province by province. Its numbers stand in the
 * table below as well, so a screen reader is told once.
 */
function mapOf({ rows, additive, unit }: Dataset, language: Language): Html | null {
  if (!additive || unit === 'percent') return null;
  const sums = new Map<string, bigint>();
  const year = rows.reduce((newest, row) => Math.max(newest, row.year), 0);
  for (const row of rows)
    if (row.year === year && row.value !== null)
      sums.set(row.province, (sums.get(row.province) ?? 0n) + BigInt(row.value));
  if (sums.size === 0) return null;
  const values = [...sums.values()];
  const [largest, money] = [values.reduce((a, b) => (a > b ? a : b), 1n), largestUnit(values)];
  const textOf = (sum: bigint | undefined): string =>
    sum === undefined ? '—' : unit === 'rial' ? moneyAbout(sum, money, language) : grouped(sum, language);
  return html`<figure class="tiles">
    <figcaption>
      ${label.map[language]}
      ${digits(year, language)}${unit === 'rial' ? ` (${unitWords[money][language]})` : ''}
    </figcaption>
    <svg viewBox="0 0 ${tiles.columns * step} ${tiles.rows * step}" aria-hidden="true">
      ${tiledProvinces.map((slug) => {
        const place = must(tileOf(slug), 'the tile of a tiled province');
        const [x, y] = [place.column * step, place.row * step];
        const sum = sums.get(slug);
        const strength =
          sum === undefined || sum <= 0n ? 0 : 12 + Math.round(partOfLength(sum, largest, 100) / 2);
        return html`<rect x="${x}" y="${y}" width="${tile}" height="${tile}" rx="6" />
          <rect
            class="value"
            x="${x}"
            y="${y}"
            width="${tile}"
            height="${tile}"
            rx="6"
            opacity="${strength / 100}"
          />
          <text x="${x + tile / 2}" y="${y + 26}">${place.short[language]}</text>
          <text x="${x + tile / 2}" y="${y + 46}">${textOf(sum)}</text>`;
      })}
    </svg>
  </figure>`;
}

export function datasetMissingPage(indicator: string, language: Language): SitePage {
  const missing = datasetRefusalWords.DatasetMissing({ indicator });
  return {
    title: label.dataset,
    description: missing,
    status: 404,
    hidden: true,
    body: html`<h1>${label.dataset[language]}</h1>
      <div class="note red"><p>${missing[language]}</p></div>
      <p><a href="${pathIn(language, '/data')}">${label.back[language]}</a></p>`,
  };
}

const bothLanguages = ({ fa, en }: Bilingual) => [
  { '@language': 'fa', '@value': fa },
  { '@language': 'en', '@value': en },
];

const distribution = (id: string, ending: 'csv' | 'json', media: string) => ({
  '@id': `${datasetPath(id)}/values.${ending}`,
  '@type': 'dcat:Distribution',
  'dcat:accessURL': { '@id': datasetPath(id) },
  'dcat:downloadURL': { '@id': `${datasetPath(id)}/values.${ending}` },
  'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${media}` },
  'dct:license': { '@id': licence.address },
});

/** The catalogue as DCAT 3 in JSON-LD; its addresses are relative to its own. */
export function catalogueOf(indicators: readonly Indicator[]): object {
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
    },
    '@id': '/data/catalogue.jsonld',
    '@type': 'dcat:Catalog',
    'dct:title': bothLanguages(label.data),
    'dct:description': bothLanguages(label.dataHelp),
    'dct:language': ['fa', 'en'],
    'dct:license': { '@id': licence.address },
    'foaf:homepage': { '@id': '/data' },
    'dcat:dataset': indicators.map(({ id, title, definition, version }) => ({
      '@id': datasetPath(id),
      '@type': 'dcat:Dataset',
      'dct:identifier': id,
      'dct:title': bothLanguages(title),
      'dct:description': bothLanguages(definition),
      'dcat:version': String(version),
      'dct:license': { '@id': licence.address },
      'dcat:distribution': [
        distribution(id, 'csv', 'text/csv'),
        distribution(id, 'json', 'application/json'),
      ],
    })),
  };
}
