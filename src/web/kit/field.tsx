import { useState, type ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import {
  exactRials,
  grouped,
  moneyIn,
  moneyText,
  rialsOf,
  typedToman,
  typedWhole,
  type WireRial,
} from '../format.ts';
import { useSpeech } from '../language.tsx';

/** What every field of a form has. Texts are said already (`say(words.x)`). */
export type FieldProps = {
  readonly label: string;
  /** The name on the wire: a problem's `field` marks the field of this name. */
  readonly name: string;
  readonly hint?: string;
  /** What is wrong with what was typed; stands under the field in red with its sign. */
  readonly error?: string | null;
  readonly required?: boolean;
};

/** Label, hint, control and error in their order; for controls of your own. */
export function FieldFrame({
  label,
  hint,
  error = null,
  required = false,
  children,
}: Omit<FieldProps, 'name'> & { readonly children: ReactNode }): ReactNode {
  const { word } = useSpeech();
  return (
    <>
      <Label className="k-label">
        {label}
        {required ? null : <span className="k-optional"> ({word('optional')})</span>}
      </Label>
      {hint === undefined ? null : (
        <Text slot="description" className="k-hint">
          {hint}
        </Text>
      )}
      {children}
      <FieldError className="k-error">{error}</FieldError>
    </>
  );
}

export type TextFieldProps = FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'search';
  /** More than one row makes it a text area. */
  readonly rows?: number;
  readonly maxLength?: number;
  readonly autoComplete?: string;
  /** Latin and left to right inside: user names, codes, addresses. */
  readonly code?: boolean;
};

export function TextField(props: TextFieldProps): ReactNode {
  const { label, name, error = null, required = false, value, onChange, rows = 1, code = false } = props;
  const { type = 'text', maxLength, autoComplete } = props;
  const look = `k-input${code ? ' is-code' : ''}`;
  return (
    <AriaTextField
      className="k-field"
      name={name}
      value={value}
      onChange={onChange}
      isInvalid={error !== null}
      isRequired={required}
      validationBehavior="aria"
      type={type}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(autoComplete === undefined ? {} : { autoComplete })}
    >
      <FieldFrame label={label} error={error} required={required} {...hintOf(props.hint)}>
        {rows > 1 ? (
          <TextArea className={look} rows={rows} dir={code ? 'ltr' : 'auto'} />
        ) : (
          <Input className={look} dir={code ? 'ltr' : undefined} />
        )}
      </FieldFrame>
    </AriaTextField>
  );
}

export type NumberFieldProps = FieldProps & {
  /** A decimal string of a whole number as it goes over the wire, or '' when empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** A short word after the field: «سال», «درصد». */
  readonly unit?: string;
  /** No separators: years, numbers of letters. */
  readonly plain?: boolean;
};

/** A whole number typed in Persian, Arabic or Latin digits; the wire gets Latin ones. */
export function NumberField(props: NumberFieldProps): ReactNode {
  const { language, digits, word } = useSpeech();
  const shown = (value: string): string => {
    const whole = typedWhole(value);
    if (whole === undefined) return value;
    return props.plain === true ? digits(whole) : grouped(whole, language);
  };
  return (
    <TypedField
      {...props}
      shown={shown}
      read={(text) => typedWhole(text)?.toString()}
      unreadable={word('notNumber')}
    />
  );
}

export type MoneyFieldProps = FieldProps & {
  /** Whole rials as a decimal string, or '' when empty. */
  readonly value: WireRial;
  readonly onChange: (rials: WireRial) => void;
};

/** A sum typed in toman («۲۵۰ میلیون» too); the wire gets rials, and the exact rial stands below while typing. */
export function MoneyField(props: MoneyFieldProps): ReactNode {
  const { language, word } = useSpeech();
  const shown = (value: string): string => {
    const rials = rialsOf(value);
    return moneyIn(rials, { unit: 'toman', decimals: rials % 10n === 0n ? 0 : 1 }, language);
  };
  const rials = props.value === '' ? null : rialsOf(props.value);
  return (
    <TypedField
      {...props}
      hint={props.hint ?? word('tomanHint')}
      unit={word('toman')}
      shown={shown}
      read={(text) => typedToman(text)?.toString()}
      unreadable={word('notMoney')}
      below={rials === null ? null : `${moneyText(rials, language)} · ${exactRials(rials, language)}`}
    />
  );
}

const hintOf = (hint: string | undefined): { readonly hint?: string } => (hint === undefined ? {} : { hint });

type TypedFieldProps = FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly unit?: string;
  readonly shown: (value: string) => string;
  readonly read: (text: string) => string | undefined;
  readonly unreadable: string;
  readonly below?: string | null;
};

/** Keeps what was typed, letter by letter, while it cannot be read: nothing a clerk wrote is ever lost. */
function TypedField(props: TypedFieldProps): ReactNode {
  const {
    label,
    name,
    value,
    onChange,
    unit,
    shown,
    read,
    unreadable,
    below = null,
    required = false,
  } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === '' ? '' : shown(value));
  const readable = text.trim() === '' || read(text) !== undefined;
  // While the field has the focus the person may be in the middle of a number: no error yet.
  const [typing, setTyping] = useState(false);
  const error = props.error ?? (readable || typing ? null : unreadable);
  const change = (next: string): void => {
    setTyped(next);
    onChange(read(next) ?? '');
  };
  const leave = (): void => {
    setTyping(false);
    if (readable) setTyped(null);
  };
  return (
    <AriaTextField
      className="k-field"
      name={name}
      value={text}
      onChange={change}
      onFocus={() => setTyping(true)}
      onBlur={leave}
      isInvalid={error !== null}
      isRequired={required}
      validationBehavior="aria"
      inputMode="decimal"
    >
      <FieldFrame label={label} error={error} required={required} {...hintOf(props.hint)}>
        <span className="k-typed">
          <Input className="k-input is-number" dir="ltr" />
          {unit === undefined ? null : <span className="k-unit">{unit}</span>}
        </span>
        {below === null ? null : (
          <output className="k-below">
            <bdi>{below}</bdi>
          </output>
        )}
      </FieldFrame>
    </AriaTextField>
  );
}
