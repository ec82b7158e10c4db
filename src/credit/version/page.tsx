import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { type MoneyScale, moneyScale, rialsOf } from '#web/format.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { TextField } from '#web/kit/field.tsx';
import { FileLink } from '#web/kit/file.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Money } from '#web/kit/money.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import {
  Answered,
  UnitOf,
  apiOf,
  redivideHref,
  redivisionHref,
  sliceHref,
  slicingHref,
  transferHref,
  useAddress,
  useLinePath,
} from '../province/page.tsx';
import { redivisionKind } from '../redivision/rules.ts';
import { redivisionLabels } from '../redivision/words.ts';
import { isDrawable } from '../rules.ts';
import { slicingLabels } from '../slicing/words.ts';
import { ChangeBar } from '../weight/page.tsx';
import { creditLabels } from '../words.ts';
import type { ComparedPart, VersionAnswer, VersionsAnswer } from './contract.ts';
import { deedWords, divisionStateWords, versionLabels } from './words.ts';

type Shown = { readonly page: VersionsAnswer; readonly province: string };

/** The two versions stand in the address, so that a comparison can be sent on. */
function useVersions(): readonly [URLSearchParams, (next: Readonly<Record<string, string>>) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const query = new URLSearchParams();
  for (const name of ['from', 'to']) {
    const value = search[name];
    const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    if (/^\d{1,6}$/.test(text)) query.set(name, text);
  }
  return [query, (next) => void navigate({ to: '.', replace: true, search: next })];
}

function hrefOf(province: string, { deed, deedId }: VersionAnswer): string | null {
  if (deed === 'division') return slicingHref(province, deedId);
  if (deed === 'redivision') return redivisionHref(province, deedId);
  return deed === 'reallocation' ? transferHref(province, deedId) : null;
}

function Versions({ page, province }: Shown): ReactNode {
  const { say, digits } = useSpeech();
  const scale = moneyScale(page.versions.map(({ amount }) => amount));
  const columns: readonly Column<VersionAnswer>[] = [
    {
      key: 'number',
      title: say(versionLabels.number),
      render: ({ number }) => digits(number),
      sortBy: ({ number }) => number,
      csv: ({ number }) => String(number),
    },
    {
      key: 'deed',
      title: say(versionLabels.deed),
      render: (version) => {
        const href = hrefOf(province, version);
        const words = say(deedWords[version.deed]);
        return href === null ? words : <Link href={href}>{words}</Link>;
      },
      csv: ({ deed }) => say(deedWords[deed]),
    },
    {
      key: 'day',
      title: say(creditLabels.day),
      render: ({ day }) => <DayText iso={day} style="numeric" />,
      sortBy: ({ day }) => day,
      csv: ({ day }) => day,
    },
    {
      key: 'document',
      title: say(versionLabels.document),
      render: ({ documentNumber }) => <Bidi>{digits(documentNumber ?? '—')}</Bidi>,
      csv: ({ documentNumber }) => documentNumber ?? '',
    },
    {
      key: 'proposedBy',
      title: say(creditLabels.proposedBy),
      render: ({ proposedBy }) => <Bidi>{proposedBy ?? '—'}</Bidi>,
      csv: ({ proposedBy }) => proposedBy ?? '',
    },
    {
      key: 'approvedBy',
      title: say(slicingLabels.approvedBy),
      render: ({ approvedBy }) => <Bidi>{approvedBy ?? '—'}</Bidi>,
      csv: ({ approvedBy }) => approvedBy ?? '',
    },
    {
      key: 'amount',
      title: say(versionLabels.together),
      align: 'figure',
      render: ({ amount }) => <Money rials={amount} scale={scale} />,
      sortBy: ({ amount }) => rialsOf(amount),
      csv: ({ amount }) => amount,
      csvTitle: `${say(versionLabels.together)} (${say(creditLabels.rials)})`,
    },
  ];
  return (
    <Section title={say(versionLabels.versions)} aside={<UnitOf scale={scale} />}>
      <DataTable
        caption={say(versionLabels.versions)}
        columns={columns}
        rows={page.versions}
        rowKey={({ deedId }) => deedId}
        csvName="versions"
        dense
      />
    </Section>
  );
}

const changeOf = ({ before, after }: Pick<ComparedPart, 'before' | 'after'>): bigint =>
  rialsOf(after.amount) - rialsOf(before.amount);

