import { useState, type ReactNode } from 'react';
import { roleWords } from '#access/words.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { County } from '#place/contract.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { NumberField, TextField } from '#web/kit/field.tsx';
import { Link } from '#web/kit/link.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import type { Composable, CompositionItem } from '../composition/contract.ts';
import type { FindingAnswer } from '../contract.ts';
import { capital, deskHref } from '../records/page.tsx';
import { dimensionWords } from '../records/words.ts';
import { evidenceLabels, valueWords, verdictWords } from '../words.ts';
import type { Decision, ReviewAnswer, ReviewOrder } from './contract.ts';
import { decisionWords, reviewLabels } from './words.ts';

const reviewers = new Set(['director', 'deputy', 'editor']);
export const useMayReview = (): boolean => reviewers.has(useSession().user?.role ?? '');

const roleNames: Readonly<Record<string, Bilingual>> = roleWords;

/** The newest decision about a figure in one line, for the note in the margin; phrasing content only. */
export function NewestReview({ reviews }: { readonly reviews: readonly ReviewAnswer[] }): ReactNode {
  const { say } = useSpeech();
  const [newest] = reviews;
  if (newest === undefined) return null;
  return (
    <span style={{ display: 'block' }}>
      {say(reviewLabels.review)}: <strong>{say(decisionWords[newest.decision])}</strong>
      {newest.byName === null ? null : ` · ${newest.byName}`}
    </span>
  );
}

/** All that was decided about a figure: who, when, why, and what the check said then. */
export function Reviews({ reviews }: { readonly reviews: readonly ReviewAnswer[] }): ReactNode {
  const { say } = useSpeech();
  const label = reviewLabels;
  if (reviews.length === 0) return null;
  return (
    <ul className="k-stack" aria-label={say(label.reviews)} style={{ gap: 'var(--s2)' }}>
      {reviews.map(({ id, decision, byName, byRole, at, verdict, sameText, bound, reason }) => (
        <li key={id}>
          <strong>{say(decisionWords[decision])}</strong> ·{' '}
          {byName ?? say(roleNames[byRole] ?? { fa: byRole, en: byRole })} · <InstantText iso={at} />
          {reason === null ? null : <p>{reason}</p>}
          {bound === null ? null : (
            <p>
              {say(label.means)} <Link href={deskHref(bound.records)}>{say(bound.title)}</Link>:{' '}
              {bound.value === null ? say(label.noValue) : say(valueWords(bound.value, bound.unit))}{' '}
              {bound.value === null ? null : say(label.inRecords)}
            </p>
          )}
          <p className="k-hint">
            {say(label.verdictThen)} {say(verdictWords[verdict])} ·{' '}
            {say(sameText ? label.sameText : label.samePhrase)}
          </p>
        </li>
      ))}
    </ul>
  );
}

// ---- deciding

export type Reviewed = {
  readonly text: string;
  /** ISO, or null for an undated text. */
  readonly published: string | null;
  readonly slug: string;
};

const deeds = [
  ['accepted', reviewLabels.accept, 'check'],
  ['corrected', reviewLabels.correct, 'edit'],
  ['rejected', reviewLabels.reject, 'close'],
] as const;

