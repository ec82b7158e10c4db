import { useState, type ReactNode } from 'react';
import { comparable } from '#kernel/persian.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { PagesFoot } from '#web/kit/more.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import { usePages, type Pages } from '#web/paged.tsx';
import { DeadlineSign } from '#web/pictures/case-line.tsx';
import { useSession } from '#web/session.tsx';
import type { CasePage } from '../act/contract.ts';
import { receiptPath } from '../receipt/contract.ts';
import { receiptLabels } from '../receipt/words.ts';
import { caseLabels } from '../words.ts';
import type { OwnCase, OwnCases } from './contract.ts';
import { ownLabels, promiseWords } from './words.ts';

/** So many cases are seen at a glance; beyond them a field to search in is worth its place. */
const mostAtAGlance = 8;

/** The first page of an applicant: their cases as cards, what waits for them, and what they may begin. */
export function OwnCasesPage(): ReactNode {
  const { say } = useSpeech();
  const provinceId = useSession().user?.provinceId ?? null;
  const path = `/api/provinces/${provinceId ?? 'none'}/cases/own?limit=100` as const;
  const pages = usePages<OwnCase, OwnCases>(provinceId === null ? null : path);
  const begins = pages.first?.begins ?? [];
  const begin = begins.map(({ kind, title, href }) => (
    <LinkButton key={kind} href={href} kind="primary" icon="add">
      {say(title)}
    </LinkButton>
  ));
  const isEmpty = pages.rows?.length === 0;
  return (
    <>
      <PageHead title={say(ownLabels.mine)} actions={isEmpty ? null : begin}>
        {say(ownLabels.lead)}
      </PageHead>
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      {pages.rows === undefined && pages.error === null ? <Skeleton rows={6} /> : null}
      {isEmpty ? (
        <Empty title={say(ownLabels.empty)} actions={begin}>
          {say(begins.length === 0 ? ownLabels.emptyNoBegin : ownLabels.emptyBody)}
        </Empty>
      ) : null}
      {pages.rows === undefined || isEmpty || provinceId === null ? null : (
        <Cards key={path} items={pages.rows} pages={pages} provinceId={provinceId} />
      )}
    </>
  );
}

type CardsProps = {
  readonly items: readonly OwnCase[];
  readonly pages: Pages<OwnCase, OwnCases>;
  readonly provinceId: number;
};

function Cards({ items, pages, provinceId }: CardsProps): ReactNode {
  const { say } = useSpeech();
  const [typed, setTyped] = useState('');
  const shown = items.filter((one) => isSought(one, typed));
  const parts = [
    { title: ownLabels.open, cases: shown.filter(({ ended }) => !ended) },
    { title: ownLabels.ended, cases: shown.filter(({ ended }) => ended) },
  ].filter(({ cases }) => cases.length > 0);
  return (
    <>
      {items.length > mostAtAGlance ? (
        <div className="k-form no-print">
          <TextField
            label={say(ownLabels.search)}
            hint={say(ownLabels.searchHint)}
            name="search"
            type="search"
            value={typed}
            onChange={setTyped}
          />
        </div>
      ) : null}
      {shown.length === 0 ? (
        <Empty title={say(ownLabels.emptySearch)}>{say(ownLabels.emptySearchBody)}</Empty>
      ) : null}
      {parts.map(({ title, cases }) => (
        <Section key={title.en} title={say(title)}>
          <div className="k-cards">
            {cases.map((one) => (
              <Card key={one.id} one={one} provinceId={provinceId} />
            ))}
          </div>
        </Section>
      ))}
      <PagesFoot pages={pages} />
    </>
  );
}

/** What was typed stands in the number, with or without its dashes, or in what the case and its state are called. */
function isSought({ number, kind, about, state }: OwnCase, typed: string): boolean {
  const sought = comparable(typed).toLowerCase();
  const plain = number.replaceAll('-', '');
  const texts = [kind.title, state.title, ...(about === null ? [] : [about])].flatMap(({ fa, en }) => [
    fa,
    en,
  ]);
  return [number, plain, ...texts].some((text) => comparable(text).toLowerCase().includes(sought));
}

