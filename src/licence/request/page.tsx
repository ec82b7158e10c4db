import { useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { receiptPath } from '#casework/receipt/contract.ts';
import { receiptLabels } from '#casework/receipt/words.ts';
import type { Role } from '#kernel/actor.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import { CaseLine } from '#web/pictures/case-line.tsx';
import { useSession } from '#web/session.tsx';
import {
  inquiryAnswers,
  inquiryKinds,
  requestActs,
  type Condition,
  type InquiryAnswer,
  type RequestAct,
  type RequestPage,
} from '../contract.ts';
import { requestKind } from '../rules.ts';
import { answerWords, inquiryWords, requestActWords } from '../words.ts';
import { askers, useProvince } from '../draft/page.tsx';
import { renewalPath } from '../ending/page.tsx';
import { plainAfter, requestLabels as labels } from './words.ts';

const backwards: readonly string[] = ['return', 'refuse', 'withdraw', 'uphold'];
const main: readonly string[] = ['pass_inquiry', 'confirm_review', 'sign_first', 'sign_second', 'resubmit'];
const wantsReason: readonly string[] = ['return', 'refuse', 'object', 'reopen', 'uphold'];
const actNamed = (name: string): RequestAct | undefined => requestActs.find((known) => known === name);
const wordOf = (act: string) =>
  act === 'submit' ? requestActWords.submit : requestActWords[actNamed(act) ?? 'return'];

type ActProps = {
  readonly page: RequestPage;
  readonly act: RequestAct;
  readonly path: Path;
  readonly onClose: () => void;
};

function ActDialog({ page, act, path, onClose }: ActProps): ReactNode {
  const { say, language } = useSpeech();
  const [id] = useState(newKey);
  const [reason, setReason] = useState('');
  const [condition, setCondition] = useState<string | null>(null);
  const [inquiry, setInquiry] = useState<Record<string, InquiryAnswer | null>>({});
  const conditions =
    useAnswer<{ readonly conditions: readonly Condition[] }>(
      act === 'refuse' ? '/api/licence-conditions' : null,
    ).data?.conditions ?? [];
  const command = useCommand<object>({
    path: `${path}/acts`,
    changes: ['/api/provinces/'],
    onDone: onClose,
  });
  const isAnswered = inquiryKinds.every((kind) => inquiry[kind] != null);
  const send = (): void =>
    command.mutate({
      id,
      act,
      seenVersion: page.request.version,
      reason: reason.trim() === '' ? null : reason,
      conditionNumber: condition,
      inquiry: act === 'pass_inquiry' && isAnswered ? inquiry : null,
    });
  return (
    <Dialog
      title={say(requestActWords[act])}
      open
      onClose={onClose}
      foot={
        <Button kind={act === 'refuse' ? 'danger' : 'primary'} busy={command.isPending} onPress={send}>
          {say(requestActWords[act])}
        </Button>
      }
    >
      <div className="k-form">
        {act === 'pass_inquiry' ? <OtherName page={page} /> : null}
        {act === 'pass_inquiry'
          ? inquiryKinds.map((kind) => (
              <Select
                key={kind}
                label={say(inquiryWords[kind])}
                name={kind}
                required
                value={inquiry[kind] ?? null}
                onChange={(key) =>
                  setInquiry((now) => ({
                    ...now,
                    [kind]: inquiryAnswers.find((answer) => answer === key) ?? null,
                  }))
                }
                choices={inquiryAnswers.map((answer) => ({ key: answer, label: say(answerWords[answer]) }))}
              />
            ))
          : null}
        {act === 'refuse' ? (
          <Select
            label={say(labels.condition)}
            name="conditionNumber"
            required
            value={condition}
            onChange={setCondition}
            error={fieldError(command.error, 'conditionNumber', say)}
            choices={conditions.map(({ conditionNumber, text }) => ({
              key: conditionNumber,
              label: `${conditionNumber}. ${text[language]}`,
            }))}
          />
        ) : null}
        {wantsReason.includes(act) ? (
          <TextField
            label={say(labels.reason)}
            name="reason"
            required
            rows={3}
            value={reason}
            onChange={setReason}
            error={fieldError(command.error, 'reason', say)}
          />
        ) : null}
        {command.error === null ? null : <ProblemNotice error={command.error} />}
      </div>
    </Dialog>
  );
}

/** The name under which the holder joined, where it is not the one on record. */
function OtherName({ page }: { readonly page: RequestPage }): ReactNode {
  const { say } = useSpeech();
  if (page.joinedAs === null) return null;
  return (
    <Notice tone="amber" title={`${say(labels.joinedAs)}: ${page.joinedAs}`}>
      {say(labels.joinedLead)}
    </Notice>
  );
}

function RequestFacts({ page }: { readonly page: RequestPage }): ReactNode {
  const { say, language, digits } = useSpeech();
  const { request } = page;
  return (
    <Facts
      facts={[
        { label: say(labels.occupation), value: language === 'fa' ? request.titleFa : request.titleEn },
        { label: say(labels.holder), value: request.holderName ?? '—' },
        { label: say(labels.county), value: say(request.countyName) },
        { label: say(labels.tracking), value: <Bidi code>{digits(page.tracking)}</Bidi> },
        { label: say(labels.submittedOn), value: <DayText iso={request.submittedOn} /> },
        {
          label: say(labels.promisedOn),
          value: (
            <>
              <DayText iso={request.promisedOn} />{' '}
              {request.late ? <Sign tone="red">{say(labels.late)}</Sign> : null}
            </>
          ),
        },
        ...(request.flagged ? [{ label: '', value: <Sign tone="red">{say(labels.flagged)}</Sign> }] : []),
        ...(page.licence === null
          ? []
          : [
              { label: say(labels.number), value: <Bidi>{digits(page.licence.number)}</Bidi> },
              { label: say(labels.expiresOn), value: <DayText iso={page.licence.expiresOn} /> },
              { label: say(labels.renewTitle), value: <Renewal licence={page.licence} /> },
            ]),
      ]}
    />
  );
}

/** The way to the renewal for those who may ask for it, or from which day there will be one. */
function Renewal({ licence }: { readonly licence: NonNullable<RequestPage['licence']> }): ReactNode {
  const { say } = useSpeech();
  const role = useSession().user?.role;
  const { renewal } = licence;
  if (renewal === null) return '—';
  if (renewal.lawful && role != null && askers.includes(role))
    return <LinkButton href={renewalPath(licence.licenceId)}>{say(labels.renew)}</LinkButton>;
  return (
    <>
      {say(labels.renewFrom)} <DayText iso={renewal.from} />
    </>
  );
}

/** Of what is not lawful now, a reader is shown what would be theirs to do. */
const isMine = (act: string, role: Role | null | undefined): boolean =>
  Object.entries(requestKind.may).some(
    ([name, may]: [string, readonly string[]]) => name === act && role != null && may.includes(role),
  );

/** Whoever has just sent the request is told so, until somebody acts on it, and given its receipt. */
function Sent({ href }: { readonly href: string }): ReactNode {
  const { say } = useSpeech();
  return (
    <div className="no-print" style={{ marginBlockEnd: 'var(--s4)' }}>
      <Notice
        tone="green"
        title={say(receiptLabels.sent)}
        actions={
          <LinkButton href={href} kind="primary">
            {say(receiptLabels.receipt)}
          </LinkButton>
        }
      >
        {say(receiptLabels.sentBody)}
      </Notice>
    </div>
  );
}

const toneOf = (state: string): 'green' | 'red' | 'info' =>
  state === 'issued' ? 'green' : state === 'turned_down' ? 'red' : 'info';

export function LicenceRequestPage(): ReactNode {
  const { say } = useSpeech();
  const province = useProvince();
  const { user } = useSession();
  const role = user?.role;
  const search: object = useSearch({ strict: false });
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  const path: Path = `/api/provinces/${province ?? 'none'}/licence-requests/${params['request'] ?? ''}`;
  const asked = useAnswer<RequestPage>(province === null ? null : path);
  const [doing, setDoing] = useState<RequestAct | null>(null);
  const page = asked.data;
  const provinceId = user?.provinceId ?? null;
  const receipt =
    page === undefined || provinceId === null ? null : receiptPath(provinceId, page.request.requestId);
  const head = (
    <PageHead
      title={say(labels.request)}
      path={[{ label: say(labels.licences), href: '/licences' }]}
      actions={
        <>
          {receipt === null ? null : <LinkButton href={receipt}>{say(receiptLabels.short)}</LinkButton>}
          {page?.licence == null || page.licence.lapse !== null || province === null ? null : (
            <a
              className="k-button is-primary"
              href={`/api/provinces/${province}/licences/${page.licence.licenceId}/certificate.pdf`}
            >
              {say(labels.certificate)}
            </a>
          )}
        </>
      }
    />
  );
  if (page === undefined)
    return (
      <>
        {head}
        {asked.error === null ? (
          <Skeleton rows={8} />
        ) : (
          <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
        )}
      </>
    );
  const { request } = page;
  const plain = plainAfter(request.state, page.acts.at(-1)?.act);
  const lapse = page.licence?.lapse ?? null;
  const refusal = page.acts.findLast(({ act }) => act === 'refuse' || act === 'return');
  return (
    <>
      {head}
      {'sent' in search && request.version === 1 && receipt !== null ? <Sent href={receipt} /> : null}
      <Notice
        tone={lapse !== null ? 'red' : toneOf(request.state)}
        title={say(lapse?.title ?? request.stateName)}
      >
        {say(lapse?.told ?? plain)}
        {refusal?.reason == null || request.state === 'issued' ? null : (
          <p>
            {refusal.facts['condition'] == null
              ? null
              : `${say(labels.condition)} ${refusal.facts['condition']}: `}
            {refusal.reason}
          </p>
        )}
      </Notice>
      <OtherName page={page} />
      <RequestFacts page={page} />
      <div style={{ marginBlockStart: 'var(--s6)' }}>
        <CaseLine
          acts={page.acts.map((done) => ({
            id: done.id,
            title: say(wordOf(done.act)),
            by: done.byName ?? done.byRole,
            at: done.at,
            detail: done.reason ?? undefined,
            back: backwards.includes(done.act),
          }))}
          now={
            requestKind.closed.some((one) => one === request.state)
              ? null
              : { title: say(lapse?.title ?? request.stateName) }
          }
          choices={page.choices
            .filter(({ act, lawful }) => lawful || isMine(act, role))
            .map(({ act, lawful, because }) => ({
              act,
              label: say(wordOf(act)),
              lawful,
              because: because === null ? null : say(because),
              primary: main.includes(act),
              danger: act === 'refuse',
            }))}
          onChoose={(act) => setDoing(actNamed(act) ?? null)}
        />
      </div>
      {doing === null ? null : (
        <ActDialog page={page} act={doing} path={path} onClose={() => setDoing(null)} />
      )}
    </>
  );
}
