import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { csvText } from '#web/csv.ts';
import { dayText, exactRials, grouped, instantText, moneyText, percentOf, rialsOf } from '#web/format.ts';
import { Button, IconButton } from '#web/kit/button.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import {
  MarkedStatement,
  VerdictCount,
  verdictLook,
  type StatementMark,
} from '#web/pictures/marked-statement.tsx';
import { saveText } from '#web/save.tsx';
import { verdicts, type CheckAnswer, type FindingAnswer, type Verdict } from '../contract.ts';
import { FirstRecords, deskHref } from '../records/page.tsx';
import { evidenceLabels, verdictWords } from '../words.ts';
import { statementLabels } from './words.ts';

/** A statement that was checked: what was asked, when, and what came back. */
export type Checked = {
  readonly text: string;
  readonly provinceSlug: string;
  readonly provinceName: string;
  /** ISO, or '' for an undated text. */
  readonly published: string;
  /** ISO instant. */
  readonly at: string;
  readonly answer: CheckAnswer;
};

type Finding = FindingAnswer & { readonly id: string };

/** A title worth the head of the page: a short first line with a text below it. */
function titleOf(text: string): string | null {
  const [first = '', ...rest] = text.trim().split('\n');
  return first.length > 0 && first.length <= 90 && rest.some((line) => line.trim() !== '')
    ? first.trim()
    : null;
}

// ---- what stands in a note

/** A stated or recorded value as a sentence has it; `exact` when rounding would hide the difference. */
function valueText(
  value: string,
  { unit, exact, language }: { unit: FindingAnswer['unit']; exact: boolean; language: Speech['language'] },
): string {
  switch (unit) {
    case 'rial':
      return (exact ? exactRials : moneyText)(rialsOf(value), language);
    case 'percent': {
      const shown = exact ? value : shortDecimal(value);
      return percentOf(language === 'fa' ? faDecimal(shown) : shown, language);
    }
    case 'count':
    case null:
      return /^-?\d+$/.test(value) ? grouped(BigInt(value), language) : value;
  }
}

const faDigits = '۰۱۲۳۴۵۶۷۸۹';
const faDecimal = (value: string): string =>
  value.replace(/\d/g, (digit) => faDigits.charAt(digit.charCodeAt(0) - 48)).replace('.', '٫');

/** At most two decimals, cut: «۸۰٫۰۵» of ۸۰٫۰۵۵۴; the whole stands in the exports. */
const shortDecimal = (value: string): string => value.replace(/(\.\d{2})\d+$/, '$1').replace(/\.0+$/, '');

/** Stated and recorded beside each other, then why; the exact values on hover. */
function Reason({ finding }: { readonly finding: Finding }): ReactNode {
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
      <span>{say(finding.why)}</span>
    </>
  );
}

function markOf(
  finding: Finding,
  { say, isChosen }: { say: Speech['say']; isChosen: boolean },
): StatementMark {
  const { id, start, end, verdict, records } = finding;
  const growth =
    isChosen &&
    finding.unit === 'percent' &&
    finding.indicator !== null &&
    !finding.indicator.endsWith('_percent');
  return {
    id,
    start,
    end,
    verdict,
    heading: finding.title === null ? finding.text : say(finding.title),
    reason: <Reason finding={finding} />,
    ...(records === null
      ? {}
      : { records: [{ href: deskHref(records), label: say(statementLabels.seeRecords) }] }),
    ...(isChosen && records !== null
      ? {
          actions: (
            <div style={{ inlineSize: '100%' }}>
              {growth ? <p style={{ marginBlockEnd: 'var(--s1)' }}>{say(statementLabels.growth)}</p> : null}
              <FirstRecords address={records} />
            </div>
          ),
        }
      : {}),
  };
}

// ---- the bar above the text

const filterLook = (isOn: boolean, tone: string) =>
  ({
    minBlockSize: 'var(--touch)',
    padding: '0 var(--s1)',
    border: 0,
    borderBlockEnd: `2px solid ${isOn ? tone : 'transparent'}`,
    background: 'none',
    cursor: 'pointer',
  }) as const;

