import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import { roleWords } from '#access/words.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Province } from '#place/contract.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { dayText, moneyText, pointsOf, rialsOf } from '#web/format.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Figure } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import { useSession } from '#web/session.tsx';
import type { RecordsPage } from '../contract.ts';
import { capital } from '../records/page.tsx';
import { evidenceLabels } from '../words.ts';
import { type DoubtAnswer, type PublicationAnswer, figurePath } from './contract.ts';
import { ofWhat, publicationLabels, stateReasons, stateTones, stateWords } from './words.ts';

const publishers = new Set(['director', 'deputy', 'editor']);

const useMayPublish = (): boolean => publishers.has(useSession().user?.role ?? '');

const comma: Bilingual = { fa: '،', en: ',' };

function Value({
  unit,
  value,
}: {
  readonly unit: PublicationAnswer['unit'];
  readonly value: string;
}): ReactNode {
  if (unit === 'rial') return <Money rials={value} />;
  if (unit === 'percent') return <Percent points={value} />;
  return <Digits value={BigInt(value)} />;
}

/** Freezes the figure that the page of records shows; nothing is sent before the dialog's own button. */
export function PublishButton({
  page,
  asked,
}: {
  readonly page: RecordsPage;
  readonly asked: URLSearchParams;
}): ReactNode {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const [sentence, setSentence] = useState('');
  const [id] = useState(newKey);
  const publish = useCommand<Record<string, unknown>, { id: string; address: string }>({
    path: `/api/provinces/${asked.get('province') ?? ''}/publications`,
    changes: ['/api/provinces'],
  });
  if (!useMayPublish()) return null;
  const { province: _, year, ...query } = Object.fromEntries(asked);
  const run = (): void =>
    publish.mutate({
      ...query,
      ...(year === undefined ? {} : { year: Number.parseInt(year, 10) }),
      id,
      indicator: page.indicator,
      sentence: sentence.trim() === '' ? null : sentence.trim(),
    });
  return (
    <>
      <Button kind="primary" icon="chain" onPress={() => setOpen(true)}>
        {say(publicationLabels.publish)}
      </Button>
      <Dialog
        title={say(publicationLabels.publish)}
        open={open}
        onClose={() => setOpen(false)}
        foot={
          publish.data === undefined ? (
            <Button kind="primary" icon="chain" busy={publish.isPending} onPress={run}>
              {say(publicationLabels.publish)}
            </Button>
          ) : (
            <LinkButton kind="primary" icon="chain" href={`/evidence/publications/${publish.data.id}`}>
              {say(publicationLabels.figure)}
            </LinkButton>
          )
        }
      >
        {publish.data === undefined ? (
          <>
            <p>{say(publicationLabels.publishHelp)}</p>
            <TextField
              label={say(publicationLabels.sentence)}
              name="sentence"
              rows={3}
              maxLength={500}
              value={sentence}
              error={fieldError(publish.error, 'sentence', say)}
              onChange={setSentence}
            />
            <ProblemNotice error={publish.error} onRetry={run} />
          </>
        ) : (
          <Notice tone="green" title={say(publicationLabels.published)}>
            <Bidi code>{publish.data.address}</Bidi>
          </Notice>
        )}
      </Dialog>
    </>
  );
}

function State({ publication }: { readonly publication: PublicationAnswer }): ReactNode {
  const { say } = useSpeech();
  return <Sign tone={stateTones[publication.state]}>{say(stateWords[publication.state])}</Sign>;
}

const waiting = ({ doubts }: PublicationAnswer): number =>
  doubts.filter(({ answer }) => answer === null).length;