type Side = 'before' | 'after';

function Ratio({ part }: { readonly part: Pick<ComparedPart, 'before' | 'after'> }): ReactNode {
  const { say } = useSpeech();
  if (part.before.amount === '0') return part.after.amount === '0' ? '—' : say(versionLabels.fresh);
  return (
    <span dir="ltr">
      {changeOf(part) > 0n ? '+' : null}
      <Percent part={changeOf(part)} whole={part.before.amount} decimals={1} />
    </span>
  );
}

type Sides = Pick<ComparedPart, 'before' | 'after'>;

/** «۲٫۵ به ۳», and one figure where nothing moved: two columns in the room of one. */
function Move({
  before,
  after,
  same,
}: {
  readonly before: ReactNode;
  readonly after: ReactNode;
  readonly same: boolean;
}): ReactNode {
  const { say } = useSpeech();
  if (same) return after;
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <bdi>{before}</bdi> {say(versionLabels.movedTo)} <bdi>{after}</bdi>
    </span>
  );
}

function LockedMove({ part, scale }: { readonly part: Sides; readonly scale: MoneyScale }): ReactNode {
  const { before, after } = part;
  return (
    <Move
      before={<Money rials={before.locked} scale={scale} />}
      after={<Money rials={after.locked} scale={scale} />}
      same={before.locked === after.locked}
    />
  );
}

/** Percent of what was before, for sorting: a new part stands above all. */
const ratioOf = (part: ComparedPart): bigint =>
  part.before.amount === '0' ? 10n ** 18n : (changeOf(part) * 1_000_000n) / rialsOf(part.before.amount);

function useColumns(page: VersionsAnswer) {
  const { say, digits } = useSpeech();
  const { parts, totals } = page;
  const scale = moneyScale(
    parts.flatMap(({ before, after }) => [before.amount, after.amount, before.locked, after.locked]),
  );
  const largest = parts
    .map(changeOf)
    .map((change) => (change < 0n ? -change : change))
    .reduce((most, one) => (one > most ? one : most), 0n);
  const money = (side: Side, title: string): Column<ComparedPart> => ({
    key: side,
    title,
    align: 'figure',
    render: (part) => <Money rials={part[side].amount} scale={scale} />,
    sortBy: (part) => rialsOf(part[side].amount),
    csv: (part) => part[side].amount,
    csvTitle: `${title} (${say(creditLabels.rials)})`,
    sum: <Money rials={totals[side].amount} scale={scale} />,
  });
  const locked: Column<ComparedPart> = {
    key: 'locked',
    title: say(versionLabels.lockedChange),
    align: 'figure',
    render: (part) => <LockedMove part={part} scale={scale} />,
    sortBy: (part) => rialsOf(part.after.locked),
    // The file keeps one number in a cell; both sides stand in the spreadsheet of the server.
    csv: ({ after }) => after.locked,
    csvTitle: `${say(versionLabels.lockedAfter)} (${say(creditLabels.rials)})`,
    sum: <LockedMove part={totals} scale={scale} />,
  };
  const jobsOf = ({ before, after }: Sides): ReactNode => (
    <Move
      before={digits(before.jobTarget)}
      after={digits(after.jobTarget)}
      same={before.jobTarget === after.jobTarget}
    />
  );
  const jobs: Column<ComparedPart> = {
    key: 'jobs',
    title: say(versionLabels.jobsChange),
    align: 'figure',
    render: jobsOf,
    sortBy: (part) => part.after.jobTarget,
    csv: ({ after }) => String(after.jobTarget),
    csvTitle: say(versionLabels.jobsAfter),
    sum: jobsOf(totals),
  };
  const columns: readonly Column<ComparedPart>[] = [
    {
      key: 'name',
      title: say(versionLabels.part),
      render: ({ name }) => say(name),
      sortBy: ({ name }) => say(name),
      csv: ({ name }) => say(name),
    },
    money('before', say(versionLabels.before)),
    money('after', say(versionLabels.after)),
    {
      key: 'change',
      title: say(versionLabels.change),
      render: (part) => <ChangeBar change={changeOf(part)} largest={largest} scale={scale} />,
      sortBy: changeOf,
      csv: (part) => changeOf(part).toString(),
      csvTitle: `${say(versionLabels.change)} (${say(creditLabels.rials)})`,
      sum: (
        <span dir="ltr">
          {changeOf(totals) > 0n ? '+' : null}
          <Money rials={changeOf(totals)} scale={scale} />
        </span>
      ),
    },
    {
      key: 'percent',
      title: say(versionLabels.percent),
      align: 'figure',
      render: (part) => <Ratio part={part} />,
      sortBy: ratioOf,
      sum: <Ratio part={totals} />,
    },
    locked,
    jobs,
  ];
  return { columns, scale };
}

