import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { PagesFoot } from '#web/kit/more.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import { type ItemAnswer, itemPath } from '../item/contract.ts';
import { useChosenProvince, useMayEdit } from '../item/page.tsx';
import { itemLabels } from '../item/words.ts';
import {
  type CommentAnswer,
  type CommentState,
  type QueueAnswer,
  type Ruling,
  type RulingOrder,
  commentStates,
  rules,
} from './contract.ts';
import { hintedText, stretchesOf } from './hint.ts';
import {
  commentLabels,
  commentStateWords,
  hintNames,
  keptHintWords,
  queueLabels as label,
  ruleWords,
  rulingWords,
} from './words.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select');

/** Whether a key is pressed together with one that makes another deed of it. */
const isHeld = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || altKey || shiftKey;

/**
 * What a key says: its letter where it writes a Latin one, else the one that is printed on the same key, and `1` for
 * «۱» as well. On a Persian keyboard the key of j writes «ت».
 */
const saidBy = ({ key, code }: KeyboardEvent): string =>
  /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^(?:Key|Digit|Numpad)(?=.$)/, '').toLowerCase();

/** The rule that a number key stands for. */
const ruleOfKey = (key: string) => (key.length === 1 ? rules['1234'.indexOf(key)] : undefined);

function Hints({ comment }: { readonly comment: CommentAnswer }): ReactNode {
  const { say } = useSpeech();
  if (comment.hints.length === 0) return <Sign tone="green">{say(label.noHint)}</Sign>;
  return (
    <ul className="k-hint">
      {comment.hints.map((hint) => (
        <li key={`${hint.rule} ${hint.start}`}>
          <Sign tone="amber">{say(hintNames[hint.rule])}</Sign>{' '}
          {say(keptHintWords[hint.rule](hintedText(comment.body, hint)))}
        </li>
      ))}
    </ul>
  );
}

/** What was decided so far, and by whom. */
function Rulings({ comment }: { readonly comment: CommentAnswer }): ReactNode {
  const { say } = useSpeech();
  if (comment.rulings.length === 0) return null;
  return (
    <ol className="k-hint">
      {comment.rulings.map((one) => (
        <li key={one.at}>
          {say(rulingWords[one.ruling])}
          {one.rule === null ? '' : `: ${say(ruleWords[one.rule])}`}،{' '}
          {one.byName ?? say(commentLabels.byRules)}، <InstantText iso={one.at} />
          {one.note === null ? '' : ` «${one.note}»`}
        </li>
      ))}
    </ol>
  );
}

function Comment({
  comment,
  base,
  may,
}: {
  readonly comment: CommentAnswer;
  readonly base: Path;
  readonly may: boolean;
}): ReactNode {
  const { say, digits } = useSpeech();
  const [note, setNote] = useState('');
  const send = useCommand<RulingOrder>({ path: `${base}/${comment.id}/rulings`, changes: [base] });
  const decide = (ruling: Ruling, rule: RulingOrder['rule']): void =>
    send.mutate({ ruling, rule, note: note.trim() === '' ? null : note.trim(), seen: comment.seq });
  const against: Ruling | null =
    comment.state === 'held' ? 'reject' : comment.state === 'published' ? 'remove' : null;
  const place = useKeys((key) => {
    if (!may || send.isPending) return;
    if (key === 'p' && comment.state !== 'published') decide('publish', null);
    const rule = ruleOfKey(key);
    if (rule !== undefined && against !== null) decide(against, rule);
  });
  return (
    <li ref={place} className="k-stack k-free" tabIndex={-1} data-comment style={commentLook}>
      <p className="k-hint">
        <bdi>{comment.penName ?? say(commentLabels.anonymous)}</bdi> · <InstantText iso={comment.sentAt} /> ·{' '}
        <a href={itemPath(comment.item.id)} target="_blank" rel="noreferrer" lang="fa">
          {comment.item.title}
        </a>
      </p>
      <p dir="auto" style={{ whiteSpace: 'pre-line', maxInlineSize: '70ch' }}>
        {stretchesOf(comment.body, comment.hints).map((one, at) =>
          one.hinted ? <mark key={at}>{one.text}</mark> : <span key={at}>{one.text}</span>,
        )}
      </p>
      <Hints comment={comment} />
      <Rulings comment={comment} />
      {may ? (
        <>
          {against === null ? null : (
            <TextField label={say(label.note)} name="note" maxLength={500} value={note} onChange={setNote} />
          )}
          <div className="k-row">
            {comment.state === 'published' ? null : (
              <Button
                kind="primary"
                icon="check"
                busy={send.isPending}
                onPress={() => decide('publish', null)}
              >
                {say(rulingWords.publish)}
              </Button>
            )}
            {against === null
              ? null
              : rules.map((rule, at) => (
                  <Button key={rule} kind="quiet" busy={send.isPending} onPress={() => decide(against, rule)}>
                    {say(rulingWords[against])}: {say(ruleWords[rule])} ({digits(at + 1)})
                  </Button>
                ))}
          </div>
        </>
      ) : null}
      <ProblemNotice error={send.error} />
    </li>
  );
}

