import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { callFile } from '#web/api.ts';
import { useCommand } from '#web/command.tsx';
import { csvText } from '#web/csv.ts';
import { dayText, instantText } from '#web/format.ts';
import { Button, IconButton } from '#web/kit/button.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { MarkedStatement, VerdictCount, type StatementMark } from '#web/pictures/marked-statement.tsx';
import { useSave } from '#web/save.tsx';
import type { FindingAnswer, Verdict } from '../contract.ts';
import { FirstRecords, deskHref } from '../records/page.tsx';
import type { ReviewAnswer } from '../review/contract.ts';
import { NewestReview, ReviewButtons, Reviews, useMayReview, type Reviewed } from '../review/page.tsx';
import { reviewLabels } from '../review/words.ts';
import { Reason, VerdictFilter } from '../verdict/page.tsx';
import { evidenceLabels, verdictWords } from '../words.ts';
import { statementLabels, unitLabels } from './words.ts';

/** A statement that was checked: what was asked, when, and what came back. */
export type Checked = {
  readonly text: string;
  readonly provinceSlug: string;
  readonly provinceName: string;
  /** ISO, or '' for an undated text. */
  readonly published: string;
  /** ISO instant. */
  readonly at: string;
  readonly answer: CheckedFigures;
};

/** What was composed just now comes without what persons decided. */
export type CheckedFigures = {
  readonly figures: readonly (FindingAnswer & { readonly reviews?: readonly ReviewAnswer[] })[];
};

type Finding = CheckedFigures['figures'][number] & { readonly id: string };

/** A title worth the head of the page: a short first line with a text below it. */
function titleOf(text: string): string | null {
  const [first = '', ...rest] = text.trim().split('\n');
  return first.length > 0 && first.length <= 90 && rest.some((line) => line.trim() !== '')
    ? first.trim()
    : null;
}

// ---- what stands in a note

type Marking = {
  readonly say: Speech['say'];
  readonly isChosen: boolean;
  /** What a person may decide on, or null where the reader may not. */
  readonly reviewed: Reviewed | null;
  readonly onReviewed: () => void;
};

function markOf(finding: Finding, { say, isChosen, reviewed, onReviewed }: Marking): StatementMark {
  const { id, start, end, verdict, records, reviews = [] } = finding;
  const growth =
    finding.unit === 'percent' && finding.indicator !== null && !finding.indicator.endsWith('_percent');
  const more = (
    <div className="k-stack" style={{ inlineSize: '100%' }}>
      {growth && records !== null ? <p>{say(statementLabels.growth)}</p> : null}
      {records === null ? null : <FirstRecords address={records} />}
      <Reviews reviews={reviews} />
      {reviewed === null ? null : <ReviewButtons finding={finding} reviewed={reviewed} onDone={onReviewed} />}
    </div>
  );
  return {
    id,
    start,
    end,
    verdict,
    heading: finding.title === null ? finding.text : say(finding.title),
    reason: (
      <>
        <Reason finding={finding} />
        {isChosen ? null : <NewestReview reviews={reviews} />}
      </>
    ),
    ...(records === null
      ? {}
      : { records: [{ href: deskHref(records), label: say(statementLabels.seeRecords) }] }),
    ...(isChosen ? { actions: more } : {}),
  };
}

// ---- the bar above the text

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
  const [hasKeys] = useState(() => matchMedia('(hover: hover)').matches);
  // What is brought into sight must not come to lie under this bar.
  useEffect(() => {
    document.documentElement.style.scrollPaddingBlockEnd = 'calc(var(--touch) + var(--s4))';
    return () => {
      document.documentElement.style.removeProperty('scroll-padding-block-end');
    };
  }, []);
  return (
    <div className="no-print" style={stepsRow}>
      <IconButton icon="up" label={say(statementLabels.previous)} onPress={() => onStep(-1)} />
      <span className="k-digits" aria-live="polite" style={{ minInlineSize: '4.5em', textAlign: 'center' }}>
        {place === 0
          ? `${digits(count)} ${say(statementLabels.claims)}`
          : `${digits(place)} ${word('of')} ${digits(count)}`}
      </span>
      <IconButton icon="down" label={say(statementLabels.next)} onPress={() => onStep(1)} />
      {hasKeys ? (
        <span className="k-hint" style={{ marginInlineStart: 'auto' }}>
          {say(statementLabels.keys)}
        </span>
      ) : null}
    </div>
  );
}

const filterRow = {
  marginBlockEnd: 'var(--s4)',
  borderBlockEnd: 'var(--hair) solid var(--line)',
} as const;

/** Stays at the lower edge of the window, in reach of a thumb, as long as the statement is on the screen. */
const stepsRow = {
  position: 'sticky',
  insetBlockEnd: 0,
  zIndex: 3,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  marginBlockStart: 'var(--s6)',
  background: 'var(--paper)',
  borderBlockStart: 'var(--hair) solid var(--line)',
} as const;

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
    finding.unit === null ? '' : say(unitLabels[finding.unit]),
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

const exportLabels = { ...statementLabels, ...reviewLabels };