function Compared({ page, province }: Shown): ReactNode {
  const { say, language, digits } = useSpeech();
  const [, setVersions] = useVersions();
  const [sought, setSought] = useState('');
  const { columns, scale } = useColumns(page);
  const { from, to, parts, versions } = page;
  const shown = parts.filter(({ name }) => say(name).includes(sought.trim()));
  const choices = [
    { key: '0', label: `${digits(0)} · ${say(versionLabels.beforeAll)}` },
    ...versions.map(({ number, deed }) => ({
      key: String(number),
      label: `${digits(number)} · ${say(deedWords[deed])}`,
    })),
  ];
  const file = apiOf(province, `slices/${page.sliceId}/versions/export`);
  return (
    <Section title={say(versionLabels.compare)} aside={<UnitOf scale={scale} />}>
      <div className="k-row no-print" style={{ alignItems: 'end', marginBlockEnd: 'var(--s3)' }}>
        <Select
          label={say(versionLabels.from)}
          name="from"
          required
          value={String(from)}
          onChange={(key) => setVersions({ from: key, to: String(to) })}
          choices={choices}
        />
        <Select
          label={say(versionLabels.to)}
          name="to"
          required
          value={String(to)}
          onChange={(key) => setVersions({ from: String(from), to: key })}
          choices={choices}
        />
        <TextField
          label={say(versionLabels.find)}
          name="find"
          type="search"
          required
          value={sought}
          onChange={setSought}
        />
        <FileLink href={`${file}?from=${from}&to=${to}&format=xlsx&language=${language}`}>
          {say(versionLabels.xlsx)}
        </FileLink>
      </div>
      <div className="k-wide">
        <DataTable
          caption={say(versionLabels.compare)}
          columns={columns}
          rows={shown}
          rowKey={({ sliceId }) => sliceId}
          rowHref={({ sliceId }) => sliceHref(province, sliceId)}
          sumLabel={say(creditLabels.sum)}
          csvName={`versions-${from}-${to}`}
          empty={{ title: say(versionLabels.noneFound) }}
          dense
        />
      </div>
    </Section>
  );
}

function VersionsView({ page, province }: Shown): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const pathTo = useLinePath();
  const may =
    redivisionKind.start.may.some((role) => role === user?.role) &&
    isDrawable(page.line.state) &&
    page.versions.length > 0;
  const over = page.state === 'closed' || page.state === 'none';
  return (
    <>
      <PageHead
        title={say(versionLabels.title)}
        path={[
          ...pathTo(province, page.line),
          { label: say(creditLabels.slice), href: sliceHref(province, page.sliceId) },
          { label: say(versionLabels.title) },
        ]}
        aside={
          <Sign tone={over ? 'quiet' : 'green'} icon={over ? 'close' : 'check'}>
            {say(divisionStateWords[page.state])}
          </Sign>
        }
        actions={
          <>
            <PrintButton />
            {may ? (
              <LinkButton href={redivideHref(province, page.sliceId)} kind="primary">
                {say(redivisionLabels.title)}
              </LinkButton>
            ) : null}
          </>
        }
      >
        {say(versionLabels.lead)}
      </PageHead>
      {page.versions.length === 0 ? (
        <Empty title={say(versionLabels.none)}>{say(versionLabels.noneHelp)}</Empty>
      ) : (
        <>
          <Compared page={page} province={province} />
          <Versions page={page} province={province} />
        </>
      )}
    </>
  );
}

/** How a slice was divided from one version to the next, and any two of them side by side. */
export function VersionsPage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const [query] = useVersions();
  const path = apiOf(province, `slices/${useAddress('slice')}/versions`);
  const asked = useAnswer<VersionsAnswer>(query.size === 0 ? path : `${path}?${query.toString()}`);
  return (
    <Answered asked={asked} title={say(versionLabels.title)} province={province}>
      {(page) => <VersionsView key={page.sliceId} page={page} province={province} />}
    </Answered>
  );
}
