import { hash } from 'node:crypto';
import { must } from '#kernel/result.ts';
import { readSnapshot, type Snapshot } from '#platform/copy.ts';
import { noScope, type Database } from '#platform/db.ts';
import { isSigned } from '#platform/signature.ts';
import type { TransferPhase } from '../contract.ts';
import { headOf, instantOf, isUpTo, rowsHashOf } from '../seal/actions.ts';
import { transferSource } from '../seal/contract.ts';
import type { AlteredPart, KeptHead, Seal, SealFault, SealSource } from '../seal/contract.ts';
import { EntryIndex, idText, readId } from '../seal/entry.ts';
import { copyRows, readAccounts, readKeys, readProvinces, readSeals } from '../seal/queries.ts';
import type { StoredSeal, Through } from '../seal/queries.ts';
import { Replay } from '../seal/replay.ts';
import { faultOfSeal } from '../seal/rules.ts';

export type VerifyOrder = {
  readonly db: Database;
  readonly sources: readonly SealSource[];
  /** Heads kept elsewhere, which the chain must contain. */
  readonly keptHeads: readonly KeptHead[];
  /** Called after each province. */
  readonly progress: (done: ProvinceReport) => void;
};

export type ProvinceReport = {
  readonly provinceId: number;
  readonly seals: number;
  readonly sealed: number;
  /** Rows younger than the last seal. */
  readonly waiting: number;
  /** Rows that were sealed behind later ones. */
  readonly late: number;
  readonly faults: readonly SealFault[];
};

/**
 * Recomputes everything that the ledger says of itself, at one instant: each seal and its signature, each sealed
 * row, each account from zero. Gives back what is wrong first in each province; nothing when all is right.
 */
export function verifyLedger({ db, sources, keptHeads, progress }: VerifyOrder): Promise<ProvinceReport[]> {
  return readSnapshot(db, { ...noScope, province: 'all' }, async (snapshot) => {
    const keys = await readKeys(snapshot);
    const provinceIds = await readProvinces(snapshot, sources);
    const unknown = keptHeads.filter(({ provinceId }) => !provinceIds.includes(provinceId));
    const reports: ProvinceReport[] = unknown.map(({ provinceId, number }) => ({
      ...nothing(provinceId),
      faults: [{ kind: 'SealMissing', provinceId, number }],
    }));
    for (const provinceId of provinceIds) {
      const kept = keptHeads.filter((head) => head.provinceId === provinceId);
      const report = await verifyProvince({ snapshot, provinceId, sources, keys, kept });
      progress(report);
      reports.push(report);
    }
    return reports;
  });
}

const nothing = (provinceId: number) => ({ provinceId, seals: 0, sealed: 0, waiting: 0, late: 0 });

type Province = {
  readonly snapshot: Snapshot;
  readonly provinceId: number;
  readonly sources: readonly SealSource[];
  readonly keys: ReadonlyMap<string, Buffer>;
  readonly kept: readonly KeptHead[];
};

async function verifyProvince(province: Province): Promise<ProvinceReport> {
  const { snapshot, provinceId, sources } = province;
  const chain = await readChain(province);
  const accounts = await readAccounts(snapshot, provinceId);
  const replay = new Replay(provinceId, accounts);
  const faults: SealFault[] = [];
  let waiting = 0;
  for (const source of sources) {
    const check = new RowCheck({ provinceId, source, sealed: chain.bySource.get(source.name) });
    const onRow = source.name === transferSource.name ? replaying(replay, check.columns) : undefined;
    await copyRows(snapshot, { provinceId, source, columns: check.columns }, (line) =>
      check.take(line, onRow),
    );
    waiting += check.waiting;
    faults.push(...check.faults());
  }
  if (chain.fault !== undefined) faults.push(chain.fault);
  const wrongAccount = replay.fault(accounts);
  if (wrongAccount !== undefined) faults.push(wrongAccount);
  return { provinceId, seals: chain.seals, sealed: chain.rows, waiting, late: chain.late, faults };
}

/** The seals of one source of a province. */
type SealedSource = {
  readonly parts: Buffer[];
  readonly runs: { readonly from: number; readonly firstPosition: bigint; readonly format: number }[];
  count: number;
  through: Through;
};

