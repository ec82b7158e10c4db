import type { ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import { useAnswer } from '#web/command.tsx';
import { exactRials, moneyScale, rialsOf } from '#web/format.ts';
import type { Crumb } from '#web/kit/breadcrumb.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { FileLink } from '#web/kit/file.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import { SliceBar } from '#web/pictures/slice-bar.tsx';
import { useSession } from '#web/session.tsx';
import { axesHere, coordinatesOf } from '../axis.ts';
import { Accounts } from '../account/page.tsx';
import { axisWords, partsWords, partName } from '../axis/words.ts';
import { Awards } from '../award/page.tsx';
import { SliceTable, StandingFigures } from '../balance/page.tsx';
import type { Slice, SlicePageAnswer } from '../contract.ts';
import { Calculation } from '../formula/page.tsx';
import { Excesses } from '../excess/page.tsx';
import { letterLabels } from '../letter/words.ts';
import { lineLabels } from '../line/words.ts';
import {
  Answered,
  StateSign,
  UnitOf,
  apiOf,
  divideHref,
  provinceName,
  sliceHref,
  useAddress,
  useLineName,
  useLinePath,
  versionsHref,
} from '../province/page.tsx';
import { isDrawable, slicingKind } from '../rules.ts';
import { shareName } from '../share/words.ts';
import { versionLabels } from '../version/words.ts';
import { creditLabels, accountKindWords, phaseWords, transferWords } from '../words.ts';
import type { Movement } from './contract.ts';
import { restOf, standingOfRest } from './rules.ts';
import { sliceLabels } from './words.ts';

type Shown = { readonly page: SlicePageAnswer; readonly province: string };

/** What a slice is called: the province's root by the province, a county, a category with its county before it. */
function useSliceName(): (page: Pick<SlicePageAnswer, 'line'>, slice: Slice) => string {
  const { say, language } = useSpeech();
  return ({ line }, slice) => {
    const kind = say(slice.axis === 'category' ? sliceLabels.categoryOf : axisWords[slice.axis]);
    const name = say(slice.axis === 'province' ? provinceName(line) : partName(slice));
    return language === 'fa' ? `${kind} ${name}` : `${name} ${kind.toLowerCase()}`;
  };
}

/** A code of the record in words; the code itself where there is no word. */
const wordOf = (words: Readonly<Record<string, Bilingual>>, code: string): Bilingual =>
  new Map(Object.entries(words)).get(code) ?? { fa: code, en: code };

/** «به کرج»، «از برش‌نخوردهٔ استان»: the other end of a transfer that crosses from one slice to another. */
function useOtherEnd(): (movement: Movement) => string {
  const { say } = useSpeech();
  return (movement) => {
    if (movement.direction === 'within') return say(sliceLabels.noOtherSlice);
    const unnamed = movement.kind === 'notify' ? sliceLabels.notifier : sliceLabels.provinceRest;
    const { other: end } = movement;
    const other = end === null ? unnamed : partName(end);
    return `${say(movement.direction === 'in' ? sliceLabels.outOf : sliceLabels.into)} ${say(other)}`;
  };
}

function Transfers({ page, province }: Shown): ReactNode {
  const { say } = useSpeech();
  const pages = usePages<Movement>(apiOf(province, `slices/${page.slice.id}/transfers?limit=25`));
  const items = pages.rows;
  const scale = moneyScale((items ?? []).map((item) => item.amount));
  const stage = (code: string): string => say(accountKindWords.get(code) ?? { fa: code, en: code });
  const otherEnd = useOtherEnd();
  const deedOf = ({ kind, phase }: Movement): string => {
    const deed = say(wordOf(transferWords, kind));
    return phase === 'post' ? deed : `${deed} · ${say(wordOf(phaseWords, phase))}`;
  };
  const columns: readonly Column<Movement>[] = [
    {
      key: 'day',
      title: say(creditLabels.day),
      render: (item) => <DayText iso={item.happenedOn} style="numeric" />,
      sortBy: (item) => item.happenedOn,
      csv: (item) => item.happenedOn,
    },
    {
      key: 'kind',
      title: say(creditLabels.deed),
      render: deedOf,
      csv: deedOf,
    },
    {
      key: 'from',
      title: say(creditLabels.from),
      render: (item) => stage(item.fromStage),
      csv: (item) => stage(item.fromStage),
    },
    {
      key: 'to',
      title: say(creditLabels.to),
      render: (item) => stage(item.toStage),
      csv: (item) => stage(item.toStage),
    },
    {
      key: 'other',
      title: say(sliceLabels.otherSlice),
      render: otherEnd,
      sortBy: otherEnd,
      csv: otherEnd,
    },
    {
      key: 'share',
      title: say(creditLabels.share),
      render: (item) => say(shareName(item.share)),
      csv: (item) => say(shareName(item.share)),
    },
    {
      key: 'amount',
      title: say(creditLabels.amount),
      align: 'figure',
      render: (item) => <Money rials={item.amount} scale={scale} />,
      csv: (item) => item.amount,
      csvTitle: `${say(creditLabels.amount)} (${say(creditLabels.rials)})`,
    },
  ];
  if (pages.error !== null && items === undefined)
    return <ProblemNotice error={pages.error} onRetry={pages.refetch} />;
  return (
    <Section title={say(creditLabels.transfers)} aside={<UnitOf scale={scale} />}>
      <DataTable
        dense
        caption={say(creditLabels.transfers)}
        columns={columns}
        rows={items}
        pages={pages}
        rowKey={(item) => item.id}
        csvName="transfers"
        empty={{ title: say(creditLabels.noTransfers), body: say(sliceLabels.noTransfersHelp) }}
      />
    </Section>
  );
}

/** How each approved division worked out what it brought; where there were several, each under its day and sum. */
function Explained({ page }: Pick<Shown, 'page'>): ReactNode {
  const { say } = useSpeech();
  const nameOf = useSliceName();
  const { divisions, slice } = page;
  if (slice.axis === 'province') return null;
  const brought = divisions.reduce((sum, { amount }) => sum + rialsOf(amount), 0n);
  return (
    <Section title={say(creditLabels.explained)}>
      <div className="k-stack" style={{ justifyItems: 'stretch' }}>
        {divisions.some(({ explanation }) => explanation !== null) ? (
          <p className="k-lead" style={{ margin: 0 }}>
            {say(creditLabels.explainedHelp)}
          </p>
        ) : null}
        {divisions.length === 0 ? <p className="k-lead">{say(creditLabels.notByFormula)}</p> : null}
        {divisions.length === 0 || brought === rialsOf(slice.standing.amount) ? null : (
          <Notice tone="amber">{say(sliceLabels.movedSince)}</Notice>
        )}
        {divisions.map(({ id, happenedOn, amount, explanation, formula }) => (
          <div key={id}>
            {divisions.length === 1 ? null : (
              <h3 style={{ marginBlockEnd: 'var(--s2)' }}>
                {say(sliceLabels.divisionOf)} <DayText iso={happenedOn} />: <Money rials={amount} />
              </h3>
            )}
            {explanation === null ? (
              <p className="k-lead" style={{ margin: 0 }}>
                {say(creditLabels.notByFormula)}
              </p>
            ) : (
              <Calculation explanation={explanation} formula={formula} name={nameOf(page, slice)} />
            )}
          </div>
        ))}
      </div>
    </Section>
  );
}

function Parts({ page, province }: Shown): ReactNode {
  const { say } = useSpeech();
  const { children, slice, line } = page;
  const [first] = children;
  if (first === undefined) return null;
  const rest = standingOfRest(
    slice.standing,
    children.map((child) => child.standing),
  );
  const rows = [
    ...children.map((child) => ({
      key: child.id,
      name: say(partName(child)),
      href: sliceHref(province, child.id),
      standing: child.standing,
      jobTarget: child.jobTarget,
    })),
    ...(rest.amount === '0'
      ? []
      : [
          {
            key: slice.id,
            name: say(creditLabels.unsliced),
            href: sliceHref(province, slice.id),
            standing: rest,
            jobTarget: null,
          },
        ]),
  ];
  const title = say(first.axis === 'province' ? creditLabels.slices : partsWords[first.axis]);
  return (
    <Section title={title}>
      <SliceTable
        caption={title}
        of={say(axisWords[first.axis])}
        rows={rows}
        sum={slice.standing}
        sumLabel={say(creditLabels.sum)}
        jobs={children.reduce((sum, child) => sum + child.jobTarget, 0)}
        timePassed={line.timePassed}
        csvName="parts"
      />
    </Section>
  );
}

function Actions({ page, province }: Shown): ReactNode {
  const { say, language } = useSpeech();
  const { user } = useSession();
  const { slice, children, line } = page;
  const may = slicingKind.start.may.some((role) => role === user?.role);
  const rest = restOf(
    slice.standing,
    children.map((child) => child.standing),
  );
  const divides = axesHere(coordinatesOf(slice), children[0]?.axis ?? null).length > 0;
  return (
    <>
      <FileLink href={`${apiOf(province, `slices/${page.slice.id}/letter`)}?language=${language}`}>
        {say(letterLabels.download)}
      </FileLink>
      <PrintButton />
      {children.length > 0 ? (
        <LinkButton href={versionsHref(province, slice.id)} icon="transfer">
          {say(versionLabels.title)}
        </LinkButton>
      ) : null}
      {may && divides && rest.all > 0n && isDrawable(line.state) ? (
        <LinkButton href={divideHref(province, slice.id)} kind="primary">
          {say(lineLabels.divideHere)}
        </LinkButton>
      ) : null}
    </>
  );
}

function SliceView({ page, province }: Shown): ReactNode {
  const { say, language } = useSpeech();
  const lineName = useLineName();
  const sliceName = useSliceName();
  const pathTo = useLinePath();
  const { line, slice, path, children } = page;
  const crumbs: readonly Crumb[] = [
    ...pathTo(province, line),
    ...path
      .filter((above) => above.axis !== 'province')
      .map((above) => ({ label: sliceName(page, above), href: sliceHref(province, above.id) })),
    { label: sliceName(page, slice) },
  ];
  const title = `${sliceName(page, slice)} · ${lineName(line)}`;
  return (
    <>
      <PageHead
        title={title}
        path={crumbs}
        aside={<StateSign state={line.state} />}
        actions={<Actions page={page} province={province} />}
      />
      <StandingFigures
        standing={slice.standing}
        first={say(slice.axis === 'province' ? creditLabels.notified : creditLabels.slice)}
      />
      {slice.standing.amount === '0' ? null : (
        <SliceBar
          title={`${title}، ${exactRials(BigInt(slice.standing.amount), language)}`}
          standing={slice.standing}
          timePassed={line.timePassed}
        />
      )}
      <p className="k-hint" style={{ marginBlockStart: 'var(--s3)' }}>
        {say(lineLabels.soFarAndNow)}
      </p>
      <Excesses province={province} sliceId={slice.id} />
      <Explained page={page} />
      <Parts page={page} province={province} />
      {children.length === 0 ? <Awards page={page} province={province} /> : null}
      <Accounts province={province} sliceId={slice.id} />
      <Transfers page={page} province={province} />
    </>
  );
}

/** A slice: where its money stands, how its number was made, its parts, its awards and its transfers. */
export function SlicePage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const asked = useAnswer<SlicePageAnswer>(apiOf(province, `slices/${useAddress('slice')}`));
  return (
    <Answered asked={asked} title={say(creditLabels.slice)} province={province}>
      {(page) => <SliceView key={page.slice.id} page={page} province={province} />}
    </Answered>
  );
}
