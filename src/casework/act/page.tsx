import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { type DocumentAnswer, visibleName } from '#document/contract.ts';
import { sizeOf } from '#document/words.ts';
import { newKey, problemIn } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { UploadField } from '#web/kit/upload-field.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import { Panels } from '#web/panel.tsx';
import { CaseLine, DeadlineSign } from '#web/pictures/case-line.tsx';
import { useSession } from '#web/session.tsx';
import { AppointmentSection } from '../appointment/page.tsx';
import {
  adapterWords,
  channelWords,
  messageLabels,
  messageStateWords,
  messageTones,
} from '../message/words.ts';
import { OwnFacts } from '../own/page.tsx';
import { ownLabels } from '../own/words.ts';
import { receiptPath } from '../receipt/contract.ts';
import { receiptLabels } from '../receipt/words.ts';
import { caseLabels } from '../words.ts';
import type { CasePage as Answer } from './contract.ts';

type Part = { readonly page: Answer; readonly path: Path };

/** The page of any case: its line, what may be done now, and everything that stands with it. */
export function CasePage(): ReactNode {
  const { say, digits } = useSpeech();
  const { province = '', id = '' } = useParams({ strict: false });
  const path = `/api/provinces/${province}/cases/${id}` as const;
  const found = useAnswer<Answer>(path);
  const isOwn = useSession().user?.role === 'applicant';
  const crumbs = [{ label: say(isOwn ? ownLabels.mine : caseLabels.inbox), href: '/cases' }];
  if (found.error !== null)
    return (
      <>
        <PageHead title={say(caseLabels.case)} path={crumbs} />
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      </>
    );
  const page = found.data;
  if (page === undefined) return <Skeleton rows={8} />;
  const { deadline } = page;
  // Whom the case is about reads first that they are to come; officers have it beside the line.
  const visit = <AppointmentSection path={path} />;
  return (
    <>
      <PageHead
        title={`${say(page.kind.title)} \u2066${digits(page.number)}\u2069`}
        path={crumbs}
        aside={
          <>
            <Sign tone={page.closed ? 'quiet' : 'info'}>{say(page.state.title)}</Sign>
            {deadline === null ? null : (
              <DeadlineSign deadline={{ on: deadline.dueOn, daysLeft: deadline.workingDaysLeft }} />
            )}
          </>
        }
        actions={
          <>
            {page.page === null ? null : <LinkButton href={page.page}>{say(caseLabels.ownPage)}</LinkButton>}
            <LinkButton href={receiptPath(province, id)}>{say(receiptLabels.short)}</LinkButton>
            <PrintButton />
          </>
        }
      >
        {say(page.state.told)}
      </PageHead>
      <div className="k-columns">
        <div className="k-stack">
          {page.mayNote ? null : visit}
          <Panels on="case" of={page.kind.key} province={page.provinceSlug} subjectId={page.id} />
          <Line page={page} path={path} />
          <Documents province={province} caseId={id} />
          <Notes page={page} path={path} />
        </div>
        <div className="k-stack">
          {page.mayNote ? visit : null}
          {isOwn ? <OwnFacts page={page} /> : <About page={page} path={path} />}
          <Letter page={page} isOwn={isOwn} />
          <Messages page={page} />
        </div>
      </div>
    </>
  );
}

