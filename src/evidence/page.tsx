import { useEffect, useState, type ReactNode } from 'react';
import type { Province } from '#place/contract.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { useSession } from '#web/session.tsx';
import type { SampleStatements } from './contract.ts';
import { IndicatorPage } from './indicator/page.tsx';
import { ComposerPage } from './composition/page.tsx';
import { compositionLabels } from './composition/words.ts';
import { PublicationPage, PublicationsPage } from './publication/page.tsx';
import { publicationLabels } from './publication/words.ts';
import { BriefingPage } from './briefing/page.tsx';
import { mayOrder } from './delivery/contract.ts';
import { DeliveredPage, Scheduled } from './delivery/page.tsx';
import { deliveryLabels } from './delivery/words.ts';
import { briefingLabels } from './briefing/words.ts';
import { ReportPage, useReader } from './report/page.tsx';
import { reportLabels } from './report/words.ts';
import { CheckedStatement, type Checked, type CheckedFigures } from './statement/page.tsx';
import { statementLabels } from './statement/words.ts';
import { VerdictLegend } from './verdict/page.tsx';
import { evidenceLabels } from './words.ts';

// ---- what was typed stays in this tab until it is closed

type Draft = { readonly text: string; readonly published: string; readonly province: string | null };

const emptyDraft: Draft = { text: '', published: '', province: null };

/** Another person at the same desk finds an empty form: the draft bears its writer's name. */
function keptDraft(writer: string): Draft {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(`karsaz.statement.${writer}`) ?? 'null');
    if (typeof found !== 'object' || found === null) return emptyDraft;
    const of = (name: string): string => {
      const value: unknown = Reflect.get(found, name);
      return typeof value === 'string' ? value : '';
    };
    return { text: of('text'), published: of('published'), province: of('province') || null };
  } catch {
    return emptyDraft;
  }
}

function keepDraft(writer: string, draft: Draft): void {
  try {
    sessionStorage.setItem(`karsaz.statement.${writer}`, JSON.stringify(draft));
  } catch {
    // Storage is full or forbidden: the text holds until the page is closed.
  }
}

// ---- the form

type FormProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** The province of the role, or null for those who read all provinces. */
  readonly own: Province | null;
  readonly provinces: readonly Province[] | undefined;
  readonly onChecked: (answer: CheckedFigures) => void;
};

/** Which of the two things a check needs is missing; told at the field, not by a grey button. */
type Missing = { readonly text: boolean; readonly province: boolean };

function StatementForm({ draft, onChange, own, provinces, onChecked }: FormProps): ReactNode {
  const { say, language } = useSpeech();
  const slug = own?.slug ?? draft.province;
  const [missing, setMissing] = useState<Missing>({ text: false, province: false });
  const check = useCommand<{ text: string; published: string | null }, CheckedFigures>({
    path: `/api/provinces/${slug ?? ''}/statement-check`,
    onDone: onChecked,
  });
  const run = (): void => {
    const now = { text: draft.text.trim() === '', province: slug === null };
    setMissing(now);
    if (now.text || now.province) return;
    check.mutate({ text: draft.text, published: draft.published === '' ? null : draft.published });
  };
  const change = (part: Partial<Draft>): void => {
    setMissing({ text: false, province: false });
    onChange({ ...draft, ...part });
  };
  const textError = missing.text ? say(statementLabels.noText) : fieldError(check.error, 'text', say);
  const dayError = fieldError(check.error, 'published', say);
  return (
    <form
      className="k-stack"
      style={{ justifyItems: 'stretch', gap: 'var(--s5)' }}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <TextField
        label={say(statementLabels.text)}
        name="text"
        hint={say(statementLabels.textHint)}
        error={textError}
        required
        rows={14}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
      <Samples own={own} provinces={provinces} onChoose={(sample) => change({ ...sample, published: '' })} />
      <div className="k-form">
        {own === null ? (
          <ComboBox
            label={say(evidenceLabels.province)}
            name="province"
            required
            error={missing.province ? say(statementLabels.noProvince) : null}
            value={draft.province}
            onChange={(province) => change({ province })}
            choices={(provinces ?? []).map((one) => ({
              key: one.slug,
              label: language === 'fa' ? one.nameFa : one.nameEn,
            }))}
          />
        ) : null}
        <DayField
          label={say(statementLabels.published)}
          name="published"
          hint={say(statementLabels.publishedHint)}
          error={dayError}
          value={draft.published}
          onChange={(published) => change({ published })}
        />
      </div>
      {textError === null && dayError === null ? <ProblemNotice error={check.error} onRetry={run} /> : null}
      <div className="k-row" style={{ alignItems: 'center' }}>
        <Button kind="primary" icon="check" type="submit" busy={check.isPending}>
          {say(statementLabels.run)}
        </Button>
        {draft.text === '' ? null : (
          <Button kind="quiet" onPress={() => change({ text: '' })}>
            {say(statementLabels.clear)}
          </Button>
        )}
        <span role="status" className="k-hint">
          {check.isPending ? say(statementLabels.running) : null}
        </span>
      </div>
    </form>
  );
}