type Chain = {
  readonly bySource: ReadonlyMap<string, SealedSource>;
  readonly seals: number;
  readonly rows: number;
  readonly late: number;
  readonly fault: SealFault | undefined;
};

async function readChain({ snapshot, provinceId, keys, kept }: Province): Promise<Chain> {
  const bySource = new Map<string, SealedSource>();
  const keptByNumber = new Map(kept.map((head) => [head.number, head]));
  let before: Seal | undefined;
  let fault: SealFault | undefined;
  let seals = 0;
  let rows = 0;
  let late = 0;
  for await (const seal of readSeals(snapshot, provinceId)) {
    fault ??= faultOf(before, seal, keys) ?? faultOfKept(seal, keptByNumber);
    keptByNumber.delete(seal.number.toString());
    const known = bySource.get(seal.source);
    if (known !== undefined && known.through.id === seal.through.id) late += seal.rowCount;
    addTo(bySource, seal);
    seals += 1;
    rows += seal.rowCount;
    before = seal;
  }
  const [beyond] = keptByNumber.keys();
  if (beyond !== undefined) fault ??= { kind: 'SealMissing', provinceId, number: beyond };
  return { bySource, seals, rows, late, fault };
}

function faultOf(
  before: Seal | undefined,
  seal: StoredSeal,
  keys: ReadonlyMap<string, Buffer>,
): SealFault | undefined {
  const publicKey = keys.get(seal.keyId);
  const bytes = Buffer.from(seal.head, 'hex');
  const signature = Buffer.from(seal.signature, 'hex');
  return faultOfSeal(before, {
    seal,
    rowsHash: rowsHashOf(seal.entries),
    head: headOf(seal),
    signed: publicKey === undefined ? undefined : isSigned({ publicKey, bytes, signature }),
  });
}

function faultOfKept(seal: Seal, kept: ReadonlyMap<string, KeptHead>): SealFault | undefined {
  const number = seal.number.toString();
  const other = kept.get(number);
  if (other === undefined || other.head === seal.head) return undefined;
  return { kind: 'HeadDiffers', provinceId: seal.provinceId, number };
}

function addTo(bySource: Map<string, SealedSource>, seal: StoredSeal): void {
  const source = bySource.get(seal.source) ?? { parts: [], runs: [], count: 0, through: seal.through };
  source.runs.push({ from: source.count, firstPosition: seal.firstPosition, format: seal.format });
  source.parts.push(seal.entries);
  source.count += seal.rowCount;
  source.through = seal.through;
  bySource.set(seal.source, source);
}

const tab = 9;

type Fields = readonly string[];
type OnRow = (fields: Fields) => void;

const fieldAt = (fields: Fields, place: number | undefined): string => fields[place ?? -1] ?? '';

/** Hands both ends of every transfer to the replay. */
function replaying(replay: Replay, columns: readonly string[]): OnRow {
  const [phase, amount, debit, credit, debitVersion, creditVersion] = [
    'phase',
    'amount',
    'debit_account_id',
    'credit_account_id',
    'debit_version',
    'credit_version',
  ].map((column) => columns.indexOf(column));
  return (fields) => {
    const move = { phase: phaseOf(fieldAt(fields, phase)), amount: BigInt(fieldAt(fields, amount)) };
    const debitMove = { ...move, side: 'debit' as const };
    const creditMove = { ...move, side: 'credit' as const };
    replay.take(fieldAt(fields, debit), Number.parseInt(fieldAt(fields, debitVersion), 10), debitMove);
    replay.take(fieldAt(fields, credit), Number.parseInt(fieldAt(fields, creditVersion), 10), creditMove);
  };
}

const phases: ReadonlyMap<string, TransferPhase> = new Map(
  (['post', 'pend', 'confirm', 'void'] as const).map((phase) => [phase, phase]),
);
const phaseOf = (text: string): TransferPhase => must(phases.get(text), `no phase "${text}"`);

type RowChecking = {
  readonly provinceId: number;
  readonly source: SealSource;
  readonly sealed: SealedSource | undefined;
};

/** Holds every row of a source against its seal, in whatever order the rows come. */
class RowCheck {
  waiting = 0;
  readonly columns: readonly string[];
  private readonly given: RowChecking;
  private readonly index: EntryIndex;
  private readonly idPlace: number;
  private readonly id = new Uint8Array(16);
  private readonly idView = new DataView(this.id.buffer);
  private altered: { readonly place: number; readonly fields: Fields } | undefined;
  private unsealed: Through | undefined;

