import { useState, type ReactNode } from 'react';
import { Input } from 'react-aria-components/Input';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { dayText, gregorianText } from '../format.ts';
import { useSpeech } from '../language.tsx';
import { dayWords, tehranDay, typedDay } from '../typed-day.ts';
import { Button } from './button.tsx';
import { FieldFrame, type FieldProps } from './field.tsx';

export type DayFieldProps = FieldProps & {
  /** An ISO day, or '' when empty or not readable yet. */
  readonly value: string;
  readonly onChange: (iso: string) => void;
  /** Whether today is a likely answer; of a day of birth it is none. */
  readonly offersToday?: boolean;
};

/** The ISO day of this moment in Tehran. */
export const todayIso = (): string => tehranDay(new Date());

/**
 * A Jalali day, typed: the same day with its weekday and in the Gregorian calendar stands below. What cannot
 * be read stays as it was typed.
 */
export function DayField(props: DayFieldProps): ReactNode {
  const { label, name, value, onChange, hint, required = false, offersToday = true } = props;
  const { language, say } = useSpeech();
  const [typed, setTyped] = useState<string | null>(null);
  const [typing, setTyping] = useState(false);
  const text = typed ?? (value === '' ? '' : dayText(value, language, 'numeric'));
  const readable = text.trim() === '' || typedDay(text) !== undefined;
  const error = props.error ?? (readable || typing ? null : say(dayWords.unreadable));
  const choose = (iso: string): void => {
    setTyped(null);
    onChange(iso);
  };
  return (
    <AriaTextField
      className="k-field"
      name={name}
      value={text}
      onChange={(next) => {
        setTyped(next);
        onChange(typedDay(next) ?? '');
      }}
      onFocus={() => setTyping(true)}
      onBlur={() => {
        setTyping(false);
        if (readable) setTyped(null);
      }}
      isInvalid={error !== null}
      isRequired={required}
      validationBehavior="aria"
    >
      <FieldFrame label={label} error={error} required={required} hint={hint ?? say(dayWords.hint)}>
        <span className="k-typed">
          <Input className="k-input is-number" dir="ltr" />
          {offersToday ? (
            <Button kind="quiet" onPress={() => choose(todayIso())}>
              {say(dayWords.today)}
            </Button>
          ) : null}
        </span>
        {value === '' ? null : (
          <output className="k-below">
            <bdi>{`${dayText(value, language, 'weekday')} · ${gregorianText(value, language)}`}</bdi>
          </output>
        )}
      </FieldFrame>
    </AriaTextField>
  );
}