/** Texts to try it on; only where the installation is a demonstration. */
function Samples({
  own,
  provinces,
  onChoose,
}: {
  readonly own: Province | null;
  readonly provinces: readonly Province[] | undefined;
  readonly onChoose: (sample: { readonly text: string; readonly province: string }) => void;
}): ReactNode {
  const { say } = useSpeech();
  const { demonstration } = useSession();
  const { data } = useAnswer<SampleStatements>(demonstration ? '/api/sample-statements' : null);
  const samples = (data?.statements ?? []).filter(({ province }) => own === null || own.slug === province);
  if (samples.length === 0) return null;
  return (
    <div className="k-row" style={{ alignItems: 'center', marginBlockStart: 'calc(-1 * var(--s3))' }}>
      <span className="k-hint">{say(statementLabels.samples)}</span>
      {samples.map((sample) => {
        const found = provinces?.find(({ slug }) => slug === sample.province);
        return (
          <Button key={sample.province} kind="quiet" icon="document" onPress={() => onChoose(sample)}>
            {found === undefined ? '…' : say({ fa: found.nameFa, en: found.nameEn })}
          </Button>
        );
      })}
    </div>
  );
}

// ---- the page

function CheckPage(): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const writer = user?.name ?? '';
  const [draft, setDraft] = useState<Draft>(() => keptDraft(writer));
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => keepDraft(writer, draft), [writer, draft]);
  const { own = null, provinces } = useReader() ?? {};
  const took = (answer: CheckedFigures): void => {
    const province = own ?? provinces?.find(({ slug }) => slug === draft.province);
    setChecked({
      text: draft.text,
      published: draft.published,
      provinceSlug: province?.slug ?? '',
      provinceName: province === undefined ? '' : say({ fa: province.nameFa, en: province.nameEn }),
      at: new Date().toISOString(),
      answer,
    });
    window.scrollTo({ top: 0 });
  };
  if (checked !== null) return <CheckedStatement checked={checked} onEdit={() => setChecked(null)} />;
  return (
    <>
      <PageHead
        title={say(evidenceLabels.check)}
        path={[{ label: say(evidenceLabels.evidence) }]}
        actions={
          <>
            <LinkButton href="/evidence/composer" icon="edit">
              {say(compositionLabels.composer)}
            </LinkButton>
            <LinkButton href="/evidence/publications" icon="chain">
              {say(publicationLabels.figures)}
            </LinkButton>
          </>
        }
      >
        {say(statementLabels.help)}
      </PageHead>
      <div className="k-columns">
        <div>
          <StatementForm draft={draft} onChange={setDraft} own={own} provinces={provinces} onChecked={took} />
        </div>
        <VerdictLegend />
      </div>
    </>
  );
}

const scheduledBelow = (place: Parameters<typeof Scheduled>[0]): ReactNode => <Scheduled {...place} />;

/** The report of a place, and what comes of it by itself. */
function ScheduledReportPage(): ReactNode {
  const role = useSession().user?.role ?? null;
  const orders = role !== null && mayOrder.includes(role);
  return <ReportPage {...(orders ? { below: scheduledBelow } : {})} />;
}

export const pages: readonly Page[] = [
  {
    path: '/evidence',
    title: evidenceLabels.check,
    nav: { label: evidenceLabels.evidence, order: 80, icon: 'evidence' },
    roles: ['director', 'deputy', 'county_office', 'agency', 'bank', 'auditor', 'editor', 'ministry'],
    component: CheckPage,
  },
  {
    path: '/evidence/composer',
    title: compositionLabels.composer,
    component: ComposerPage,
  },
  {
    path: '/evidence/report',
    title: reportLabels.reports,
    nav: { label: reportLabels.reports, order: 81, icon: 'document' },
    roles: ['director', 'deputy', 'county_office', 'auditor', 'ministry'],
    component: ScheduledReportPage,
  },
  {
    path: '/evidence/report/$province/$subscription/$due',
    title: deliveryLabels.given,
    roles: mayOrder,
    component: DeliveredPage,
  },
  {
    path: '/evidence/briefing',
    title: briefingLabels.briefing,
    nav: { label: briefingLabels.briefing, order: 82, icon: 'document' },
    roles: ['director', 'deputy', 'county_office', 'auditor', 'editor', 'ministry'],
    component: BriefingPage,
  },
  {
    path: '/evidence/publications',
    title: publicationLabels.figures,
    component: PublicationsPage,
  },
  {
    path: '/evidence/publications/$publication',
    title: publicationLabels.figure,
    component: PublicationPage,
  },
  {
    path: '/evidence/records/$indicator',
    title: evidenceLabels.records,
    component: IndicatorPage,
  },
];
