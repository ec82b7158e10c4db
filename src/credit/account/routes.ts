import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant } from '#kernel/day.ts';
import { ok, refused } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import { decodeCursor, encodeCursor, pageQuery, sortValue } from '#platform/cursor.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { type Place, placeOf, requireActor, scopeIn } from '#platform/session.ts';
import { type PdfSeal, type PdfText, sendPdf } from '#platform/pdf.ts';
import { sheetMedia, writeSheet, type SheetText } from '#platform/sheet.ts';
import type { SheetColumn } from '#platform/cell.ts';
import { readAt, sliceAddress } from '../line/routes.ts';
import { isSliceSeen } from '../queries.ts';
import { nameOn } from '../axis/words.ts';
import { shareName } from '../share/words.ts';
import { accountKindWords, creditLabels, phaseWords, transferWords } from '../words.ts';
import { printedDay, printedRials } from '../export/words.ts';
import { findStatement, findWholeStatement } from './actions.ts';
import {
  accountRefusalStatus,
  accountStatementShape,
  sliceAccountShape,
  statementDays,
  type AccountStatement,
  type StatementRow,
} from './contract.ts';
import { listSliceAccounts } from './queries.ts';
import { accountLabels, accountRefusalWords } from './words.ts';

/** Agencies, banks and applicants see no account of a slice; administrators see no money at all. */
const readers = {
  preHandler: requireActor(
    ...(['director', 'deputy', 'county_office', 'auditor', 'editor', 'ministry'] as const satisfies Role[]),
  ),
};

const accountAddress = z.object({ province: provinceSlug, account: z.uuid() });
const statementQuery = pageQuery.extend(statementDays);
const fileQuery = z.object({
  ...statementDays,
  format: z.enum(['xlsx', 'csv', 'pdf']).default('xlsx').meta({ fa: 'قالب', en: 'Format' }),
  language: z.enum(['fa', 'en']).default('fa').meta({ fa: 'زبان', en: 'Language' }),
});

/** The accounts of a slice, and the statement of one of them as of any closed instant. */
export const accountRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/slices/:slice/accounts',
      {
        ...readers,
        schema: {
          summary: 'The accounts of a slice with what they hold now',
          params: sliceAddress,
          response: { 200: z.object({ items: z.array(sliceAccountShape) }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, async (tx) => {
          const sliceId = request.params.slice;
          const rows = await listSliceAccounts(tx, { ...place, sliceId });
          if (rows.length === 0 && !(await isSliceSeen(tx, { ...place, id: sliceId })))
            return refused({ kind: 'SliceMissing', sliceId });
          const items = rows.map(({ balance, held, version, ...row }) => ({
            ...row,
            balance: balance.toString(),
            held: held.toString(),
            transfers: version.toString(),
          }));
          return ok({ items });
        });
      },
    );

    await app.register(statementRoutes(house));
  };

const statementRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/accounts/:account/statement',
      {
        ...readers,
        schema: {
          summary: 'The statement of an account as of a closed instant, line by line',
          params: accountAddress,
          querystring: statementQuery,
          response: { 200: accountStatementShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { cursor, limit, ...days } = request.query;
        const [after] = decodeCursor(cursor, [sortValue.whole]) ?? [null];
        const asked = { ...at(place, request.params.account), ...days, after, most: limit };
        const found = await findStatement(house, asked);
        const statement = answer(reply, found, accountRefusalStatus, accountRefusalWords);
        return { ...statement, next: statement.next === null ? null : encodeCursor([statement.next]) };
      },
    );

    app.get(
      '/api/provinces/:province/credit/accounts/:account/statement/file',
      {
        ...readers,
        schema: {
          summary: 'The statement of an account as a spreadsheet, CSV or PDF',
          params: accountAddress,
          querystring: fileQuery,
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { format, language, ...days } = request.query;
        const found = await findWholeStatement(house, { ...at(place, request.params.account), ...days });
        const { statement, seal } = answer(reply, found, accountRefusalStatus, accountRefusalWords);
        void reply.header('content-disposition', `attachment; filename="karsaz-statement.${format}"`);
        if (format === 'pdf') return sendPdf(reply, paperOf(statement, { language, seal }));
        const file = await writeSheet(sheetOf(statement, { format, language, seal }));
        return reply.type(sheetMedia[format]).send(file);
      },
    );
  };

const at = (place: Place, accountId: string) => ({
  provinceId: place.provinceId,
  scope: scopeIn(place.actor, place.provinceId),
  accountId,
});

const columns = [
  { key: 'day', title: accountLabels.day, kind: 'day' },
  { key: 'recorded', title: accountLabels.recordedIso, kind: 'code' },
  { key: 'deed', title: accountLabels.deed, kind: 'text' },
  { key: 'by', title: accountLabels.by, kind: 'text' },
  { key: 'other', title: accountLabels.other, kind: 'text' },
  { key: 'moneyIn', title: accountLabels.moneyIn, kind: 'rial' },
  { key: 'moneyOut', title: accountLabels.moneyOut, kind: 'rial' },
  { key: 'held', title: accountLabels.held, kind: 'rial' },
  { key: 'balance', title: accountLabels.balance, kind: 'rial' },
  { key: 'transferId', title: accountLabels.transferId, kind: 'code' },
] as const satisfies SheetColumn[];
type ColumnKey = (typeof columns)[number]['key'];

type Language = 'fa' | 'en';
type Wish = { readonly language: Language; readonly seal: PdfSeal | null };

const rowsOf = ({ items }: AccountStatement, language: Language) =>
  items.map((row) => ({
    day: row.happenedOn,
    recorded: row.recordedAt,
    deed: `${wordIn(transferWords, row.kind, language)} · ${wordIn(phaseWords, row.phase, language)}`,
    by: row.act?.byName ?? null,
    other: otherIn(row, language),
    moneyIn: row.moneyIn,
    moneyOut: row.moneyOut,
    held: row.held,
    balance: row.balance,
    transferId: row.transferId,
  }));

function sheetOf(
  statement: AccountStatement,
  { format, language, seal }: Wish & Pick<SheetText<ColumnKey>, 'format'>,
): SheetText<ColumnKey> {
  const { account, asOf, opening, closing } = statement;
  return {
    format,
    language,
    name: accountLabels.title,
    columns,
    rows: rowsOf(statement, language),
    about: [
      [accountLabels.account[language], `${kindIn(account.stage, language)} · ${account.accountId}`],
      [accountLabels.asOf[language], `${printedDay(dayOfInstant(Date.parse(asOf)), language)} (${asOf})`],
      [accountLabels.opening[language], opening.balance],
      [accountLabels.closing[language], closing.balance],
      [accountLabels.head[language], seal?.head ?? '—'],
    ],
  };
}

/** The statement as an auditor signs it off: what stood before, each movement, and what stands after them. */
function paperOf(statement: AccountStatement, { language, seal }: Wish): PdfText {
  const { account, asOf, from, opening, closing } = statement;
  const say = (label: keyof typeof accountLabels): string => accountLabels[label][language];
  const money = (rials: string | null): string => (rials === null ? '' : printedRials(rials, language));
  const day = (iso: string): string => printedDay(dayFromIso(iso), language);
  const shown = columns.filter(({ key }) => key !== 'recorded' && key !== 'transferId');
  const printed = (row: ReturnType<typeof rowsOf>[number], { key, kind }: (typeof shown)[number]): string =>
    kind === 'rial' ? money(row[key]) : key === 'day' ? day(row.day) : (row[key] ?? '');
  return {
    language,
    title: `${say('title')}: ${kindIn(account.stage, language)} · ${shareName(account.share)[language]}`,
    subtitle: ownerIn(account, language),
    asOf: printedDay(dayOfInstant(Date.parse(asOf)), language),
    seal,
    landscape: true,
    blocks: [
      {
        kind: 'facts',
        facts: [
          [say('account'), account.accountId],
          ...(from === null ? [] : [[say('from'), day(from)] as const]),
          [say('opening'), `${money(opening.balance)} ${creditLabels.rials[language]}`],
          [say('closing'), `${money(closing.balance)} ${creditLabels.rials[language]}`],
        ],
      },
      {
        kind: 'table',
        columns: shown.map(({ key, title, kind }) => ({
          title: title[language],
          align: kind === 'rial' ? 'end' : 'start',
          wide: key === 'other',
        })),
        rows: rowsOf(statement, language).map((row) => shown.map((column) => printed(row, column))),
      },
    ],
  };
}

const kindIn = (kind: string, language: Language): string => accountKindWords.get(kind)?.[language] ?? kind;

const wordIn = (words: object, code: string, language: Language): string => {
  const found = new Map<string, { fa: string; en: string }>(Object.entries(words)).get(code);
  return found?.[language] ?? code;
};

function ownerIn({ owner }: Pick<AccountStatement['account'], 'owner'>, language: Language): string {
  if (owner.axis === null) return accountLabels.notifier[language];
  return (owner.axis === 'province' ? accountLabels.province : nameOn(owner.axis, owner))[language];
}

function otherIn({ other }: StatementRow, language: Language): string {
  if (other === null) return accountLabels.hidden[language];
  if (other.owner.axis === null) return ownerIn(other, language);
  const stage = kindIn(other.stage, language);
  return `${stage} · ${shareName(other.share)[language]} · ${ownerIn(other, language)}`;
}
