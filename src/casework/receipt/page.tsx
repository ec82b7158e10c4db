import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import { ownLabels } from '../own/words.ts';
import { caseLabels } from '../words.ts';
import type { Receipt } from './contract.ts';
import { receiptLabels as labels } from './words.ts';

/** The receipt of a case: on paper it stands alone. */
export function ReceiptPage(): ReactNode {
  const { say } = useSpeech();
  const { province = '', id = '' } = useParams({ strict: false });
  const found = useAnswer<Receipt>(`/api/provinces/${province}/cases/${id}/receipt`);
  const isOwn = useSession().user?.role === 'applicant';
  return (
    <>
      <div className="no-print">
        <PageHead
          title={say(labels.receipt)}
          path={[
            { label: say(isOwn ? ownLabels.mine : caseLabels.inbox), href: '/cases' },
            { label: say(caseLabels.case), href: `/cases/${province}/${id}` },
          ]}
          actions={found.data === undefined ? null : <PrintButton />}
        >
          {say(labels.lead)}
        </PageHead>
      </div>
      <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      {found.data === undefined && found.error === null ? <Skeleton rows={8} /> : null}
      {found.data === undefined ? null : <Sheet receipt={found.data} />}
    </>
  );
}

function Sheet({ receipt }: { readonly receipt: Receipt }): ReactNode {
  const { say, digits } = useSpeech();
  const { province, county, subject, happenedOn } = receipt;
  return (
    <div className="k-cards">
      <article className="k-card is-alone" aria-label={say(labels.receipt)}>
        <div className="k-card-head">
          <h2>{say(labels.receipt)}</h2>
          {province === null ? null : (
            <small>
              {say(labels.office)} {say(province)}
            </small>
          )}
        </div>
        <div>
          <small>{say(labels.number)}</small>
          <div className="k-card-number">
            <Bidi>{digits(receipt.number)}</Bidi>
          </div>
        </div>
        <Facts
          facts={[
            { label: say(labels.kind), value: say(receipt.kind) },
            ...(receipt.about === null ? [] : [{ label: say(labels.about), value: say(receipt.about) }]),
            ...(subject === null ? [] : [{ label: say(labels.who), value: subject }]),
            { label: say(labels.by), value: say(receipt.byRole) },
            { label: say(labels.at), value: <InstantText iso={receipt.recordedAt} /> },
            ...(happenedOn === null
              ? []
              : [{ label: say(labels.happenedOn), value: <DayText iso={happenedOn} style="weekday" /> }]),
            { label: say(labels.county), value: say(county ?? labels.wholeProvince) },
          ]}
        />
        <Next receipt={receipt} />
        <Follow receipt={receipt} />
        <small>{say(labels.notYet)}</small>
      </article>
    </div>
  );
}

function Next({ receipt: { next, waitsFor, due } }: { readonly receipt: Receipt }): ReactNode {
  const { say, language } = useSpeech();
  return (
    <section>
      <h3>{say(labels.next)}</h3>
      <p>{say(next)}</p>
      <Facts
        facts={[
          ...(waitsFor.length === 0
            ? []
            : [
                {
                  label: say(labels.with),
                  value: waitsFor.map((role) => say(role)).join(language === 'fa' ? '، ' : ', '),
                },
              ]),
          ...(due === null
            ? []
            : [
                { label: say(labels.byWhen), value: <DayText iso={due.on} style="weekday" /> },
                { label: say(labels.basis), value: say(due.basis) },
              ]),
        ]}
      />
      {due === null ? <p>{say(labels.noDue)}</p> : null}
      {due?.foreseen === true ? <small>{say(caseLabels.foreseen)}</small> : null}
    </section>
  );
}

function Follow({ receipt: { track } }: { readonly receipt: Receipt }): ReactNode {
  const { say, language } = useSpeech();
  const address = `${location.origin}${language === 'en' ? '/en' : ''}/track`;
  return (
    <section>
      <h3>{say(labels.follow)}</h3>
      {track === null ? null : (
        <p>
          {say(labels.followPublic)}{' '}
          <Link href={`${address}?number=${track}`}>
            <Bidi code>{address}</Bidi>
          </Link>
        </p>
      )}
      <p>{say(labels.followOffice)}</p>
    </section>
  );
}