/** Figures with a permanent address, and what has become of each. */
export function PublicationsPage(): ReactNode {
  const { say, language } = useSpeech();
  const session = useAnswer<SessionAnswer>('/api/session').data;
  const provinces = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces;
  const [chosen, setChosen] = useState<string | null>(null);
  const own = session?.grants.find((one) => one.grantId === session.grantId)?.provinceSlug ?? null;
  const slug = own ?? chosen;
  const pages = usePages<PublicationAnswer>(slug === null ? null : `/api/provinces/${slug}/publications`);
  const label = publicationLabels;
  return (
    <>
      <PageHead
        title={say(label.figures)}
        path={[{ label: say(evidenceLabels.evidence), href: '/evidence' }]}
      >
        {say(label.figuresHelp)}
      </PageHead>
      {own === null && session !== undefined ? (
        <ComboBox
          label={say(evidenceLabels.province)}
          name="province"
          value={chosen}
          onChange={setChosen}
          choices={(provinces ?? []).map((one) => ({
            key: one.slug,
            label: language === 'fa' ? one.nameFa : one.nameEn,
          }))}
        />
      ) : null}
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      {slug === null ? null : (
        <DataTable
          caption={say(label.figures)}
          csvName="publications"
          rows={pages.rows}
          pages={pages}
          rowKey={(row) => row.id}
          rowHref={(row) => `/evidence/publications/${row.id}`}
          empty={{ title: say(label.none), body: say(label.noneHelp) }}
          columns={[
            {
              key: 'figure',
              title: say(label.figure),
              render: (row) => `${capital(say(row.title))}${say(comma)} ${say(row.place)}`,
              sortBy: (row) => say(row.title),
              csv: (row) => `${row.indicator} ${row.province}`,
            },
            {
              key: 'period',
              title: say(label.period),
              render: (row) => ofWhat(row, { language, dayText }),
              csv: (row) => ofWhat(row, { language, dayText }),
            },
            {
              key: 'value',
              title: say(label.value),
              align: 'figure',
              render: (row) => <Value unit={row.unit} value={row.value} />,
              csv: (row) => row.value,
            },
            {
              key: 'state',
              title: say(label.state),
              render: (row) => <State publication={row} />,
              sortBy: (row) => row.state,
              csv: (row) => row.state,
            },
            {
              key: 'doubts',
              title: say(label.doubts),
              align: 'figure',
              render: (row) => <Digits value={waiting(row)} />,
              sortBy: waiting,
              csv: (row) => String(waiting(row)),
            },
            {
              key: 'published',
              title: say(label.publishedAt),
              render: (row) => <InstantText iso={row.publishedAt} />,
              sortBy: (row) => row.publishedAt,
              csv: (row) => row.publishedAt,
            },
          ]}
        />
      )}
    </>
  );
}

/** «۹۷٫۴ میلیارد تومان …» with its address, for a message or a news text. */
function CopyButton({ publication }: { readonly publication: PublicationAnswer }): ReactNode {
  const { say, language, digits } = useSpeech();
  const [copied, setCopied] = useState(false);
  const { unit, value, title, place, id } = publication;
  const shown =
    unit === 'rial'
      ? moneyText(rialsOf(value), language)
      : unit === 'percent'
        ? pointsOf(value, language)
        : digits(value);
  const text = `${capital(say(title))}${say(comma)} ${say(place)}${say(comma)} ${ofWhat(publication, { language, dayText })}: ${shown} ${window.location.origin}${figurePath(id)}`;
  return (
    <Button
      icon="document"
      onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {say(copied ? publicationLabels.copied : publicationLabels.copy)}
    </Button>
  );
}

type OneText = {
  readonly path: `/api/${string}`;
  readonly label: Bilingual;
  readonly verb: Bilingual;
  readonly name: string;
};

/** A text and the button that says it in the open; `body` makes of it what the route takes. */
function Saying({
  path,
  label,
  verb,
  name,
  bodyOf,
}: OneText & { readonly bodyOf: (text: string, id: string) => Record<string, unknown> }): ReactNode {
  const { say } = useSpeech();
  const [text, setText] = useState('');
  const [id] = useState(newKey);
  const tell = useCommand<Record<string, unknown>>({
    path,
    changes: ['/api/publications'],
    onDone: () => setText(''),
  });
  const error = fieldError(tell.error, name, say);
  return (
    <form
      className="k-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        tell.mutate(bodyOf(text, id));
      }}
    >
      <TextField
        label={say(label)}
        name={name}
        required
        rows={3}
        maxLength={1000}
        value={text}
        error={error}
        onChange={setText}
      />
      {error === null ? <ProblemNotice error={tell.error} /> : null}
      <Button type="submit" icon="send" busy={tell.isPending}>
        {say(verb)}
      </Button>
    </form>
  );
}