  constructor(given: RowChecking) {
    this.given = given;
    this.columns = [...new Set(given.source.formats.flat())];
    this.idPlace = this.columns.indexOf(given.source.order.id);
    this.index = new EntryIndex(Buffer.concat(given.sealed?.parts ?? []));
  }

  take(line: Buffer, onRow: OnRow | undefined): void {
    let at = 0;
    for (let field = 0; field < this.idPlace; field += 1) at = line.indexOf(tab, at) + 1;
    readId(line, at, this.id);
    const place = this.index.find(this.idView);
    const fields = onRow === undefined && place !== -1 ? [] : line.toString('latin1').split('\t');
    if (place === -1) this.notSealed(fields);
    else if (!this.index.hasHash(place, hash('sha256', this.bytesOf(line, place), 'buffer')))
      if (this.altered === undefined || place < this.altered.place)
        this.altered = { place, fields: line.toString('utf8').split('\t') };
    onRow?.(fields);
  }

  private runOf(place: number) {
    return must(
      this.given.sealed?.runs.findLast(({ from }) => from <= place),
      'a sealed row has a seal',
    );
  }

  /** The bytes as they were sealed: the columns of the row's own format. */
  private bytesOf(line: Buffer, place: number): Buffer {
    const { formats } = this.given.source;
    if (formats.length === 1) return line;
    const columns = formats[this.runOf(place).format - 1] ?? [];
    if (columns.length === this.columns.length) return line;
    const fields = line.toString('utf8').split('\t');
    return Buffer.from(columns.map((column) => fields[this.columns.indexOf(column)] ?? '').join('\t'));
  }

  private notSealed(fields: Fields): void {
    const { sealed, source } = this.given;
    const at = fields[this.columns.indexOf(source.order.instant)] ?? '';
    const row = { at: instantOf(at), id: idText(this.id) };
    if (sealed === undefined || !isUpTo(row, sealed.through)) this.waiting += 1;
    else if (this.unsealed === undefined || isUpTo(row, this.unsealed)) this.unsealed = row;
  }

  private nameAt(place: number) {
    const { from, firstPosition } = this.runOf(place);
    const { source, provinceId } = this.given;
    const position = (firstPosition + BigInt(place - from)).toString();
    return { table: tableOf(source), provinceId, id: this.index.idAt(place), position };
  }

  /** The first row that is wrong, of each sort. */
  faults(): SealFault[] {
    const { source, provinceId } = this.given;
    const faults: SealFault[] = [];
    const { altered, unsealed } = this;
    const missing = this.index.firstUnseen();
    if (altered !== undefined)
      faults.push({
        kind: 'RowAltered',
        row: this.nameAt(altered.place),
        part: partOf(source, this.columns, altered.fields),
      });
    if (missing !== -1) faults.push({ kind: 'RowMissing', row: this.nameAt(missing) });
    if (missing !== -1 && altered !== undefined && missing < altered.place) faults.reverse();
    if (unsealed !== undefined)
      faults.push({ kind: 'RowNotSealed', row: { table: tableOf(source), provinceId, id: unsealed.id } });
    return faults;
  }
}

const tableOf = ({ view }: SealSource): string => view.replace('.read_', '.');

/** A transfer bears a hash of its own content, which tells whether that or its place in the books was changed. */
function partOf(source: SealSource, columns: readonly string[], fields: Fields): AlteredPart {
  if (source.name !== transferSource.name) return 'row';
  const value = (column: string): string | null => {
    const text = fields[columns.indexOf(column)];
    return text === undefined || text === '\\N' ? null : text;
  };
  const expiresAt = value('expires_at');
  const content = JSON.stringify([
    Number.parseInt(value('province_id') ?? '', 10),
    ...['id', 'phase', 'pending_id', 'debit_account_id', 'credit_account_id', 'amount', 'kind'].map(value),
    ...['reference_id', 'reverses_id', 'happened_on'].map(value),
    ...(expiresAt === null ? [] : [instantOf(expiresAt).toISOString()]),
  ]);
  // COPY writes the backslash of \x twice.
  return value('content_hash') === `\\\\x${hash('sha256', content, 'hex')}` ? 'place' : 'content';
}