function VerdictFilter({
  findings,
  only,
  onChoose,
}: {
  readonly findings: readonly Finding[];
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

function Steps({
  place,
  count,
  onStep,
}: {
  /** Which figure is chosen, from 1; 0 when none is. */
  readonly place: number;
  readonly count: number;
  readonly onStep: (by: 1 | -1) => void;
}): ReactNode {
  const { say, digits, word } = useSpeech();
  return (
    <div style={{ display: 'flex', alignItems: 'center' }} title={say(statementLabels.keys)}>
      <IconButton icon="up" label={say(statementLabels.previous)} onPress={() => onStep(-1)} />
      <span className="k-digits" aria-live="polite" style={{ minInlineSize: '5em', textAlign: 'center' }}>
        {place === 0
          ? `${digits(count)} ${say(statementLabels.figures)}`
          : `${digits(place)} ${word('of')} ${digits(count)}`}
      </span>
      <IconButton icon="down" label={say(statementLabels.next)} onPress={() => onStep(1)} />
    </div>
  );
}

// ---- keeping the result

function plainText({ text }: Checked, findings: readonly Finding[], { say, digits }: Speech): string {
  const lines = findings
    .filter((finding) => finding.verdict !== 'not_a_claim')
    .map(
      (finding, place) =>
        `${digits(place + 1)}. ${finding.text} · ${say(verdictWords[finding.verdict])} · ${say(finding.reason)}`,
    );
  return `${text}\n\n${lines.join('\n')}\n`;
}

const addressOf = (records: string | null): string =>
  records === null ? '' : new URL(records, location.origin).href;

function findingsCsv(findings: readonly Finding[], { say }: Speech): string {
  const head = [
    statementLabels.figure,
    statementLabels.verdict,
    statementLabels.indicator,
    evidenceLabels.stated,
    evidenceLabels.actual,
    statementLabels.unit,
    statementLabels.reason,
    evidenceLabels.records,
  ].map(say);
  const rows = findings.map((finding) => [
    finding.text,
    say(verdictWords[finding.verdict]),
    finding.title === null ? '' : say(finding.title),
    finding.stated ?? '',
    finding.actual ?? '',
    finding.unit ?? '',
    say(finding.reason),
    addressOf(finding.records),
  ]);
  return csvText([head, ...rows]);
}

function findingsJson({ text, provinceSlug, published, at, answer }: Checked): string {
  const figures = answer.figures.map((figure) => ({ ...figure, records: addressOf(figure.records) || null }));
  const order = {
    text,
    province: provinceSlug,
    published: published === '' ? null : published,
    checkedAt: at,
  };
  return `${JSON.stringify({ ...order, figures }, null, 2)}\n`;
}

/** Where the page is not served safely the browser has no clipboard: false says so. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function ExportMenu({
  checked,
  findings,
}: {
  readonly checked: Checked;
  readonly findings: readonly Finding[];
}): ReactNode {
  const speech = useSpeech();
  const { say } = speech;
  const [told, setTold] = useState<'copied' | 'notCopied' | null>(null);
  const name = `statement-${checked.provinceSlug}`;
  const deeds: Readonly<Record<string, () => void>> = {
    copy: () =>
      void copied(plainText(checked, findings, speech)).then((done) =>
        setTold(done ? 'copied' : 'notCopied'),
      ),
    saveCsv: () => saveText(`${name}.csv`, findingsCsv(findings, speech)),
    saveJson: () => saveText(`${name}.json`, findingsJson(checked)),
  };
  return (
    <>
      <MenuTrigger>
        <AriaButton className="k-button is-plain">
          <Icon name="download" />
          <span>{say(statementLabels.export)}</span>
        </AriaButton>
        <Popover className="k-popover" placement="bottom end">
          <Menu
            className="k-list"
            aria-label={say(statementLabels.export)}
            onAction={(key) => deeds[String(key)]?.()}
          >
            {(['copy', 'saveCsv', 'saveJson'] as const).map((key) => (
              <MenuItem key={key} id={key} className="s-menu-item">
                {say(statementLabels[key])}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <span role="status" className="k-hint" style={{ alignSelf: 'center' }}>
        {told === null ? null : say(statementLabels[told])}
      </span>
    </>
  );
}

// ---- the page

const typing = 'input, textarea, select, [role="menu"], [role="listbox"], [role="dialog"]';

/** The arrows along the line of reading step from figure to figure; Esc lets go. */
function useKeys(step: (by: 1 | -1) => void, close: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const busy = event.target instanceof Element && event.target.closest(typing) !== null;
      if (busy || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const ahead = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
      if (event.key === 'Escape') close();
      else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        event.preventDefault();
        step(event.key === ahead ? 1 : -1);
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}

/** The marked statement: its figures by verdict, the reasons in the margin, the records of the chosen one. */
export function CheckedStatement({
  checked,
  onEdit,
}: {
  readonly checked: Checked;
  readonly onEdit: () => void;
}): ReactNode {
  const { say, language } = useSpeech();
  const [only, setOnly] = useState<Verdict | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const findings = useMemo(
    () => checked.answer.figures.map((figure, place) => ({ ...figure, id: String(place) })),
    [checked],
  );
  const shown = useMemo(
    () => findings.filter((finding) => only === null || finding.verdict === only),
    [findings, only],
  );
  const marks = useMemo(
    () => shown.map((finding) => markOf(finding, { say, isChosen: finding.id === chosen })),
    [shown, chosen, say],
  );
  const place = shown.findIndex((finding) => finding.id === chosen);
  const step = (by: 1 | -1): void => {
    const from = place === -1 && by === -1 ? 0 : place;
    const next = shown[(from + by + shown.length) % shown.length];
    if (next === undefined) return;
    setChosen(next.id);
    document.querySelector<HTMLElement>(`[data-mark="${next.id}"]`)?.focus();
  };
  useKeys(step, () => setChosen(null));
  const title = titleOf(checked.text);
  const { provinceName, published } = checked;
  return (
    <>
      <PageHead
        title={title ?? say(evidenceLabels.check)}
        path={[{ label: say(evidenceLabels.evidence) }, { label: say(evidenceLabels.check) }]}
        actions={
          <>
            <ExportMenu checked={checked} findings={findings} />
            <Button icon="print" onPress={() => window.print()}>
              {say(statementLabels.print)}
            </Button>
            <Button kind="primary" icon="edit" onPress={onEdit}>
              {say(statementLabels.edit)}
            </Button>
          </>
        }
      >
        {say(evidenceLabels.province)} {provinceName} · {say(statementLabels.publishedOn)}:{' '}
        {published === '' ? say(statementLabels.undated) : dayText(published, language)} ·{' '}
        {say(statementLabels.recordsUntil)} {instantText(checked.at, language)}
      </PageHead>
      {findings.length === 0 ? (
        <Empty title={say(statementLabels.noFigures)}>{say(statementLabels.noFiguresHelp)}</Empty>
      ) : (
        <>
          <div
            className="no-print"
            style={{
              position: 'sticky',
              insetBlockStart: 'var(--bar)',
              zIndex: 3,
              display: 'flex',
              flexWrap: 'wrap',
              justifyContent: 'space-between',
              gap: '0 var(--s6)',
              marginBlockEnd: 'var(--s4)',
              background: 'var(--paper)',
              borderBlockEnd: 'var(--hair) solid var(--line)',
            }}
          >
            <VerdictFilter
              findings={findings}
              only={only}
              onChoose={(verdict) => {
                setOnly(verdict);
                setChosen(null);
              }}
            />
            <Steps place={place + 1} count={shown.length} onStep={step} />
          </div>
          <div className="only-print">
            <VerdictCount marks={marks} />
          </div>
        </>
      )}
      <MarkedStatement
        text={checked.text}
        marks={marks}
        chosen={chosen}
        onChoose={(id) => setChosen((now) => (now === id ? null : id))}
      />
    </>
  );
}
