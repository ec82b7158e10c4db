import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import type { PublicationList } from '#evidence/publication/contract.ts';
import type { Province } from '#place/contract.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import { MarkedStatement } from '#web/pictures/marked-statement.tsx';
import { useSession } from '#web/session.tsx';
import { UnsavedText, useEdited } from '#web/unsaved.tsx';
import { newsroom } from '../contract.ts';
import { ImagesPart } from '../image/page.tsx';
import {
  type CheckedText,
  type ItemAct,
  type ItemAnswer,
  type ItemCheckAnswer,
  type ItemCheckOrder,
  type ItemState,
  categories,
  itemPath,
} from './contract.ts';
import { plainText } from './markup.ts';
import { type Draft, orNull, tagsOf, textOf } from './rules.ts';
import { categoryWords, deskLabels as label, itemActWords, itemLabels, itemStateWords } from './words.ts';

export const useMayEdit = (): boolean => {
  const { user } = useSession();
  return newsroom.some((role) => role === user?.role);
};

/** The province of the role, or the one that is chosen by who reads all. */
export function useChosenProvince() {
  const session = useAnswer<SessionAnswer>('/api/session').data;
  const provinces = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces;
  const [chosen, setChosen] = useState<string | null>(null);
  const { language, say } = useSpeech();
  const own = session?.grants.find((one) => one.grantId === session.grantId)?.provinceSlug ?? null;
  const choice =
    own === null && session !== undefined ? (
      <ComboBox
        label={say(label.province)}
        name="province"
        value={chosen}
        onChange={setChosen}
        choices={(provinces ?? []).map((one) => ({
          key: one.slug,
          label: language === 'fa' ? one.nameFa : one.nameEn,
        }))}
      />
    ) : null;
  return { slug: own ?? chosen, choice };
}

export const toneOf = (state: ItemState) =>
  state === 'published' || state === 'corrected'
    ? 'green'
    : state === 'archived' || state === 'withdrawn'
      ? 'quiet'
      : 'amber';

// ---- one item

const draftOf = (item: ItemAnswer | null): Draft => ({
  category: item?.category ?? 'announcement',
  datedOn: item?.datedOn ?? todayIso(),
  tags: item?.tags.join('، ') ?? '',
  titleFa: item?.titleFa ?? '',
  summaryFa: item?.summaryFa ?? '',
  bodyFa: item?.bodyFa ?? '',
  titleEn: item?.titleEn ?? '',
  summaryEn: item?.summaryEn ?? '',
  bodyEn: item?.bodyEn ?? '',
});

function CheckedPart({ text, figures }: CheckedText): ReactNode {
  const { say } = useSpeech();
  return (
    <MarkedStatement
      text={text}
      marks={figures.map((one) => ({
        id: `${one.start}`,
        start: one.start,
        end: one.end,
        verdict: one.verdict,
        heading: one.title === null ? one.text : say(one.title),
        reason: say(one.why),
      }))}
    />
  );
}

/** Everything that will be printed as its publication checks it, a moment after the last key. */
function CheckPart({
  slug,
  draft,
  erratum,
  item,
}: {
  readonly slug: string;
  readonly draft: Draft;
  readonly erratum: string;
  readonly item: string | null;
}): ReactNode {
  const { say } = useSpeech();
  const [checked, setChecked] = useState<ItemCheckAnswer | null>(null);
  const { mutate, error } = useCommand<ItemCheckOrder, ItemCheckAnswer>({
    path: `/api/provinces/${slug}/news/check`,
    onDone: setChecked,
  });
  const { category: _, tags, datedOn, ...texts } = draft;
  const order = JSON.stringify({ ...texts, tags: tagsOf(tags), datedOn: orNull(datedOn), erratum, item });
  useEffect(() => {
    const asked: ItemCheckOrder = JSON.parse(order);
    if ([asked.titleFa, asked.summaryFa, asked.bodyFa].join('').trim() === '') return undefined;
    const timer = setTimeout(() => mutate(asked), 800);
    return () => clearTimeout(timer);
  }, [order, mutate]);
  return (
    <Section title={say(label.check)}>
      <p className="k-hint">{say(label.checkHelp)}</p>
      <ProblemNotice error={error} />
      {checked === null ? null : checked.persian.figures.length === 0 ? (
        <p>{say(label.checkNone)}</p>
      ) : (
        <CheckedPart {...checked.persian} />
      )}
      {checked === null || checked.english === null ? null : (
        <>
          <p className="k-hint">{say(label.checkEnglish)}</p>
          {checked.english.figures.length === 0 ? (
            <p>{say(label.checkEnglishNone)}</p>
          ) : (
            <CheckedPart {...checked.english} />
          )}
        </>
      )}
    </Section>
  );
}

