import type { ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import { useAnswer } from '#web/command.tsx';
import { percentText, rialsOf } from '#web/format.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { Facts, type Fact } from '#web/kit/facts.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useSpeech } from '#web/language.tsx';
import { RialFlow } from '#web/pictures/rial-flow.tsx';
import { SliceBar } from '#web/pictures/slice-bar.tsx';
import { useSession } from '#web/session.tsx';
import { axisWords, partsWords, partName } from '../axis/words.ts';
import { SliceTable, StandingFigures } from '../balance/page.tsx';
import type { Line, LinePageAnswer, Slice, Standing } from '../contract.ts';
import { Exports } from '../export/page.tsx';
import { netStanding } from '../funnel/rules.ts';
import { DatedTerms } from '../parameter/page.tsx';
import {
  Answered,
  StateSign,
  apiOf,
  divideHref,
  provinceName,
  lapseHref,
  openingsHref,
  scenarioHref,
  sharesHref,
  slicingHref,
  sliceHref,
  useAddress,
  useLineName,
  useLinePath,
  useOwnPlace,
} from '../province/page.tsx';
import { openingLabels } from '../opening/words.ts';
import { lapseLabels } from '../lapse/words.ts';
import { LineLife } from '../revision/page.tsx';
import { isDrawable, slicingKind } from '../rules.ts';
import { scenarioLabels } from '../scenario/words.ts';
import { ruleLabels } from '../share/words.ts';
import { restOf, standingOfAll, standingOfRest } from '../slice/rules.ts';
import { creditLabels, potWords, rateWords } from '../words.ts';
import { lineLabels } from './words.ts';

type Shown = {
  readonly page: LinePageAnswer;
  readonly province: string;
  /** The slices right below the line; all that a reader of one county sees of it. */
  readonly parts: readonly Slice[];
  /** Of what the reader may see: the line, or those slices together. */
  readonly standing: Standing;
};

const titleOf = (parts: readonly Slice[]): Bilingual => {
  const axis = parts[0]?.axis ?? 'county';
  return axis === 'province' ? creditLabels.slices : partsWords[axis];
};

function PartTable({ page, province, parts, standing }: Shown): ReactNode {
  const { say } = useSpeech();
  const { line, slices } = page;
  const root = slices.find((slice) => slice.id === line.rootSliceId);
  const rest = standingOfRest(
    standing,
    parts.map((slice) => slice.standing),
  );
  const rows = [
    ...parts.map((slice) => ({
      key: slice.id,
      name: say(partName(slice)),
      href: sliceHref(province, slice.id),
      standing: slice.standing,
      jobTarget: slice.jobTarget,
    })),
    ...(root === undefined || rest.amount === '0'
      ? []
      : [
          {
            key: root.id,
            name: say(creditLabels.unsliced),
            href: sliceHref(province, root.id),
            standing: rest,
            jobTarget: null,
          },
        ]),
  ];
  return (
    <SliceTable
      caption={say(titleOf(parts))}
      of={say(axisWords[parts[0]?.axis ?? 'county'])}
      rows={rows}
      sum={standing}
      sumLabel={say(root === undefined ? creditLabels.sum : creditLabels.provinceTotal)}
      jobs={parts.reduce((sum, slice) => sum + slice.jobTarget, 0)}
      timePassed={line.timePassed}
      csvName={`slices-${province}-${line.budgetYear}`}
    />
  );
}

/** The categories of all counties together, each row leading to the line's own list of that category's slices. */
function CategoryTable({ page, province }: Shown): ReactNode {
  const { say } = useSpeech();
  const { line, slices } = page;
  const parts = slices.filter((slice) => slice.axis === 'category');
  const groups = [...Map.groupBy(parts, (slice) => slice.categoryKey).values()];
  const rows = groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        key: first.categoryKey ?? first.id,
        name: say(partName(first)),
        href: sliceHref(province, group.length === 1 ? first.id : (first.parentId ?? first.id)),
        standing: standingOfAll(group.map((slice) => slice.standing)),
        jobTarget: group.reduce((sum, slice) => sum + slice.jobTarget, 0),
      },
    ];
  });
  return (
    <SliceTable
      caption={say(creditLabels.categories)}
      of={say(creditLabels.category)}
      rows={rows}
      sum={standingOfAll(parts.map((slice) => slice.standing))}
      sumLabel={say(creditLabels.sum)}
      jobs={parts.reduce((sum, slice) => sum + slice.jobTarget, 0)}
      timePassed={line.timePassed}
      csvName={`categories-${province}-${line.budgetYear}`}
    />
  );
}

