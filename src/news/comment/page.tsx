import { useEffect, useRef, useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import { itemPath } from '../item/contract.ts';
import { useChosenProvince, useMayEdit } from '../item/page.tsx';
import { itemLabels } from '../item/words.ts';
import { hintWords } from '../moderation/words.ts';
import {
  type CommentAnswer,
  type QueueAnswer,
  type Ruling,
  type RulingOrder,
  commentStates,
  rules,
} from './contract.ts';
import { hintedText, stretchesOf } from './hint.ts';
import { commentLabels, commentStateWords, queueLabels as label, ruleWords, rulingWords } from './words.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select');

const digitsOfKeys = '۱۲۳۴';
/** The rule that a number key stands for, from a Persian or a Latin keyboard. */
const ruleOfKey = (key: string) => rules[digitsOfKeys.indexOf(key)] ?? rules['1234'.indexOf(key)];

function Hints({ comment }: { readonly comment: CommentAnswer }): ReactNode {
  const { say } = useSpeech();
  if (comment.hints.length === 0) return <Sign tone="green">{say(label.noHint)}</Sign>;
  return (
    <ul className="k-hint">
      {comment.hints.map((hint) => (
        <li key={`${hint.rule} ${hint.start}`}>
          <Sign tone="amber">{say(ruleWords[hint.rule])}</Sign>{' '}
          {say(hintWords[hint.rule](hintedText(comment.body, hint)))}
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
    <li ref={place} className="k-stack" tabIndex={-1} data-comment style={commentLook}>
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
      if (isOurs && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey)
        onPress(event.key);
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

/** j and k walk through the comments, wherever the focus is but in a field. */
function useWalk() {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const comments = [...(list.current?.querySelectorAll<HTMLElement>('[data-comment]') ?? [])];
      const at = comments.findIndex((one) => one.contains(document.activeElement));
      if (event.key === 'j') comments[Math.min(at + 1, comments.length - 1)]?.focus();
      else if (event.key === 'k') comments[Math.max(at - 1, 0)]?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return list;
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
    <Notice
      tone="info"
      title={say(publishesUnhinted ? label.atOnce : label.afterLook)}
      actions={
        <Button
          kind="quiet"
          busy={set.isPending}
          onPress={() => set.mutate({ id, publishesUnhinted: !publishesUnhinted })}
        >
          {say(publishesUnhinted ? label.turnOff : label.turnOn)}
        </Button>
      }
    >
      {say(label.returned)}: <Digits value={queue.returnedToday} />
      <ProblemNotice error={set.error} />
    </Notice>
  );
}

/** Comments that wait for a person, with what the rules found in them. */
export function ModerationPage(): ReactNode {
  const { say, digits } = useSpeech();
  const may = useMayEdit();
  const { slug, choice } = useChosenProvince();
  const [state, setState] = useState<CommentAnswer['state']>('held');
  const base: Path = `/api/provinces/${slug ?? ''}/comments`;
  const asked = useAnswer<QueueAnswer>(slug === null ? null : `${base}?state=${state}`);
  const list = useWalk();
  return (
    <>
      <PageHead title={say(label.queue)} path={[{ label: say(itemLabels.news), href: '/news' }]}>
        {say(label.lead)}
      </PageHead>
      <div className="k-form" style={{ marginBlockEnd: 'var(--s4)' }}>
        {choice}
        <Select
          label={say(commentLabels.state)}
          name="state"
          required
          choices={commentStates.map((key) => ({ key, label: say(commentStateWords[key]) }))}
          value={state}
          onChange={(key) => setState(commentStates.find((one) => one === key) ?? 'held')}
        />
      </div>
      {asked.error === null ? null : (
        <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      )}
      {asked.data === undefined ? (
        slug === null || asked.error !== null ? null : (
          <Skeleton rows={6} />
        )
      ) : (
        <>
          <p className="k-hint">
            {say(label.waiting)}: {digits(asked.data.held)}
            {may ? <span className="k-keys"> · {say(label.keys)}</span> : null}
          </p>
          {may && slug !== null ? <Setting slug={slug} queue={asked.data} /> : null}
          {asked.data.comments.length === 0 ? (
            <Empty title={say(label.none)}>{say(label.noneHelp)}</Empty>
          ) : (
            <ul ref={list} style={{ listStyle: 'none', padding: 0 }}>
              {asked.data.comments.map((comment) => (
                <Comment key={comment.id} comment={comment} base={base} may={may} />
              ))}
            </ul>
          )}
        </>
      )}
    </>
  );
}
