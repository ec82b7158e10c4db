import { useId, useRef, useState, type ReactNode } from 'react';
import { useSpeech } from '../language.tsx';
import { Button } from './button.tsx';
import { Bidi } from './digits.tsx';
import type { FieldProps } from './field.tsx';
import { Icon } from './icon.tsx';

export type FileFieldProps = FieldProps & {
  /** File endings that the chooser offers, e.g. `.xlsx,.csv`; what a file is the server decides. */
  readonly accept: string;
  readonly onChange: (file: File | null) => void;
};

/** One file from the reader's own disk. */
export function FileField({
  label,
  name,
  hint,
  error = null,
  required = false,
  accept,
  onChange,
}: FileFieldProps): ReactNode {
  const { word } = useSpeech();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <div className="k-field">
      <label className="k-label" htmlFor={id}>
        {label}
        {required ? null : <span className="k-optional"> ({word('optional')})</span>}
      </label>
      {hint === undefined ? null : (
        <span className="k-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <span className="k-row">
        <Button icon="document" onPress={() => input.current?.click()}>
          {word('chooseFile')}
        </Button>
        <Bidi>{chosen ?? word('noFile')}</Bidi>
      </span>
      {/* The browser's own button speaks the browser's language. */}
      <input
        ref={input}
        id={id}
        hidden
        type="file"
        name={name}
        accept={accept}
        aria-invalid={error !== null}
        aria-describedby={`${id}-hint ${id}-error`}
        onChange={(event) => {
          const file = event.target.files?.[0] ?? null;
          setChosen(file?.name ?? null);
          onChange(file);
        }}
      />
      {error === null ? null : (
        <span className="k-error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}

/** A file that the server makes, as a button: it is kept and not opened. */
export function FileLink({
  href,
  children,
}: {
  readonly href: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <a className="k-button is-plain" href={href} download>
      <Icon name="download" />
      <span>{children}</span>
    </a>
  );
}