function ExportMenu({
  checked,
  findings,
}: {
  readonly checked: Checked;
  readonly findings: readonly Finding[];
}): ReactNode {
  const speech = useSpeech();
  const { say, language } = speech;
  const { saveBlob, saveText } = useSave();
  const [told, setTold] = useState<'copied' | 'notCopied' | 'making' | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const savePdf = async (): Promise<void> => {
    setTold('making');
    setFailure(null);
    try {
      const { text, published, provinceSlug } = checked;
      const body = { text, published: published === '' ? null : published };
      const path = `/api/provinces/${provinceSlug}/statement-check/pdf` as const;
      saveBlob(`${name}.pdf`, await callFile(path, { body, language }));
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setTold(null);
    }
  };
  const name = `statement-${checked.provinceSlug}`;
  const deeds: Readonly<Record<string, () => void>> = {
    copy: () =>
      void copied(plainText(checked, findings, speech)).then((done) =>
        setTold(done ? 'copied' : 'notCopied'),
      ),
    savePdf: () => void savePdf(),
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
            {(['savePdf', 'copy', 'saveCsv', 'saveJson'] as const).map((key) => (
              <MenuItem key={key} id={key} className="s-menu-item">
                {say(exportLabels[key])}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <span role="status" className="k-hint" style={{ alignSelf: 'center' }}>
        {told === null ? null : say(exportLabels[told])}
      </span>
      <ProblemNotice error={failure} onRetry={() => void savePdf()} />
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

/** The answer of the check, asked again after each decision: what is shown is what is kept. */
function useRemembered({ text, published, provinceSlug, answer }: Checked) {
  const [later, setLater] = useState<{ readonly of: CheckedFigures; readonly answer: CheckedFigures } | null>(
    null,
  );
  const { mutate } = useCommand<{ text: string; published: string | null }, CheckedFigures>({
    path: `/api/provinces/${provinceSlug}/statement-check`,
    onDone: (fresh) => setLater({ of: answer, answer: fresh }),
  });
  const again = useCallback(
    () => mutate({ text, published: published === '' ? null : published }),
    [mutate, text, published],
  );
  return { answer: later?.of === answer ? later.answer : answer, again };
}

type CheckedHeadProps = {
  readonly checked: Checked;
  readonly findings: readonly Finding[];
  readonly onEdit: (() => void) | null;
};

/** What was checked, against what, and what can be done with it. */
function CheckedHead({ checked, findings, onEdit }: CheckedHeadProps): ReactNode {
  const { say, language } = useSpeech();
  const { text, provinceName, published } = checked;
  const title = titleOf(text);
  const about = (
    <>
      {say({ fa: `${evidenceLabels.province.fa} ${provinceName}`, en: `${provinceName} province` })} ·{' '}
      {say(statementLabels.publishedOn)}:{' '}
      {published === '' ? say(statementLabels.undated) : dayText(published, language)} ·{' '}
      {say(statementLabels.recordsUntil)} {instantText(checked.at, language)}
    </>
  );
  return onEdit === null ? (
    <Section
      title={say(statementLabels.checked)}
      aside={<ExportMenu checked={checked} findings={findings} />}
    >
      {about}
    </Section>
  ) : (
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
      {about}
    </PageHead>
  );
}

/** The marked statement: its figures by verdict, the reasons in the margin, the records of the chosen one. */
export function CheckedStatement({
  checked,
  onEdit,
}: {
  readonly checked: Checked;
  /** Null where the text is edited beside it, so that this is a part of another page. */
  readonly onEdit: (() => void) | null;
}): ReactNode {
  const { say } = useSpeech();
  const [only, setOnly] = useState<Verdict | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const { answer, again } = useRemembered(checked);
  const mayReview = useMayReview();
  const findings = useMemo(
    () => answer.figures.map((figure, place) => ({ ...figure, id: String(place) })),
    [answer],
  );
  const shown = useMemo(
    () => findings.filter((finding) => only === null || finding.verdict === only),
    [findings, only],
  );
  const { text, provinceSlug } = checked;
  const reviewed = useMemo(
    () => (mayReview ? { text, published: checked.published || null, slug: provinceSlug } : null),
    [mayReview, text, checked.published, provinceSlug],
  );
  const marks = useMemo(
    () =>
      shown.map((finding) =>
        markOf(finding, { say, isChosen: finding.id === chosen, reviewed, onReviewed: again }),
      ),
    [shown, chosen, say, reviewed, again],
  );
  // Dates and numbers of laws are stepped over, unless they alone are shown.
  const stops = shown.filter(({ verdict }) => verdict !== 'not_a_claim' || only === 'not_a_claim');
  const place = stops.findIndex((finding) => finding.id === chosen);
  const step = (by: 1 | -1): void => {
    const from = place === -1 && by === -1 ? 0 : place;
    const next = stops[(from + by + stops.length) % stops.length];
    if (next === undefined) return;
    setChosen(next.id);
    document.querySelector<HTMLElement>(`[data-mark="${next.id}"]`)?.focus();
  };
  useKeys(step, () => setChosen(null));
  return (
    <>
      <CheckedHead checked={checked} findings={findings} onEdit={onEdit} />
      {findings.length === 0 ? (
        <div style={{ marginBlockEnd: 'var(--s5)' }}>
          <Empty title={say(statementLabels.noFigures)}>{say(statementLabels.noFiguresHelp)}</Empty>
        </div>
      ) : (
        <>
          <div className="no-print" style={filterRow}>
            <VerdictFilter
              findings={findings}
              only={only}
              onChoose={(verdict) => {
                setOnly(verdict);
                setChosen(null);
              }}
            />
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
      {stops.length === 0 ? null : <Steps place={place + 1} count={stops.length} onStep={step} />}
    </>
  );
}
