import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import { useAnswer } from '#web/command.tsx';
import { exactRials, moneyScale, type MoneyScale } from '#web/format.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Money } from '#web/kit/money.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { usePages, type Pages } from '#web/paged.tsx';
import { useSession } from '#web/session.tsx';
import { UnitOf, apiOf, sliceHref } from '../province/page.tsx';
import { openShare } from '../contract.ts';
import { nameOn } from '../axis/words.ts';
import { shareName } from '../share/words.ts';
import { creditNames, phaseWords, accountKindWords, transferWords } from '../words.ts';
import type { AccountStatement, End, SliceAccount, StatementRow } from './contract.ts';
import { accountLabels } from './words.ts';

const accountHref = (province: string, account: string): string => `/credit/${province}/accounts/${account}`;

const wordOf = (words: Readonly<Record<string, Bilingual>>, code: string): Bilingual =>
  new Map(Object.entries(words)).get(code) ?? { fa: code, en: code };

/** «معرفی به بانک», and under a lock «قفل‌شده · سهم تعاونی‌ها»: what is locked is not free. */
const stageOf = ({ stage, share }: Pick<End, 'stage' | 'share'>, say: Speech['say']): string =>
  [
    stage === 'available' && share !== openShare
      ? say(accountLabels.locked)
      : say(accountKindWords.get(stage) ?? { fa: stage, en: stage }),
    ...(share === openShare ? [] : [say(shareName(share))]),
  ].join(' · ');

function ownerOf({ owner }: End, say: Speech['say']): string {
  if (owner.axis === null) return say(accountLabels.notifier);
  return say(owner.axis === 'province' ? accountLabels.province : nameOn(owner.axis, owner));
}

/** On the page of a slice: its accounts, each a link to its statement. */
export function Accounts({
  province,
  sliceId,
}: {
  readonly province: string;
  readonly sliceId: string;
}): ReactNode {
  const { say } = useSpeech();
  const asked = useAnswer<{ readonly items: readonly SliceAccount[] }>(
    apiOf(province, `slices/${sliceId}/accounts`),
  );
  const rows = asked.data?.items;
  if (asked.error !== null && rows === undefined)
    return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  if (rows?.length === 0) return null;
  const scale = moneyScale((rows ?? []).flatMap(({ balance, held }) => [balance, held]));
  const columns: readonly Column<SliceAccount>[] = [
    {
      key: 'account',
      title: say(accountLabels.account),
      render: (row) => stageOf(row, say),
      csv: (row) => stageOf(row, say),
    },
    {
      key: 'balance',
      title: say(accountLabels.balance),
      align: 'figure',
      render: ({ balance }) => <Money rials={balance} scale={scale} />,
      csv: ({ balance }) => balance,
    },
    {
      key: 'held',
      title: say(accountLabels.held),
      align: 'figure',
      render: ({ held }) => (held === '0' ? null : <Money rials={held} scale={scale} />),
      csv: ({ held }) => held,
    },
    {
      key: 'transfers',
      title: say(accountLabels.transfers),
      align: 'figure',
      render: ({ transfers }) => <Digits value={BigInt(transfers)} />,
      csv: ({ transfers }) => transfers,
    },
  ];
  return (
    <Section title={say(accountLabels.accounts)} aside={<UnitOf scale={scale} />}>
      <p className="k-hint">{say(accountLabels.accountsHelp)}</p>
      <DataTable
        dense
        caption={say(accountLabels.accounts)}
        columns={columns}
        rows={rows}
        rowKey={({ accountId }) => accountId}
        rowHref={({ accountId }) => accountHref(province, accountId)}
        csvName="accounts"
      />
    </Section>
  );
}

type Days = { readonly from: string; readonly until: string };

/** The days stand in the address, so that a statement can be sent on and asked for again. */
function useDays(): readonly [Days, (next: Days) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const day = (name: string): string => {
    const value = search[name];
    return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : '';
  };
  const set = (next: Days): void => {
    const kept = Object.entries(next).filter(([, value]) => value !== '');
    void navigate({ to: '.', replace: true, search: Object.fromEntries(kept) });
  };
  return [{ from: day('from'), until: day('until') || day('as_of') }, set];
}

const queryOf = ({ from, until }: Days): URLSearchParams =>
  new URLSearchParams({ ...(from === '' ? {} : { from }), ...(until === '' ? {} : { until }) });

function Act({ row }: { readonly row: StatementRow }): ReactNode {
  const { say } = useSpeech();
  if (row.act === null) return '—';
  return (
    <>
      {row.act.byName ?? say(wordOf(creditNames.roles, row.act.byRole))}
      <span className="k-hint" style={{ display: 'block' }}>
        {say(wordOf(creditNames.acts, row.act.act))}
      </span>
    </>
  );
}

function Other({ row, province }: { readonly row: StatementRow; readonly province: string }): ReactNode {
  const { say } = useSpeech();
  const { other } = row;
  if (other === null) return say(accountLabels.hidden);
  return (
    <Link href={accountHref(province, other.accountId)}>
      {other.owner.sliceId === null ? ownerOf(other, say) : `${stageOf(other, say)} · ${ownerOf(other, say)}`}
    </Link>
  );
}

