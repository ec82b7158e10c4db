import type { ReactNode } from 'react';
import {
  grouped,
  largestUnit,
  moneyAbout,
  moneyText,
  partOfLength,
  pointsOf,
  rialsOf,
  unitWords,
} from '#web/format.ts';
import { useSpeech } from '#web/language.tsx';
import type { ReportCell, ReportTable } from '../report/contract.ts';
import { hundredthsOf } from '../report/rules.ts';
import { tileOf, tiles } from '../report/tile.ts';
import { reportLabels } from '../report/words.ts';

/** What a cell is worth in a comparison; less than nothing where it has no value. */
export const sizeOf = ({ value, unit }: ReportCell): bigint =>
  value === null ? -1n : unit === 'percent' || unit === 'points' ? hundredthsOf(value) : BigInt(value);

// ---- places side by side as bars, and provinces as a map of tiles

/** A cell in the few words of a chart. */
function useShort(): (cell: ReportCell) => string {
  const { language } = useSpeech();
  return ({ value, unit }) => {
    if (value === null) return '—';
    if (unit === 'rial') return moneyText(rialsOf(value), language);
    if (unit === 'percent' || unit === 'points') return pointsOf(value, language);
    return grouped(BigInt(value), language);
  };
}

type Shown = { readonly table: ReportTable; readonly at: number };

const hundredPercent = 10_000n;

/** What fills a bar: the greatest of them, or a hundred per cent. */
const largestOf = ({ table, at }: Shown): bigint =>
  table.rows.reduce((most, { cells }) => {
    const cell = cells[at];
    const size = cell === undefined ? 0n : sizeOf(cell);
    const least = cell?.unit === 'percent' ? hundredPercent : 1n;
    return [most, size, least].reduce((a, b) => (a > b ? a : b));
  }, 1n);

/** One bar for each place; what it shows stands in the table below, so a screen reader is told once. */
export function Bars({ table, at }: Shown): ReactNode {
  const { say } = useSpeech();
  const short = useShort();
  const largest = largestOf({ table, at });
  const rows = table.rows.flatMap(({ key, name, cells }) => {
    const cell = cells[at];
    return cell === undefined || cell.value === null ? [] : [{ key, name, cell }];
  });
  // Years stand in their order, places the greatest first.
  if (table.key !== 'years') rows.sort((a, b) => (sizeOf(a.cell) > sizeOf(b.cell) ? -1 : 1));
  return (
    <ol className="k-bars">
      {rows.map(({ key, name, cell }) => (
        <li key={key}>
          <span>{say(name)}</span>
          <span className="k-bar" aria-hidden="true">
            <span
              style={{
                inlineSize: `${partOfLength(sizeOf(cell) < 0n ? 0n : sizeOf(cell), largest, 100)}%`,
              }}
            />
          </span>
          <bdi>{short(cell)}</bdi>
        </li>
      ))}
    </ol>
  );
}

const tile = 64;
const gap = 6;

/** Each province a tile about where it lies: the darker, the more. Its number stands in it, for colour alone says nothing. */
export function TileMap({ table, at }: Shown): ReactNode {
  const { say, language } = useSpeech();
  const short = useShort();
  const largest = largestOf({ table, at });
  const column = table.columns[at];
  const sums = table.rows.flatMap(({ cells }) => {
    const cell = cells[at];
    return cell?.unit === 'rial' && cell.value !== null ? [rialsOf(cell.value)] : [];
  });
  // A tile holds no word beside its number: one unit for all, told above them.
  const unit = largestUnit(sums);
  const inTile = (cell: ReportCell): string =>
    cell.unit === 'rial' && cell.value !== null
      ? moneyAbout(rialsOf(cell.value), unit, language)
      : short(cell);
  return (
    <>
      {sums.length === 0 ? null : (
        <p className="k-hint">
          {say(reportLabels.amountsIn)} {say(unitWords[unit])}
        </p>
      )}
      <svg
        className="k-tiles"
        role="img"
        aria-label={`${say(reportLabels.map)}: ${column === undefined ? '' : say(column.title)}`}
        viewBox={`0 0 ${tiles.columns * (tile + gap)} ${tiles.rows * (tile + gap)}`}
      >
        {table.rows.map(({ key, name, cells }) => {
          const place = tileOf(key);
          const cell = cells[at];
          if (place === undefined || cell === undefined) return null;
          const size = sizeOf(cell) < 0n ? 0n : sizeOf(cell);
          const part = partOfLength(size, largest, 100);
          const [x, y] = [place.column * (tile + gap), place.row * (tile + gap)];
          return (
            <g key={key}>
              <title>{`${say(name)}: ${short(cell)}`}</title>
              <rect x={x} y={y} width={tile} height={tile} rx={6} fill="var(--sunk)" stroke="var(--line-2)" />
              <rect
                x={x}
                y={y}
                width={tile}
                height={tile}
                rx={6}
                fill="var(--stage-paid)"
                opacity={cell.value === null ? 0 : 0.12 + (0.5 * part) / 100}
              />
              <text x={x + tile / 2} y={y + 26} textAnchor="middle" fill="var(--ink)">
                {say(place.short)}
              </text>
              <text x={x + tile / 2} y={y + 46} textAnchor="middle" fill="var(--ink)">
                {inTile(cell)}
              </text>
            </g>
          );
        })}
      </svg>
    </>
  );
}
