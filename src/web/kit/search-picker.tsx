import { useDeferredValue, useState, type ReactNode } from 'react';
import { useAnswer, type Path } from '../command.tsx';
import { useSpeech } from '../language.tsx';
import { Button } from './button.tsx';
import { Bidi } from './digits.tsx';
import { TextField } from './field.tsx';
import { Notice } from './notice.tsx';
import { ProblemNotice } from './problem.tsx';

/** What was found, by its key and under the name to show. */
export type Found = {
  readonly key: string;
  readonly name: string;
  /** What tells those of one name apart. */
  readonly code?: string | null;
};

type Props<Item, One extends Found> = {
  readonly label: string;
  readonly name: string;
  readonly hint: string;
  /** Said where nothing was found, with what to do then. */
  readonly nothing: string;
  /** Where to ask for what is sought; it answers `{ items }`. */
  readonly pathOf: (sought: string) => Path;
  readonly foundIn: (item: Item) => One;
  readonly chosen: One | null;
  readonly onChoose: (chosen: One | null) => void;
  readonly error: string | null;
};

/** One of many records, found by typing a part of its name: too many of them to stand in a list. */
export function SearchPicker<Item, One extends Found>({
  label,
  name,
  hint,
  nothing,
  pathOf,
  foundIn,
  chosen,
  onChoose,
  error,
}: Props<Item, One>): ReactNode {
  const { digits, word } = useSpeech();
  const [typed, setTyped] = useState('');
  const sought = useDeferredValue(typed.trim());
  const path = chosen !== null || sought.length < 2 ? null : pathOf(sought);
  const answer = useAnswer<{ readonly items: readonly Item[] }>(path);
  const found = path === null ? [] : (answer.data?.items ?? []).map(foundIn);
  return (
    <>
      <TextField
        label={label}
        name={name}
        type="search"
        required
        hint={hint}
        value={typed}
        onChange={(text) => {
          setTyped(text);
          if (chosen !== null) onChoose(null);
        }}
        error={error}
      />
      {chosen === null ? null : <Notice tone="green" title={`${word('picked')}: ${chosen.name}`} />}
      <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      {path !== null && answer.data !== undefined && found.length === 0 ? <p>{nothing}</p> : null}
      {found.map((one) => (
        <Button key={one.key} wide onPress={() => onChoose(one)}>
          {one.name}
          {one.code == null ? null : (
            <>
              {' · '}
              <Bidi code>{digits(one.code)}</Bidi>
            </>
          )}
        </Button>
      ))}
    </>
  );
}