/** Keys that are pressed while a comment, or something in it but a field, has the focus. */
function useKeys(onPress: (key: string) => void) {
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isOurs = place.current?.contains(document.activeElement) ?? false;
      if (isOurs && !isTyping(event.target) && !isHeld(event)) onPress(saidBy(event));
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  return place;
}

const commentLook = {
  justifyItems: 'stretch',
  paddingBlock: 'var(--s4)',
  borderBlockEnd: 'var(--hair) solid var(--line)',
} as const;

/**
 * j and k walk through the comments, wherever the focus is but in a field. A key that decides while none is chosen
 * chooses the first and says so: nothing is decided on that was not read.
 */
function useWalk(may: boolean) {
  const list = useRef<HTMLUListElement>(null);
  const [told, setTold] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || isHeld(event)) return;
      const comments = [...(list.current?.querySelectorAll<HTMLElement>('[data-comment]') ?? [])];
      const at = comments.findIndex((one) => one.contains(document.activeElement));
      const key = saidBy(event);
      const isEarly = may && at === -1 && (key === 'p' || ruleOfKey(key) !== undefined);
      // Later: drawn anew at once, the comment that is chosen would not hear the rest of this press.
      setTimeout(setTold, 0, isEarly && comments.length > 0);
      if (isEarly) {
        // The comment that is chosen by this key would take it for its own.
        event.stopImmediatePropagation();
        comments[0]?.focus();
      } else if (key === 'j') comments[Math.min(at + 1, comments.length - 1)]?.focus();
      else if (key === 'k') comments[Math.max(at - 1, 0)]?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [may]);
  return { list, told };
}

function Setting({ slug, queue }: { readonly slug: string; readonly queue: QueueAnswer }): ReactNode {
  const { say } = useSpeech();
  const [id, setId] = useState(newKey);
  const set = useCommand<object>({
    path: `/api/provinces/${slug}/comment-settings`,
    changes: [`/api/provinces/${slug}/comments`],
    onDone: () => setId(newKey()),
  });
  const { publishesUnhinted } = queue;
  return (
    <details className="k-hint">
      <summary>{say(publishesUnhinted ? label.atOnce : label.afterLook)}</summary>
      <p>
        {say(label.returned)}: <Digits value={queue.returnedToday} />
      </p>
      <Button
        kind="quiet"
        busy={set.isPending}
        onPress={() => set.mutate({ id, publishesUnhinted: !publishesUnhinted })}
      >
        {say(publishesUnhinted ? label.turnOff : label.turnOn)}
      </Button>
      <ProblemNotice error={set.error} />
    </details>
  );
}

type Filter = {
  state: CommentState;
  search: string;
  item: string;
  rule: CommentAnswer['hints'][number]['rule'] | '';
};