/** Published figures of the province; one that is chosen is put at the end of the text as a link. */
function FigureChoice({
  slug,
  onInsert,
}: {
  readonly slug: string;
  readonly onInsert: (link: string) => void;
}): ReactNode {
  const { say } = useSpeech();
  const figures =
    useAnswer<PublicationList>(`/api/provinces/${slug}/publications?limit=100`).data?.items ?? [];
  return (
    <Select
      label={say(label.insert)}
      name="figure"
      value={null}
      onChange={(id) => {
        const figure = figures.find((one) => one.id === id);
        if (figure !== undefined) onInsert(`[${figure.title.fa}](f/${figure.id})`);
      }}
      choices={figures.map((one) => ({ key: one.id, label: say(one.title), detail: say(one.place) }))}
    />
  );
}

const typed = (draft: Draft, erratum: string): string => JSON.stringify([draft, erratum]);

type EditorProps = {
  readonly slug: string;
  readonly item: ItemAnswer | null;
  readonly onEdited: (edited: boolean) => void;
};

function Editor({ slug, item, onEdited }: EditorProps): ReactNode {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => draftOf(item));
  const [erratum, setErratum] = useState(item?.erratum ?? '');
  const [id, setId] = useState(newKey);
  const { edited, sends, keeps } = useEdited(typed(draft, erratum), onEdited);
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const isPublic = item !== null && item.publicNumber !== null;
  const base: Path = `/api/provinces/${slug}/news`;
  const save = useCommand<object, { readonly id: string }>({
    path: item === null ? base : `${base}/${item.id}/texts`,
    changes: [base],
    onDone: (done) => {
      setId(newKey());
      keeps();
      if (item === null) void navigate({ to: `/news/${slug}/${done.id}`, ignoreBlocker: true });
    },
  });
  const run = (): void => {
    sends();
    save.mutate({
      ...textOf(draft),
      id,
      ...(item === null ? {} : { seenVersion: item.version, erratum: isPublic ? orNull(erratum) : null }),
    });
  };
  const field = (
    name: keyof Draft,
    title: string,
    more: { rows?: number; maxLength: number; hint?: string },
  ) => (
    <TextField
      label={title}
      name={name}
      required={name === 'titleFa' || name === 'summaryFa' || name === 'bodyFa'}
      error={fieldError(save.error, name, say)}
      value={draft[name]}
      onChange={(value) => change({ [name]: value })}
      {...more}
    />
  );
  return (
    <form
      className="k-stack"
      style={{ justifyItems: 'stretch' }}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      {field('titleFa', say(label.title), { maxLength: 200 })}
      {field('summaryFa', say(label.summary), { rows: 2, maxLength: 500 })}
      {field('bodyFa', say(label.text), { rows: 14, maxLength: 20_000, hint: say(label.textHint) })}
      <div className="k-form">
        <FigureChoice
          slug={slug}
          onInsert={(link) => change({ bodyFa: `${draft.bodyFa.trimEnd()} ${link}` })}
        />
        <Select
          label={say(itemLabels.category)}
          name="category"
          required
          choices={categories.map((key) => ({ key, label: say(categoryWords[key]) }))}
          value={draft.category}
          onChange={(key) => change({ category: categories.find((one) => one === key) ?? draft.category })}
        />
        <DayField
          label={say(label.day)}
          name="datedOn"
          required
          error={fieldError(save.error, 'datedOn', say)}
          value={draft.datedOn}
          onChange={(datedOn) => change({ datedOn })}
        />
        {field('tags', say(itemLabels.tags), { maxLength: 300, hint: say(label.tagsHint) })}
      </div>
      <details>
        <summary>{say(label.english)}</summary>
        <div className="k-stack" style={{ justifyItems: 'stretch' }}>
          {field('titleEn', say(label.titleEn), { maxLength: 200 })}
          {field('summaryEn', say(label.summaryEn), { rows: 2, maxLength: 500 })}
          {field('bodyEn', say(label.textEn), { rows: 8, maxLength: 20_000 })}
        </div>
      </details>
      {isPublic ? (
        <TextField
          label={say(label.erratum)}
          name="erratum"
          hint={say(label.erratumHint)}
          required
          rows={2}
          maxLength={1000}
          error={fieldError(save.error, 'erratum', say)}
          value={erratum}
          onChange={setErratum}
        />
      ) : null}
      <ProblemNotice error={save.error} onRetry={run} />
      <div className="k-row">
        <Button kind="primary" icon="document" type="submit" busy={save.isPending}>
          {say(isPublic ? label.saveAmendment : label.save)}
        </Button>
        {save.isSuccess && !edited ? <Sign tone="green">{say(label.saved)}</Sign> : null}
      </div>
      {item === null ? (
        <p className="k-hint">{say(label.pictureLater)}</p>
      ) : (
        <ImagesPart
          slug={slug}
          itemId={item.id}
          onPlace={(mark) => change({ bodyFa: `${draft.bodyFa.trimEnd()}\n\n${mark}` })}
        />
      )}
      <CheckPart slug={slug} draft={draft} erratum={isPublic ? erratum : ''} item={item?.id ?? null} />
      <UnsavedText unsaved={edited} />
    </form>
  );
}

