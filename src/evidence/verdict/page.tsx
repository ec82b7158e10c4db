import type { ReactNode } from 'react';
import { moneyExactly } from '#kernel/persian.ts';
import { digits as digitsOf, exactRials, grouped, moneyText, percentOf, rialsOf } from '#web/format.ts';
import { Icon } from '#web/kit/icon.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { verdictLook } from '#web/pictures/marked-statement.tsx';
import { verdicts, type FindingAnswer, type Verdict } from '../contract.ts';
import { pointsText } from '../records/page.tsx';
import { statementLabels, verdictMeanings } from '../statement/words.ts';
import { evidenceLabels, verdictWords } from '../words.ts';

/** What the six verdicts mean, each with its sign. */
export function VerdictLegend(): ReactNode {
  const { say } = useSpeech();
  return (
    <section>
      <h2 style={{ fontSize: 'var(--text)', marginBlockEnd: 'var(--s3)' }}>
        {say(statementLabels.verdicts)}
      </h2>
      <dl style={{ display: 'grid', gap: 'var(--s3)' }}>
        {verdicts.map((verdict) => (
          <div key={verdict} className={`is-${verdict}`} style={verdictLine}>
            <dt style={{ color: 'var(--tone)', fontWeight: 600 }}>
              <Icon name={verdictLook[verdict].icon} size={15} /> {say(verdictWords[verdict])}
            </dt>
            <dd className="k-hint" style={{ margin: 0 }}>
              {say(verdictMeanings[verdict])}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const verdictLine = {
  paddingInlineStart: 'var(--s4)',
  borderInlineStart: '3px solid var(--tone)',
} as const;

const filterLook = (isOn: boolean, tone: string) =>
  ({
    minBlockSize: 'var(--touch)',
    padding: '0 var(--s1)',
    border: 0,
    borderBlockEnd: `2px solid ${isOn ? tone : 'transparent'}`,
    background: 'none',
    cursor: 'pointer',
  }) as const;

/** How many of each verdict; a press shows only those. */
export function VerdictFilter({
  findings,
  only,
  onChoose,
}: {
  readonly findings: readonly FindingAnswer[];
  readonly only: Verdict | null;
  readonly onChoose: (verdict: Verdict | null) => void;
}): ReactNode {
  const { say, digits } = useSpeech();
  const present = verdicts.filter((verdict) => findings.some((finding) => finding.verdict === verdict));
  return (
    <div
      role="group"
      aria-label={say(statementLabels.filter)}
      style={{ display: 'flex', flexWrap: 'wrap', gap: '0 var(--s4)' }}
    >
      <button
        type="button"
        aria-pressed={only === null}
        onClick={() => onChoose(null)}
        style={filterLook(only === null, 'var(--ink)')}
      >
        {say(statementLabels.all)} <b>{digits(findings.length)}</b>
      </button>
      {present.map((verdict) => (
        <button
          key={verdict}
          type="button"
          className={`p-verdict is-${verdict}`}
          aria-pressed={only === verdict}
          onClick={() => onChoose(only === verdict ? null : verdict)}
          style={filterLook(only === verdict, 'var(--tone)')}
        >
          <Icon name={verdictLook[verdict].icon} size={15} />
          <b>{digits(findings.filter((finding) => finding.verdict === verdict).length)}</b>
          {say(verdictWords[verdict])}
        </button>
      ))}
    </div>
  );
}

// ---- why

/** A stated or recorded value as a sentence has it; `exact` when rounding would hide the difference. */
function valueText(
  value: string,
  { unit, exact, language }: { unit: FindingAnswer['unit']; exact: boolean; language: Speech['language'] },
): string {
  switch (unit) {
    case 'rial': {
      const rials = rialsOf(value);
      return exact ? exactRials(rials, language) : saidMoney(rials, language);
    }
    case 'percent': {
      const shown = exact ? value.replace('-', minus) : shortPoints(value);
      return percentOf(digitsOf(language === 'fa' ? shown.replace('.', '٫') : shown, language), language);
    }
    case 'count':
    case null:
      return /^-?\d+$/.test(value) ? grouped(BigInt(value), language) : value;
  }
}

const millionToman = 10_000_000n;

/** A sum is told as it was said: «۲۴ میلیارد و ۲۴۹ میلیون تومان», not rounded to «۲۴٫۲۵ میلیارد». */
const saidMoney = (rials: bigint, language: Speech['language']): string =>
  language === 'fa' && rials % millionToman === 0n && rials > 0n
    ? moneyExactly(rials)
    : moneyText(rials, language);

/** Before the number in both directions of writing. */
const minus = '\u200e−';

/** Two decimals at most, rounded: «۷٫۳۵» of ۷٫۳۴۸; the whole stands on hover and in the exports. */
function shortPoints(value: string): string {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  return `${sign === '' ? '' : minus}${pointsText(BigInt(whole + part), 100n * 10n ** BigInt(part.length))}`;
}

/** A number stays on the line of the word before it: «سال ۱۴۰۲» is not broken in two. */
const together = (text: string): string => text.replace(/ (?=[\d۰-۹])/g, '\u00a0');

/** Stated and recorded beside each other, then why; the exact values on hover. */
export function Reason({ finding }: { readonly finding: FindingAnswer }): ReactNode {
  const { say, language } = useSpeech();
  const { stated, actual, unit } = finding;
  if (stated === null || actual === null || finding.title === null) return say(finding.why);
  const short = { unit, language, exact: false };
  const same = valueText(stated, short) === valueText(actual, short);
  const exact = same && stated !== actual && finding.verdict !== 'supported';
  const pair = [
    [evidenceLabels.stated, stated],
    [evidenceLabels.actual, actual],
  ] as const;
  return (
    <>
      <span style={{ display: 'flex', flexWrap: 'wrap', columnGap: 'var(--s4)' }}>
        {pair.map(([label, value]) => (
          <span key={label.en}>
            {say(label)}{' '}
            <bdi
              className="k-digits"
              style={{ color: 'var(--ink)', fontWeight: 600 }}
              title={valueText(value, { ...short, exact: true })}
            >
              {valueText(value, { ...short, exact })}
            </bdi>
          </span>
        ))}
      </span>
      <span>{together(say(finding.why))}</span>
    </>
  );
}