function Card({ one, provinceId }: { readonly one: OwnCase; readonly provinceId: number }): ReactNode {
  const { say, digits } = useSpeech();
  const { id, number, kind, about, state, reason, ended, turn, acts, page } = one;
  // To give up is never what a card leads to first.
  const steps = acts.filter(({ givesUp }) => !givesUp);
  const letter = `/cases/${provinceId}/${id}`;
  return (
    <article className={`k-card${turn ? ' is-yours' : ''}`}>
      <div className="k-card-head">
        <h3>{about === null ? say(kind.title) : `${say(kind.title)}: ${say(about)}`}</h3>
        <Sign tone={ended ? 'quiet' : turn ? 'amber' : 'info'}>{say(state.title)}</Sign>
      </div>
      <p>{say(state.told)}</p>
      {reason === null ? null : (
        <p>
          {say(ownLabels.reason)}: <span dir="auto">{reason}</span>
        </p>
      )}
      <Standing one={one} />
      <small>
        {say(ownLabels.number)} <Bidi>{digits(number)}</Bidi> ·{' '}
        {say(ended ? ownLabels.endedOn : ownLabels.since)} <DayText iso={one.sinceOn} />
      </small>
      <div className="k-row no-print">
        {steps.map(({ act, title, href }, at) => (
          <LinkButton key={act} href={href} kind={turn && at === 0 ? 'primary' : 'plain'}>
            {say(title)}
          </LinkButton>
        ))}
        <LinkButton href={page} kind={steps.length === 0 ? 'plain' : 'quiet'}>
          {say(ownLabels.page)}
        </LinkButton>
        {page === letter ? null : (
          <LinkButton href={letter} kind="quiet">
            {say(ownLabels.letter)}
          </LinkButton>
        )}
        <LinkButton href={receiptPath(provinceId, id)} kind="quiet">
          {say(receiptLabels.short)}
        </LinkButton>
        {acts
          .filter(({ givesUp }) => givesUp)
          .map(({ act, title, href }) => (
            <LinkButton key={act} href={href} kind="quiet">
              {say(title)}
            </LinkButton>
          ))}
      </div>
    </article>
  );
}

/** Whose turn it is and until when, as a sentence. */
function Standing({ one }: { readonly one: OwnCase }): ReactNode {
  const { say, language } = useSpeech();
  const { deadline, turn, waitsFor, ended } = one;
  if (ended) return null;
  const promise =
    deadline === null ? null : (
      <>
        {say(promiseWords[deadline.promise].before)} <DayText iso={deadline.dueOn} style="weekday" />{' '}
        {say(promiseWords[deadline.promise].after)}{' '}
        <DeadlineSign deadline={{ on: deadline.dueOn, daysLeft: deadline.workingDaysLeft }} />
        <div>
          <small>
            {say(ownLabels.basis)}: {say(deadline.basis)}
            {deadline.foreseen ? ` · ${say(caseLabels.foreseen)}` : ''}
          </small>
        </div>
      </>
    );
  if (turn)
    return (
      <Notice tone="amber" title={say(ownLabels.turn)}>
        {promise}
      </Notice>
    );
  return (
    <div>
      {promise}
      {waitsFor.length === 0 ? null : (
        <small>
          {say(ownLabels.now)}: {waitsFor.map((role) => say(role)).join(language === 'fa' ? '، ' : ', ')}
        </small>
      )}
    </div>
  );
}

/** The facts of a case for the one whom it is about: what it is for and whose turn it is, and nothing they know. */
export function OwnFacts({ page }: { readonly page: CasePage }): ReactNode {
  const { say, language } = useSpeech();
  const { kind, about, county, deadline, turn, waitsFor } = page;
  const roles = waitsFor.map((role) => say(role)).join(language === 'fa' ? '، ' : ', ');
  return (
    <Section title={say(caseLabels.facts)}>
      <Facts
        facts={[
          {
            label: say(ownLabels.request),
            value: about === null ? say(kind.title) : `${say(kind.title)}: ${say(about)}`,
          },
          ...(turn || roles !== ''
            ? [{ label: say(ownLabels.whoseTurn), value: turn ? say(ownLabels.you) : roles }]
            : []),
          { label: say(caseLabels.county), value: say(county ?? caseLabels.provinceMatter) },
          { label: say(caseLabels.opened), value: <InstantText iso={page.openedAt} /> },
          ...(deadline === null
            ? []
            : [
                { label: say(caseLabels.deadline), value: <DayText iso={deadline.dueOn} style="weekday" /> },
                { label: say(caseLabels.basis), value: say(deadline.basis) },
              ]),
        ]}
      />
      {deadline?.foreseen === true ? <Notice tone="amber" title={say(caseLabels.foreseen)} /> : null}
    </Section>
  );
}