function Line({ page, path }: Part): ReactNode {
  const speech = useSpeech();
  const { say } = speech;
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const deed = useCommand<{ id: string; act: string; seenVersion: number; reason: string | null }>({
    path: `${path}/acts`,
    changes: ['/api/provinces'],
    onDone: () => {
      setChosen(null);
      setReason('');
    },
  });
  const cache = useQueryClient();
  const navigate = useNavigate();
  const choice = page.choices.find(({ act }) => act === chosen);
  const choose = (act: string): void => {
    const isElsewhere = page.choices.some((one) => one.act === act && one.elsewhere);
    if (isElsewhere && page.page !== null) void navigate({ to: page.page });
    else setChosen(act);
  };
  const movedOn = deed.error !== null && problemIn(deed.error).kind === 'CaseMovedOn';
  const { deadline } = page;
  return (
    <CaseLine
      acts={page.acts.map((act) => ({
        id: act.id,
        title: say(act.title),
        by: act.byName ?? say(act.byRole),
        at: act.at,
        back: act.back,
        detail: detailOf(act, speech),
      }))}
      now={
        page.closed
          ? null
          : {
              title: say(page.state.title),
              since: page.sinceOn,
              ...(deadline === null
                ? {}
                : {
                    deadline: {
                      on: deadline.dueOn,
                      daysLeft: deadline.workingDaysLeft,
                      promise: say(deadline.basis),
                    },
                  }),
            }
      }
      choices={page.choices.map((one) => ({
        act: one.act,
        label: one.elsewhere ? `${say(one.title)} (${say(caseLabels.elsewhere)})` : say(one.title),
        lawful: one.lawful,
        because: one.because === null ? null : say(one.because),
        ofOthers: !one.mine,
      }))}
      onChoose={choose}
      busyWith={deed.isPending ? chosen : null}
    >
      {choice === undefined || choice.elsewhere ? null : (
        <form
          className="k-form"
          onSubmit={(event) => {
            event.preventDefault();
            deed.mutate({
              id: newKey(),
              act: choice.act,
              seenVersion: page.version,
              reason: reason.trim() === '' ? null : reason,
            });
          }}
        >
          <TextField
            label={say(caseLabels.reason)}
            hint={say(caseLabels.reasonHint)}
            name="reason"
            rows={3}
            value={reason}
            onChange={setReason}
            required={choice.needsReason}
            error={fieldError(deed.error, 'reason', say)}
          />
          <ProblemNotice
            error={deed.error}
            {...(movedOn ? { onRetry: () => void cache.invalidateQueries() } : {})}
          />
          <div className="k-row">
            <Button kind="primary" type="submit" busy={deed.isPending}>
              {say(choice.title)}
            </Button>
            <Button kind="quiet" onPress={() => setChosen(null)}>
              {say(caseLabels.cancel)}
            </Button>
          </div>
        </form>
      )}
    </CaseLine>
  );
}

/** The number of a condition is read; an id or a hash is compared, sign by sign. */
const isNumber = /^\d{1,6}$/;

function detailOf(
  act: Answer['acts'][number],
  { say, digits }: Pick<ReturnType<typeof useSpeech>, 'say' | 'digits'>,
): ReactNode {
  if (act.reason === null && act.facts.length === 0) return undefined;
  return (
    <>
      {act.reason}
      {act.facts.map(({ title, value }) => (
        <div key={title.en}>
          {say(title)}: <Bidi>{isNumber.test(value) ? digits(value) : value}</Bidi>
        </div>
      ))}
    </>
  );
}

function About({ page, path }: Part): ReactNode {
  const { say } = useSpeech();
  const { deadline, holder } = page;
  const hold = useCommand<{ id: string; take: boolean }>({
    path: `${path}/hold`,
    changes: ['/api/provinces'],
  });
  const take = holder?.isMe !== true;
  return (
    <Section title={say(caseLabels.facts)}>
      <Facts
        facts={[
          ...(page.about === null ? [] : [{ label: say(receiptLabels.about), value: say(page.about) }]),
          ...(page.subject === null
            ? []
            : [{ label: say(caseLabels.subjectColumn), value: page.subject.name ?? '–' }]),
          {
            label: say(caseLabels.county),
            value: page.county === null ? say(caseLabels.provinceMatter) : say(page.county),
          },
          { label: say(caseLabels.opened), value: <InstantText iso={page.openedAt} /> },
          ...(page.waitsFor.length === 0
            ? []
            : [
                { label: say(caseLabels.waitsFor), value: page.waitsFor.map((role) => say(role)).join('، ') },
              ]),
          ...(deadline === null
            ? []
            : [
                { label: say(caseLabels.deadline), value: <DayText iso={deadline.dueOn} style="weekday" /> },
                { label: say(caseLabels.basis), value: say(deadline.basis) },
              ]),
          {
            label: say(caseLabels.holder),
            value:
              holder === null
                ? say(caseLabels.nobody)
                : holder.isMe
                  ? say(caseLabels.me)
                  : (holder.name ?? '–'),
          },
        ]}
      />
      {deadline?.foreseen === true ? <Notice tone="amber" title={say(caseLabels.foreseen)} /> : null}
      {page.mayHold ? (
        <Button busy={hold.isPending} onPress={() => hold.mutate({ id: newKey(), take })}>
          {say(take ? caseLabels.take : caseLabels.giveBack)}
        </Button>
      ) : null}
      <ProblemNotice error={hold.error} />
    </Section>
  );
}

function Letter({ page, isOwn }: Pick<Part, 'page'> & { readonly isOwn: boolean }): ReactNode {
  const { say } = useSpeech();
  return (
    <Section
      title={say(caseLabels.letter)}
      aside={isOwn ? null : <small>{say(caseLabels.letterHint)}</small>}
    >
      <p style={{ whiteSpace: 'pre-line' }}>{say(page.letter)}</p>
    </Section>
  );
}

type Message = Answer['messages'][number];