/** The three decisions about a figure, each in a dialog of its own. */
export function ReviewButtons({
  finding,
  reviewed,
  onDone,
}: {
  readonly finding: FindingAnswer;
  readonly reviewed: Reviewed;
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const [decision, setDecision] = useState<Decision | null>(null);
  const close = (): void => setDecision(null);
  return (
    <div className="k-row no-print" role="group" aria-label={say(reviewLabels.review)}>
      {deeds.map(([deed, label, icon]) => (
        <Button key={deed} kind="quiet" icon={icon} onPress={() => setDecision(deed)}>
          {say(label)}
        </Button>
      ))}
      {decision === null ? null : (
        <ReviewDialog
          decision={decision}
          finding={finding}
          reviewed={reviewed}
          onClose={close}
          onDone={() => {
            close();
            onDone();
          }}
        />
      )}
    </div>
  );
}

function ReviewDialog({
  decision,
  finding,
  reviewed,
  onClose,
  onDone,
}: {
  readonly decision: Decision;
  readonly finding: FindingAnswer;
  readonly reviewed: Reviewed;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const label = reviewLabels;
  const { text, published, slug } = reviewed;
  const [id] = useState(newKey);
  const [reason, setReason] = useState('');
  const [bound, setBound] = useState<CompositionItem | null>(null);
  const keep = useCommand<Omit<ReviewOrder, 'id'> & { readonly id: string }>({
    path: `/api/provinces/${slug}/statement-reviews`,
    onDone,
  });
  const { start, end } = finding;
  const run = (): void =>
    keep.mutate({
      id,
      text,
      published,
      start,
      end,
      decision,
      bound,
      reason: reason.trim() === '' ? null : reason,
    });
  const error = fieldError(keep.error, 'reason', say);
  const title = deeds.find(([deed]) => deed === decision)?.[1] ?? label.review;
  return (
    <Dialog
      open
      title={say(title)}
      onClose={onClose}
      foot={
        <>
          <Button kind="primary" icon="check" busy={keep.isPending} onPress={run}>
            {say(label.keep)}
          </Button>
          <Button onPress={onClose}>{say(label.cancel)}</Button>
        </>
      }
    >
      <form
        className="k-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <p>
          «{finding.text}» · {say(verdictWords[finding.verdict])}
        </p>
        {decision === 'corrected' ? (
          <BindingFields slug={slug} finding={finding} onChange={setBound} />
        ) : null}
        <TextField
          label={say(label.reason)}
          name="reason"
          hint={say(label.reasonHint)}
          required={decision !== 'accepted'}
          rows={3}
          maxLength={500}
          value={reason}
          error={error}
          onChange={setReason}
        />
        {error === null ? <ProblemNotice error={keep.error} onRetry={run} /> : null}
      </form>
    </Dialog>
  );
}

type BindingProps = {
  readonly slug: string;
  readonly finding: FindingAnswer;
  readonly onChange: (bound: CompositionItem | null) => void;
};

type Binding = {
  readonly indicator: string | null;
  readonly year: string;
  readonly county: string;
  readonly programme: string;
};

/** What the figure speaks of in truth; only figures of its unit are offered. */
function BindingFields({ slug, finding, onChange }: BindingProps): ReactNode {
  const { say, language } = useSpeech();
  const label = reviewLabels;
  const indicators = useAnswer<Composable>('/api/composable-figures').data?.indicators ?? [];
  const counties = useAnswer<{ readonly counties: readonly County[] }>(
    `/api/provinces/${slug}/counties`,
  ).data;
  const asked = new URL(finding.records ?? '/', location.origin).searchParams;
  const [binding, setBinding] = useState<Binding>({
    indicator: null,
    year: asked.get('year') ?? '',
    county: asked.get('county') ?? '',
    programme: /programme:(\w+)/.exec(asked.get('only') ?? '')?.[1] ?? '',
  });
  const found = indicators.find((one) => one.indicator === binding.indicator);
  const change = (part: Partial<Binding>): void => {
    const next = { ...binding, ...part };
    setBinding(next);
    const place = indicators.find((one) => one.indicator === next.indicator)?.place;
    onChange(
      next.indicator === null || next.year === ''
        ? null
        : {
            indicator: next.indicator,
            year: Number.parseInt(next.year, 10),
            ...(next.county === '' || place === 'province' ? {} : { county: next.county }),
            ...(next.programme === '' ? {} : { only: `programme:${next.programme}` }),
          },
    );
  };
  return (
    <>
      <ComboBox
        label={say(label.indicator)}
        name="indicator"
        required
        value={binding.indicator}
        onChange={(indicator) => change({ indicator })}
        choices={indicators
          .filter(({ unit }) => finding.unit === null || unit === finding.unit)
          .map((one) => ({ key: one.indicator, label: capital(say(one.title)) }))}
      />
      <NumberField
        label={say(label.year)}
        name="year"
        required
        plain
        value={binding.year}
        onChange={(year) => change({ year })}
      />
      <Select
        label={say(label.programme)}
        name="programme"
        value={binding.programme}
        onChange={(programme) => change({ programme: programme ?? '' })}
        choices={[
          { key: '', label: say(label.allProgrammes) },
          ...Object.entries(dimensionWords['programme']?.values ?? {}).map(([key, word]) => ({
            key,
            label: say(word),
          })),
        ]}
      />
      {found === undefined || found.place === 'province' ? null : (
        <ComboBox
          label={say(label.county)}
          name="county"
          value={binding.county}
          onChange={(county) => change({ county: county ?? '' })}
          choices={[
            { key: '', label: say(evidenceLabels.wholeProvince) },
            ...(counties?.counties ?? []).map((one) => ({
              key: one.countyCode,
              label: language === 'fa' ? one.nameFa : one.nameEn,
            })),
          ]}
        />
      )}
    </>
  );
}