const byDeed = new Set<ItemAct>(['approve', 'publish', 'issue', 'drop', 'archive', 'withdraw']);

type Choice = ItemAnswer['acts'][number];
type DeedsProps = {
  readonly slug: string;
  readonly item: ItemAnswer;
  /** Whether the text was changed and not kept: a deed is of the kept one. */
  readonly edited: boolean;
};

function Deed({
  slug,
  item,
  choice,
  reason,
  edited,
}: DeedsProps & { readonly choice: Choice; readonly reason: string }): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const base: Path = `/api/provinces/${slug}/news`;
  const { act } = choice;
  const send = useCommand<object>({ path: `${base}/${item.id}/acts/${act}`, changes: [base] });
  const leads = act === 'approve' || act === 'publish' || act === 'issue';
  return (
    <div>
      <Button
        kind={leads ? 'primary' : 'plain'}
        busy={send.isPending}
        refusedBecause={edited ? say(label.keepFirst) : null}
        onPress={() => send.mutate({ id, seenVersion: item.version, reason: orNull(reason) })}
      >
        {say(itemActWords[act])}
      </Button>
      <ProblemNotice error={send.error} />
    </div>
  );
}

function Refused({ choices }: { readonly choices: readonly Choice[] }): ReactNode {
  const { say, word } = useSpeech();
  if (choices.length === 0) return null;
  return (
    <details className="p-acts-refused no-print">
      <summary>{word('actsNotNow')}</summary>
      <div className="k-row">
        {choices.map(({ act, because }) => (
          <Button key={act} refusedBecause={because === null ? '' : say(because)}>
            {say(itemActWords[act])}
          </Button>
        ))}
      </div>
    </details>
  );
}

/** What may be done with an item now; what may not is folded behind it, each with its reason. */
function Deeds(props: DeedsProps): ReactNode {
  const { item } = props;
  const { say, word } = useSpeech();
  const [reason, setReason] = useState('');
  const choices = item.acts.filter(({ act }) => byDeed.has(act));
  if (choices.length === 0) return null;
  const lawful = choices.filter((choice) => choice.lawful);
  return (
    <Section title={say(itemStateWords[item.state])}>
      {lawful.length === 0 ? (
        <p className="k-hint">{word('nothingLawful')}</p>
      ) : (
        <div className="k-stack" style={{ justifyItems: 'stretch' }}>
          <div className="k-row">
            {lawful.map((choice) => (
              <Deed key={`${choice.act} ${item.version}`} {...props} choice={choice} reason={reason} />
            ))}
          </div>
          <TextField
            label={say(label.reason)}
            name="reason"
            hint={say(label.reasonHint)}
            rows={2}
            maxLength={1000}
            value={reason}
            onChange={setReason}
          />
        </div>
      )}
      <Refused choices={choices.filter((choice) => !choice.lawful)} />
    </Section>
  );
}

/** An item on the desk: its text, what the check says of it, and what may be done. */
export function ItemPage(): ReactNode {
  const { say, language } = useSpeech();
  const may = useMayEdit();
  const { province: slug = '', item: itemId = 'new' }: { province?: string; item?: string } = useParams({
    strict: false,
  });
  const isNew = itemId === 'new';
  const [edited, setEdited] = useState(false);
  const asked = useAnswer<ItemAnswer>(isNew ? null : `/api/provinces/${slug}/news/${itemId}`);
  const item = asked.data ?? null;
  const path = [{ label: say(itemLabels.news), href: '/news' }];
  if (!isNew && item === null)
    return (
      <>
        <PageHead title={say(label.item)} path={path} />
        {asked.error === null ? (
          <Skeleton rows={8} />
        ) : (
          <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
        )}
      </>
    );
  const links = [
    ...(item === null || item.number === item.publicNumber
      ? []
      : [{ href: `/api/provinces/${slug}/news/${item.id}/preview?lang=${language}`, title: label.preview }]),
    ...(item === null || item.publicNumber === null
      ? []
      : [{ href: itemPath(item.id), title: label.public }]),
  ];
  const edits =
    item?.acts.some(({ act, lawful }) => lawful && (act === 'revise' || act === 'amend')) ?? isNew;
  return (
    <>
      <PageHead
        title={item?.titleFa ?? say(label.write)}
        path={path}
        actions={links.map(({ href, title }) => (
          <a key={href} className="k-button is-plain" href={href} target="_blank" rel="noreferrer">
            {say(title)}
          </a>
        ))}
      />
      {item === null || !may ? null : <Deeds slug={slug} item={item} edited={edited} />}
      {edits && may ? (
        <Editor key={`${itemId} ${item?.number ?? 0}`} slug={slug} item={item} onEdited={setEdited} />
      ) : (
        <p lang="fa" dir="rtl" style={{ whiteSpace: 'pre-line' }}>
          {plainText(item?.bodyFa ?? '')}
        </p>
      )}
    </>
  );
}