/** The state of a message, by what it was carried, why it did not arrive, and what the other side said. */
function Delivery({ message }: { readonly message: Message }): ReactNode {
  const { say } = useSpeech();
  const { state, carrier, triedAt, reason, answer } = message;
  const isShown = state === 'sent' && carrier === 'log';
  return (
    <div>
      <Sign tone={isShown ? 'quiet' : messageTones[state]}>
        {say(isShown ? caseLabels.wouldBe : messageStateWords[state])}
      </Sign>{' '}
      <small>
        {[
          isShown || carrier === null ? null : say(adapterWords(carrier)),
          reason === null ? null : say(reason),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
        {triedAt === null || isShown ? null : (
          <>
            {' · '}
            <InstantText iso={triedAt} />
          </>
        )}
      </small>
      {answer === null ? null : (
        <div>
          <small>
            {say(messageLabels.answer)} <Bidi code>{answer}</Bidi>
          </small>
        </div>
      )}
    </div>
  );
}

function Messages({ page }: Pick<Part, 'page'>): ReactNode {
  const { say } = useSpeech();
  return (
    <Section title={say(caseLabels.messages)}>
      {page.messages.length === 0 ? <p>{say(caseLabels.noMessages)}</p> : null}
      <ul>
        {page.messages.map((message) => (
          <li key={message.id} style={{ marginBlockEnd: 'var(--s4)' }}>
            {message.text === null ? null : <div>{say(message.text)}</div>}
            <small>
              {say(caseLabels.to)} {say(message.to)} · {say(channelWords[message.channel])} ·{' '}
              <InstantText iso={message.at} />
            </small>
            <Delivery message={message} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Notes({ page, path }: Part): ReactNode {
  const { say } = useSpeech();
  const [body, setBody] = useState('');
  const add = useCommand<{ id: string; body: string }>({
    path: `${path}/notes`,
    changes: [path],
    onDone: () => setBody(''),
  });
  if (!page.mayNote && page.notes.length === 0) return null;
  return (
    <Section title={say(caseLabels.notes)}>
      {page.notes.length === 0 ? <p>{say(caseLabels.noNotes)}</p> : null}
      <ul>
        {page.notes.map((note) => (
          <li key={note.id}>
            {note.body ?? say(caseLabels.erased)}
            <div>
              <small>
                {note.byName ?? note.byRole} · <InstantText iso={note.at} />
              </small>
            </div>
          </li>
        ))}
      </ul>
      {page.mayNote ? (
        <form
          className="k-form no-print"
          onSubmit={(event) => {
            event.preventDefault();
            if (body.trim() !== '') add.mutate({ id: newKey(), body });
          }}
        >
          <TextField
            label={say(caseLabels.newNote)}
            hint={say(caseLabels.newNoteHint)}
            name="body"
            rows={2}
            maxLength={4000}
            value={body}
            onChange={setBody}
            error={fieldError(add.error, 'body', say)}
          />
          <ProblemNotice error={add.error} />
          <Button type="submit" busy={add.isPending}>
            {say(caseLabels.addNote)}
          </Button>
        </form>
      ) : null}
    </Section>
  );
}

type DocumentList = { readonly documents: readonly DocumentAnswer[]; readonly mayAttach: boolean };

/** What was taken before names were asked to be visible is still opened by something. */
const nameOf = ({ name, id }: DocumentAnswer): string => {
  const visible = visibleName(name ?? '');
  return visible === '' ? id : visible;
};

function Documents({ province, caseId }: { readonly province: string; readonly caseId: string }): ReactNode {
  const { say, digits } = useSpeech();
  const path = `/api/provinces/${province}/documents?subjectKind=case&subjectId=${caseId}` as const;
  const list = useAnswer<DocumentList>(path);
  return (
    <Section title={say(caseLabels.documents)}>
      <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.data?.documents.length === 0 ? <p>{say(caseLabels.noDocuments)}</p> : null}
      <ul style={{ overflowWrap: 'anywhere' }}>
        {list.data?.documents.map((document) => (
          <li key={document.id}>
            {document.content === null ? (
              say(caseLabels.erased)
            ) : (
              <Link href={document.content}>
                <Bidi>{nameOf(document)}</Bidi>
              </Link>
            )}
            <div>
              <small>
                {say(document.retention.title)} · {digits(sizeOf(document.byteCount).value)}{' '}
                {say(sizeOf(document.byteCount).unit)} · {document.byName ?? document.byRole} ·{' '}
                <InstantText iso={document.at} />
              </small>
            </div>
          </li>
        ))}
      </ul>
      {list.data?.mayAttach === true ? (
        <UploadField
          label={say(caseLabels.attach)}
          hint={say(caseLabels.attachHint)}
          path={(id) => `${path}&id=${id}`}
          onDone={() => void list.refetch()}
        />
      ) : null}
    </Section>
  );
}