/** What is asked for stands in the address, so that it outlives a reload and can be handed on. */
function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const asked: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const read = (key: string): string => {
    const value = asked[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const filter: Filter = {
    state: commentStates.find((one) => one === read('state')) ?? 'held',
    search: read('search'),
    item: read('item'),
    rule: rules.find((one) => one === read('rule')) ?? '',
  };
  return [
    filter,
    (change) => {
      const kept = Object.entries({ ...asked, ...filter, ...change }).filter(([, value]) => value !== '');
      void navigate({ to: '.', search: Object.fromEntries(kept), replace: true });
    },
  ];
}

const isNarrow = ({ search, item, rule }: Filter): boolean => search !== '' || item !== '' || rule !== '';

const queryOf = (filter: Filter): string =>
  new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString();

const every = 'all';

type Filtering = { readonly filter: Filter; readonly change: (change: Partial<Filter>) => void };

/** The items under which anybody may comment; the first choice is all of them. */
function ItemChoice({ slug, filter, change }: Filtering & { readonly slug: string }): ReactNode {
  const { say } = useSpeech();
  const { data } = useAnswer<{ readonly items: readonly ItemAnswer[] }>(`/api/provinces/${slug}/news`);
  // Once the items are there: a field that is drawn before them never learns the name of the one that is chosen.
  if (data === undefined) return null;
  return (
    <ComboBox
      label={say(label.item)}
      name="item"
      required
      value={filter.item === '' ? every : filter.item}
      onChange={(key) => change({ item: key === every ? '' : key })}
      choices={[
        { key: every, label: say(label.everyItem) },
        ...data.items
          .filter(({ publicNumber }) => publicNumber !== null)
          .map(({ id, titleFa }) => ({ key: id, label: titleFa })),
      ]}
    />
  );
}

/** On a phone the fields are folded, so that the first comment stands on the first screen. */
function Folded({ open, children }: { readonly open: boolean; readonly children: ReactNode }): ReactNode {
  const { say } = useSpeech();
  const [isSmall] = useState(() => matchMedia('(max-width: 720px)').matches);
  if (!isSmall) return children;
  return (
    <details open={open}>
      <summary>{say(label.narrow)}</summary>
      {children}
    </details>
  );
}

const chosenField = { flex: '1 1 150px', maxInlineSize: '240px' } as const;
const typedField = { flex: '1 1 220px', maxInlineSize: '320px' } as const;

function Choices({ slug, filter, change }: Filtering & { readonly slug: string | null }): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <div style={chosenField}>
        <Select
          label={say(commentLabels.state)}
          name="state"
          required
          choices={commentStates.map((key) => ({ key, label: say(commentStateWords[key]) }))}
          value={filter.state}
          onChange={(key) => change({ state: commentStates.find((one) => one === key) ?? 'held' })}
        />
      </div>
      {slug === null ? null : (
        <div style={chosenField}>
          <ItemChoice key={slug} slug={slug} filter={filter} change={change} />
        </div>
      )}
      <div style={chosenField}>
        <Select
          label={say(label.rule)}
          name="rule"
          required
          choices={[
            { key: every, label: say(label.everyRule) },
            ...rules.map((key) => ({ key, label: say(ruleWords[key]) })),
          ]}
          value={filter.rule === '' ? every : filter.rule}
          onChange={(key) => change({ rule: rules.find((one) => one === key) ?? '' })}
        />
      </div>
    </>
  );
}

function Filters(filtering: Filtering & { readonly slug: string | null }): ReactNode {
  const { filter, change } = filtering;
  const { say } = useSpeech();
  const [typed, setTyped] = useState(filter.search);
  return (
    <Folded open={isNarrow(filter)}>
      <form
        className="k-row"
        style={{ marginBlockEnd: 'var(--s4)' }}
        role="search"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          change({ search: typed.trim() });
        }}
      >
        <Choices {...filtering} />
        <div style={typedField}>
          <TextField
            label={say(label.search)}
            name="search"
            type="search"
            required
            maxLength={100}
            value={typed}
            onChange={setTyped}
          />
        </div>
        <Button icon="search" type="submit">
          {say(label.find)}
        </Button>
      </form>
    </Folded>
  );
}

function Queue({ slug, filter }: { readonly slug: string; readonly filter: Filter }): ReactNode {
  const { say, digits } = useSpeech();
  const may = useMayEdit();
  const base: Path = `/api/provinces/${slug}/comments`;
  const pages = usePages<CommentAnswer, QueueAnswer>(`${base}?${queryOf(filter)}`);
  const { list, told } = useWalk(may);
  const { rows, first } = pages;
  if (rows === undefined || first === undefined)
    return pages.error === null ? (
      <Skeleton rows={6} />
    ) : (
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
    );
  return (
    <>
      <p className="k-hint">
        {say(label.waiting)}: {digits(first.held)}
        {may ? <span className="k-keys"> · {say(label.keys)}</span> : null}
      </p>
      <p role="status">{told ? say(label.chosenFirst) : null}</p>
      {may ? <Setting slug={slug} queue={first} /> : null}
      {rows.length === 0 ? (
        <Empty title={say(label.none)}>{say(isNarrow(filter) ? label.noneFound : label.noneHelp)}</Empty>
      ) : (
        <ul ref={list} style={{ listStyle: 'none', padding: 0 }}>
          {rows.map((comment) => (
            <Comment key={comment.id} comment={comment} base={base} may={may} />
          ))}
        </ul>
      )}
      <PagesFoot pages={pages} />
    </>
  );
}

/** Comments that wait for a person, or were decided on, with what the rules found in them. */
export function ModerationPage(): ReactNode {
  const { say } = useSpeech();
  const { slug, choice } = useChosenProvince();
  const [filter, change] = useFilter();
  return (
    <>
      <PageHead title={say(label.queue)} path={[{ label: say(itemLabels.news), href: '/news' }]}>
        {say(label.lead)}
      </PageHead>
      {choice === null ? null : <div className="k-form">{choice}</div>}
      <Filters key={filter.search} slug={slug} filter={filter} change={change} />
      {slug === null ? null : <Queue slug={slug} filter={filter} />}
    </>
  );
}