function Division(shown: Shown): ReactNode {
  const { say, digits } = useSpeech();
  const { page, parts } = shown;
  if (parts.length === 0) {
    return (
      <Empty title={say(lineLabels.notDivided)}>
        {say(isDrawable(page.line.state) ? lineLabels.notDividedHelp : lineLabels.draftHelp)}
      </Empty>
    );
  }
  const categories = page.slices.filter((slice) => slice.axis === 'category');
  if (categories.length === 0 || parts.every((slice) => slice.axis === 'category'))
    return <PartTable {...shown} />;
  const keys = new Set(categories.map((slice) => slice.categoryKey));
  return (
    <Tabs
      label={say(creditLabels.slices)}
      tabs={[
        {
          key: 'counties',
          label: say(titleOf(parts)),
          count: digits(parts.length),
          children: <PartTable {...shown} />,
        },
        {
          key: 'categories',
          label: say(lineLabels.showCategories),
          count: digits(keys.size),
          children: <CategoryTable {...shown} />,
        },
      ]}
    />
  );
}

type Proposal = LinePageAnswer['proposals'][number];

function Proposals({ page, province }: Pick<Shown, 'page' | 'province'>): ReactNode {
  const { say } = useSpeech();
  const columns: readonly Column<Proposal>[] = [
    {
      key: 'axis',
      title: say(creditLabels.proposal),
      render: (row) => `${say(lineLabels.divisionBy)} ${say(axisWords[row.axis])}`,
    },
    {
      key: 'of',
      title: say(lineLabels.branch),
      render: (row) => {
        const slice = page.slices.find((one) => one.id === row.sliceId);
        return slice === undefined || slice.axis === 'province'
          ? say(provinceName(page.line))
          : say(partName(slice));
      },
    },
    {
      key: 'day',
      title: say(creditLabels.day),
      render: (row) => <DayText iso={row.proposedOn} />,
      sortBy: (row) => row.proposedOn,
    },
    {
      key: 'amount',
      title: say(creditLabels.amount),
      align: 'figure',
      render: (row) => <Money rials={row.amount} />,
      sortBy: (row) => rialsOf(row.amount),
    },
    { key: 'state', title: say(creditLabels.state), render: (row) => <StateSign state={row.state} /> },
  ];
  return (
    <DataTable
      caption={say(creditLabels.proposals)}
      columns={columns}
      rows={page.proposals}
      rowKey={(row) => row.id}
      rowHref={(row) => slicingHref(province, row.id)}
      empty={{ title: say(creditLabels.noProposals) }}
    />
  );
}

function Terms({ line }: { readonly line: Line }): ReactNode {
  const { say, digits, language } = useSpeech();
  const month = say(creditLabels.months);
  const note = [
    digits(line.note),
    line.paragraph === null ? null : `${say(lineLabels.paragraph)} ${digits(line.paragraph)}`,
    line.item === null ? null : `${say(lineLabels.item)} ${digits(line.item)}`,
  ].filter((part) => part !== null);
  const { reserveNumerator: over, reserveDenominator: under } = line;
  const rate = percentText(
    BigInt(line.rateHundredths),
    10_000n,
    language,
    line.rateHundredths % 100 === 0 ? 0 : 2,
  );
  const facts: readonly Fact[] = [
    { label: say(creditLabels.note), value: note.join(language === 'fa' ? '، ' : ', ') },
    { label: say(creditLabels.pot), value: say(potWords[line.pot]) },
    { label: say(creditLabels.rate), value: `${say(rateWords[line.rateKind])} ${rate}` },
    { label: say(creditLabels.grace), value: `${digits(line.graceMonths)} ${month}` },
    { label: say(creditLabels.term), value: `${digits(line.termMonths)} ${month}` },
    {
      label: say(lineLabels.notifiedOn),
      value: line.notifiedOn === null ? say(lineLabels.notNotified) : <DayText iso={line.notifiedOn} />,
    },
    { label: say(creditLabels.deadline), value: <DayText iso={line.deadline} /> },
    {
      label: say(lineLabels.reserveLegal),
      value:
        over === null || under === null ? (
          say(lineLabels.noReserve)
        ) : (
          <>
            {percentText(BigInt(over), BigInt(under), language)} ·{' '}
            <Bidi>{digits(line.reserveReference ?? '—')}</Bidi>
          </>
        ),
    },
  ];
  return <Facts facts={facts} />;
}