function Doubt({
  doubt,
  base,
  may,
}: {
  readonly doubt: DoubtAnswer;
  readonly base: `/api/${string}`;
  readonly may: boolean;
}): ReactNode {
  const { say, language } = useSpeech();
  const label = publicationLabels;
  return (
    <li className="k-stack">
      <p dir="auto">{doubt.claim ?? say(label.waiting)}</p>
      {doubt.hints.length === 0 ? null : (
        <div className="k-hint">
          {say(label.hints)}
          <ul>
            {doubt.hints.map((hint) => (
              <li key={hint.fa}>{say(hint)}</li>
            ))}
          </ul>
        </div>
      )}
      <p className="k-hint">
        {say(label.raised)} <InstantText iso={doubt.raisedAt} />
        {doubt.answer === null ? (
          <>
            {language === 'fa' ? '؛ ' : '; '}
            {say(label.due)} <DayText iso={doubt.dueOn} />
          </>
        ) : null}
      </p>
      {doubt.answer === null ? (
        may ? (
          <Saying
            path={`${base}/doubts/${doubt.id}/answer`}
            label={label.answer}
            verb={label.answerIt}
            name="answer"
            bodyOf={(answer) => ({ answer })}
          />
        ) : null
      ) : (
        <Notice tone="green" title={say(label.answer)}>
          {doubt.answer}
        </Notice>
      )}
    </li>
  );
}

/** A published figure on the desk: what has become of it, its errata, and doubts to be answered. */
export function PublicationPage(): ReactNode {
  const { say, digits, language } = useSpeech();
  const { publication: id = '' }: { publication?: string } = useParams({ strict: false });
  const { data, error, refetch } = useAnswer<PublicationAnswer>(`/api/publications/${id}`);
  const may = useMayPublish();
  const label = publicationLabels;
  const crumbs = [
    { label: say(evidenceLabels.evidence), href: '/evidence' },
    { label: say(label.figures), href: '/evidence/publications' },
  ];
  if (data === undefined)
    return (
      <>
        <PageHead title={say(label.figure)} path={crumbs} />
        {error === null ? (
          <Skeleton rows={8} />
        ) : (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        )}
      </>
    );
  const base = `/api/provinces/${data.province}/publications/${data.id}` as const;
  const role: Readonly<Record<string, Bilingual>> = roleWords;
  return (
    <>
      <PageHead
        title={`${capital(say(data.title))}${say(comma)} ${say(data.place)}`}
        path={crumbs}
        actions={
          <>
            <CopyButton publication={data} />
            <a className="k-button is-plain" href={figurePath(data.id)} target="_blank" rel="noreferrer">
              {say(label.open)}
            </a>
          </>
        }
      >
        {capital(say(data.definition))}.
      </PageHead>
      <Notice tone={stateTones[data.state]} title={say(stateWords[data.state])}>
        {say(stateReasons[data.state])}
      </Notice>
      <div className="k-columns">
        <div>
          <Figure label={say(label.value)} value={<Value unit={data.unit} value={data.value} />} />
          {data.state === 'stands' ? null : (
            <Figure
              label={say(label.valueNow)}
              value={<Value unit={data.unit} value={data.valueNow} />}
              detail={`${say(label.since)}: ${digits(data.recordedSince)}${say(comma)} ${say(label.takenBack)} ${digits(data.takenBack)}`}
            />
          )}
        </div>
        <Facts
          facts={[
            { label: say(label.period), value: ofWhat(data, { language, dayText }) },
            { label: say(label.records), value: <Digits value={data.records} /> },
            { label: say(label.asOf), value: <InstantText iso={data.asOf} /> },
            { label: say(label.publishedAt), value: <InstantText iso={data.publishedAt} /> },
            { label: say(label.by), value: say(role[data.publishedRole] ?? label.by) },
            { label: say(label.version), value: <Digits value={data.definitionVersion} /> },
            { label: say(label.address), value: <Bidi code>{figurePath(data.id)}</Bidi> },
          ]}
        />
      </div>
      <Section title={say(label.errata)}>
        <ul className="k-stack">
          {data.errata.map((one) => (
            <li key={one.issuedAt}>
              <InstantText iso={one.issuedAt} />: <Value unit={data.unit} value={one.value} />. {one.note}
            </li>
          ))}
        </ul>
        {data.errata.length === 0 ? <p className="k-hint">{say(label.noErrata)}</p> : null}
        {may && data.state !== 'stands' ? (
          <Saying
            path={`${base}/errata`}
            label={label.note}
            verb={label.erratum}
            name="note"
            bodyOf={(note, erratumId) => ({ id: erratumId, note })}
          />
        ) : null}
      </Section>
      <Section title={say(label.doubts)}>
        <ul className="k-stack">
          {data.doubts.map((one) => (
            <Doubt key={one.id} doubt={one} base={base} may={may} />
          ))}
        </ul>
        {data.doubts.length === 0 ? <p className="k-hint">{say(label.noDoubts)}</p> : null}
      </Section>
    </>
  );
}