function useColumns(
  province: string,
  provinceId: number,
  scale: MoneyScale,
): readonly Column<StatementRow>[] {
  const { say } = useSpeech();
  const money = (key: 'moneyIn' | 'moneyOut' | 'held' | 'balance'): Column<StatementRow> => ({
    key,
    title: say(accountLabels[key]),
    align: 'figure',
    render: (row) => {
      const sum = row[key];
      return sum === null || (key === 'held' && sum === '0') ? null : <Money rials={sum} scale={scale} />;
    },
  });
  return [
    {
      key: 'day',
      title: say(accountLabels.day),
      render: ({ happenedOn, recordedAt }) => (
        <>
          <DayText iso={happenedOn} style="numeric" />
          <span className="k-hint" style={{ display: 'block' }}>
            <InstantText iso={recordedAt} />
          </span>
        </>
      ),
    },
    {
      key: 'deed',
      title: say(accountLabels.deed),
      render: ({ kind, phase, amount }) => (
        <>
          {say(wordOf(transferWords, kind))}
          {phase === 'post' ? null : (
            <span className="k-hint" style={{ display: 'block' }}>
              {say(wordOf(phaseWords, phase))} <Money rials={amount} scale={scale} />
            </span>
          )}
        </>
      ),
    },
    { key: 'by', title: say(accountLabels.by), render: (row) => <Act row={row} /> },
    {
      key: 'other',
      title: say(accountLabels.other),
      render: (row) => <Other row={row} province={province} />,
    },
    money('moneyIn'),
    money('moneyOut'),
    money('held'),
    money('balance'),
    {
      key: 'proof',
      title: say(accountLabels.proof),
      render: ({ transferId }) => (
        <Link href={`/seals/proof/${provinceId}/${transferId}`}>{say(accountLabels.verify)}</Link>
      ),
    },
  ];
}

function Balances({ statement }: { readonly statement: AccountStatement }): ReactNode {
  const { say, language } = useSpeech();
  const { opening, closing } = statement;
  return (
    <Figures>
      {(
        [
          [accountLabels.opening, opening.balance],
          [accountLabels.closing, closing.balance],
          [accountLabels.held, closing.held],
        ] as const
      ).map(([label, sum]) => (
        <Figure
          key={label.en}
          label={say(label)}
          value={<Money rials={sum} />}
          detail={exactRials(BigInt(sum), language)}
        />
      ))}
    </Figures>
  );
}

function Statement(order: {
  readonly province: string;
  readonly statement: AccountStatement;
  readonly pages: Pages<StatementRow, AccountStatement>;
}): ReactNode {
  const { say } = useSpeech();
  const { province, statement, pages } = order;
  const rows = pages.rows ?? [];
  const scale = moneyScale(rows.flatMap(({ amount, balance }) => [amount, balance]));
  const columns = useColumns(province, statement.account.provinceId, scale);
  return (
    <>
      <Balances statement={statement} />
      <p className="k-hint">
        {say(accountLabels.asOf)} <InstantText iso={statement.asOf} />
      </p>
      <Section title={say(accountLabels.title)} aside={<UnitOf scale={scale} />}>
        <DataTable
          dense
          caption={say(accountLabels.title)}
          columns={columns}
          rows={rows}
          pages={pages}
          rowKey={({ transferId }) => transferId}
          empty={{ title: say(accountLabels.empty), body: say(accountLabels.emptyHelp) }}
        />
      </Section>
    </>
  );
}

function Actions({ path, days, account }: { path: string; days: Days; account: string }): ReactNode {
  const { say, language } = useSpeech();
  const { user } = useSession();
  const fileOf = (format: string): string => {
    const query = queryOf(days);
    query.set('format', format);
    query.set('language', language);
    return `${path}/file?${query.toString()}`;
  };
  return (
    <>
      <PrintButton />
      {user?.role === 'auditor' || user?.role === 'director' ? (
        <LinkButton href={`/trail?record=${account}`} icon="trail">
          {say(accountLabels.trail)}
        </LinkButton>
      ) : null}
      {(['csv', 'xlsx', 'pdf'] as const).map((format) => (
        <LinkButton key={format} href={fileOf(format)} icon="download">
          {say(accountLabels[format])}
        </LinkButton>
      ))}
    </>
  );
}

/** What an account held, line by line, as of the end of any closed day (L12). */
export function AccountPage(): ReactNode {
  const { say } = useSpeech();
  const at: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const [province, account] = [String(at['province']), String(at['account'])];
  const [days, setDays] = useDays();
  const path = apiOf(province, `accounts/${account}/statement`);
  const pages = usePages<StatementRow, AccountStatement>(`${path}?limit=100&${queryOf(days).toString()}`);
  const statement = pages.first;
  const name =
    statement === undefined
      ? ''
      : ` · ${stageOf(statement.account, say)} · ${ownerOf(statement.account, say)}`;
  const sliceId = statement?.account.owner.sliceId ?? null;
  return (
    <>
      <PageHead
        title={`${say(accountLabels.title)}${name}`}
        {...(sliceId === null
          ? {}
          : { path: [{ label: say(accountLabels.slice), href: sliceHref(province, sliceId) }] })}
        actions={<Actions path={path} days={days} account={account} />}
      />
      <div className="k-row no-print" style={{ marginBlockEnd: 'var(--s4)', alignItems: 'start' }}>
        <DayField
          label={say(accountLabels.from)}
          name="from"
          value={days.from}
          onChange={(from) => setDays({ ...days, from })}
        />
        <DayField
          label={say(accountLabels.until)}
          name="until"
          value={days.until}
          onChange={(until) => setDays({ ...days, until })}
        />
      </div>
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      {statement === undefined ? (
        pages.error === null ? (
          <Skeleton rows={8} />
        ) : null
      ) : (
        <Statement province={province} statement={statement} pages={pages} />
      )}
    </>
  );
}
