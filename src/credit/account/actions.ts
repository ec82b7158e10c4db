import { addDays, dayFromIso, dayOfInstant, isoOf, startOfDay } from '#kernel/day.ts';
import { id as idOf, isId } from '#kernel/id.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import { balanceOf, statementOf } from '#ledger/actions.ts';
import type { Balance, StatementLine } from '#ledger/contract.ts';
import { currentHead } from '#ledger/head/actions.ts';
import { closedInstant } from '#ledger/watermark/actions.ts';
import { noScope, read, type Scope, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import type { PdfSeal } from '#platform/pdf.ts';
import type { AccountRefusal, AccountStatement, End, StatementRow } from './contract.ts';
import { listCauses, listEnds, type CauseRow, type EndRow } from './queries.ts';

export type StatementAsked = {
  readonly provinceId: number;
  readonly scope: Scope;
  readonly accountId: string;
  /** ISO days; `at` is an instant and goes before `until`. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly at?: string | undefined;
  /** The version after which the page begins; null for its beginning. */
  readonly after: bigint | null;
  readonly most: number;
};

type Found = Promise<Result<AccountStatement, AccountRefusal>>;

/**
 * What an account held in a stretch of days, line by line, as of a closed instant: asked again later, it says the
 * same (L12). Without an end it speaks of the newest instant that can be closed now.
 */
export async function findStatement({ db, clock }: House, asked: StatementAsked): Found {
  const { provinceId, scope, from, until, at } = asked;
  if (from !== undefined && until !== undefined && from > until)
    return refused({ kind: 'DaysReversed', from, until, field: 'from' });
  const today = isoOf(dayOfInstant(clock.now().getTime()));
  const instant =
    at !== undefined ? new Date(at) : until === undefined || until === today ? null : endOf(until);
  // Readers of all provinces close nothing themselves; an instant says nothing of any county.
  const closing = { provinceId, scope: { ...noScope, province: provinceId }, clock };
  const closed = await closedInstant(db, { ...closing, instant });
  if (!closed.ok) return closed;
  return read(db, scope, (tx) => statementIn(tx, asked, closed.value));
}

const mostRows = 50_000;

/** A whole statement in one piece, for a file, and the head of the seals that is printed with it. */
export async function findWholeStatement(
  house: House,
  asked: Omit<StatementAsked, 'after' | 'most'>,
): Promise<Result<{ statement: AccountStatement; seal: PdfSeal | null }, AccountRefusal>> {
  const found = await findStatement(house, { ...asked, after: null, most: mostRows });
  if (!found.ok) return found;
  if (found.value.next !== null) return refused({ kind: 'StatementTooLong', most: mostRows });
  return ok({ statement: found.value, seal: await currentHead(house.db, asked.provinceId) });
}

const endOf = (iso: string): Date => new Date(startOfDay(addDays(dayFromIso(iso), 1)) - 1);
const beforeDay = (iso: string): Date => new Date(startOfDay(dayFromIso(iso)) - 1);
const beforeAll = new Date(0);

async function statementIn(tx: Tx, asked: StatementAsked, asOf: Date): Found {
  const { provinceId, from } = asked;
  const [account] = isId(asked.accountId) ? await listEnds(tx, { provinceId, ids: [asked.accountId] }) : [];
  if (account === undefined) return refused({ kind: 'AccountUnknown', accountId: asked.accountId });
  const { accountId } = account;
  const at = async (instant: Date): Promise<Balance> =>
    must(await balanceOf(tx, { provinceId, accountId, asOf: instant }), 'the account that was found');
  const before = from === undefined ? beforeAll : beforeDay(from);
  const opening = await at(before < asOf ? before : asOf);
  const closing = await at(asOf);
  const after = asked.after ?? opening.version;
  const lines = await statementOf(tx, { provinceId, accountId, asOf, after, most: asked.most });
  const last = lines.at(-1)?.after.version ?? closing.version;
  return ok({
    account: { ...endIn(account), provinceId, lineId: account.lineId },
    asOf: asOf.toISOString(),
    from: from ?? null,
    opening: standingOf(opening),
    closing: standingOf(closing),
    items: await rowsOf(tx, provinceId, lines),
    next: last < closing.version ? last.toString() : null,
  });
}

const balanceIn = ({ creditsPosted, debitsPosted }: Balance): string =>
  (creditsPosted - debitsPosted).toString();

const standingOf = (balance: Balance) => ({
  balance: balanceIn(balance),
  held: balance.debitsPending.toString(),
  version: balance.version.toString(),
});

const endIn = ({ accountId, stage, share, ...owner }: EndRow): End => ({ accountId, stage, share, owner });

async function rowsOf(tx: Tx, provinceId: number, lines: readonly StatementLine[]): Promise<StatementRow[]> {
  const others = lines.map(({ transfer, side }) =>
    side === 'debit' ? transfer.creditAccountId : transfer.debitAccountId,
  );
  const ends = await listEnds(tx, { provinceId, ids: [...new Set(others)] });
  const causes = await listCauses(tx, { provinceId, transfers: lines.map(({ transfer }) => transfer) });
  const endById = new Map(ends.map((end) => [end.accountId, end]));
  const causeOf = new Map(causes.map((cause) => [cause.transferId, cause]));
  return lines.map((line, index) => {
    const other = endById.get(idOf(others[index] ?? ''));
    const cause = causeOf.get(line.transfer.id);
    return { ...rowOf(line), other: other === undefined ? null : endIn(other), act: actOf(cause) };
  });
}

function actOf(cause: CauseRow | undefined): StatementRow['act'] {
  if (cause === undefined) return null;
  const { caseId, act, byName, byRole } = cause;
  return { caseId, act, byName, byRole };
}

function rowOf({ transfer, side, after }: StatementLine): Omit<StatementRow, 'other' | 'act'> {
  const { phase } = transfer;
  // What is only held or dropped moves no balance.
  const moved = phase === 'post' || phase === 'confirm' ? transfer.amount.toString() : null;
  return {
    transferId: transfer.id,
    version: after.version.toString(),
    happenedOn: isoOf(transfer.happenedOn),
    recordedAt: transfer.recordedAt.toISOString(),
    kind: transfer.kind,
    phase,
    amount: transfer.amount.toString(),
    moneyIn: side === 'credit' ? moved : null,
    moneyOut: side === 'debit' ? moved : null,
    balance: balanceIn(after),
    held: after.debitsPending.toString(),
  };
}