function useActions(page: LinePageAnswer, province: string): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const { isCounty } = useOwnPlace();
  const { line, slices } = page;
  const root = slices.find((slice) => slice.id === line.rootSliceId);
  const parts = slices.filter((slice) => slice.parentId === root?.id);
  const may = slicingKind.start.may.some((role) => role === user?.role);
  const byCounty = parts.every((slice) => slice.axis === 'county');
  const rest =
    root === undefined
      ? 0n
      : restOf(
          root.standing,
          parts.map((slice) => slice.standing),
        ).all;
  return (
    <>
      <Exports province={province} path={`lines/${line.id}/export`} />
      {parts.length === 0 ? null : (
        <LinkButton href={lapseHref(province, line.id)} icon="deadline">
          {say(lapseLabels.title)}
        </LinkButton>
      )}
      {isCounty || root === undefined ? null : (
        <LinkButton href={openingsHref(province, line.id)} icon="document">
          {say(openingLabels.title)}
        </LinkButton>
      )}
      <LinkButton href={sharesHref(province, line.id)} icon="lock">
        {say(ruleLabels.title)}
      </LinkButton>
      {root !== undefined && byCounty ? (
        <LinkButton href={scenarioHref(province, line.id)} icon="settings">
          {say(scenarioLabels.title)}
        </LinkButton>
      ) : null}
      {root !== undefined && may && byCounty && rest > 0n && isDrawable(line.state) ? (
        <LinkButton href={divideHref(province, root.id)} kind="primary">
          {say(lineLabels.divideHere)}
        </LinkButton>
      ) : null}
    </>
  );
}

function LineView({
  page,
  province,
}: {
  readonly page: LinePageAnswer;
  readonly province: string;
}): ReactNode {
  const { say } = useSpeech();
  const nameOf = useLineName();
  const pathTo = useLinePath();
  const actions = useActions(page, province);
  const { isCounty } = useOwnPlace();
  const { line, slices } = page;
  const root = slices.find((slice) => slice.id === line.rootSliceId);
  const seen = new Set(slices.map((slice) => slice.id));
  const parts = slices.filter((slice) =>
    root === undefined ? slice.parentId === null || !seen.has(slice.parentId) : slice.parentId === root.id,
  );
  const standing =
    root === undefined ? standingOfAll(parts.map((slice) => slice.standing)) : netStanding(line);
  const shown = { page, province, parts, standing };
  return (
    <>
      <PageHead
        title={`${nameOf(line)} · ${say(provinceName(line))}`}
        path={[...pathTo(province, undefined), { label: nameOf(line) }]}
        aside={<StateSign state={line.state} />}
        actions={actions}
      />
      <StandingFigures
        standing={standing}
        first={say(root === undefined ? creditLabels.slice : creditLabels.notified)}
        {...(root === undefined ? {} : { recordsHref: sliceHref(province, root.id) })}
      />
      {standing.amount === '0' ? null : (
        <SliceBar title={nameOf(line)} standing={standing} timePassed={line.timePassed} />
      )}
      <Section title={say(titleOf(parts))}>
        <Division {...shown} />
        {parts.length === 0 ? null : (
          <p className="k-hint" style={{ marginBlockStart: 'var(--s2)' }}>
            {say(lineLabels.soFarAndNow)}
          </p>
        )}
      </Section>
      {parts.length === 0 ? null : (
        <Section title={say(creditLabels.wayOfRial)}>
          <RialFlow
            title={nameOf(line)}
            line={{
              id: line.id,
              label: nameOf(line),
              amount: standing.amount,
              paid: standing.paid,
              children: parts.map((slice) => ({
                id: slice.id,
                label: say(partName(slice)),
                amount: slice.standing.amount,
                paid: slice.standing.paid,
                href: sliceHref(province, slice.id),
              })),
            }}
          />
        </Section>
      )}
      <div className="k-columns">
        <Section title={say(creditLabels.proposals)}>
          <Proposals page={page} province={province} />
        </Section>
        <Section title={say(lineLabels.whatOfLine)}>
          <Terms line={line} />
        </Section>
      </div>
      <LineLife line={line} province={province} seesLetters={!isCounty} />
      <DatedTerms line={line} province={province} />
    </>
  );
}

/** A credit line: where each rial of it stands, county by county. */
export function LinePage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const asked = useAnswer<LinePageAnswer>(apiOf(province, `lines/${useAddress('line')}`));
  return (
    <Answered asked={asked} title={say(lineLabels.line)} province={province}>
      {(page) => <LineView page={page} province={province} />}
    </Answered>
  );
}
