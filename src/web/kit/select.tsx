import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { useSpeech } from '../language.tsx';
import { FieldFrame, type FieldProps } from './field.tsx';
import { Icon } from './icon.tsx';

export type Choice = { readonly key: string; readonly label: string; readonly detail?: string };

/** The rows of a list of choices; shared with the combo box. */
export function ChoiceRow({ choice }: { readonly choice: Choice }): ReactNode {
  return (
    <ListBoxItem className="k-choice" id={choice.key} textValue={choice.label}>
      {({ isSelected }) => (
        <>
          <span>
            {choice.label}
            {choice.detail === undefined ? null : <small>{choice.detail}</small>}
          </span>
          {isSelected ? <Icon name="check" /> : null}
        </>
      )}
    </ListBoxItem>
  );
}

export type SelectProps = FieldProps & {
  readonly choices: readonly Choice[];
  readonly value: string | null;
  readonly onChange: (key: string) => void;
};

/** One of a few. Past a dozen choices take `ComboBox`. */
export function Select(props: SelectProps): ReactNode {
  const { label, name, hint, error = null, required = false, choices, value, onChange } = props;
  const { word } = useSpeech();
  return (
    <AriaSelect
      className="k-field"
      name={name}
      placeholder={word('choose')}
      value={value}
      onChange={(key) => {
        if (typeof key === 'string') onChange(key);
      }}
      isInvalid={error !== null}
      isRequired={required}
      validationBehavior="aria"
    >
      <FieldFrame label={label} error={error} required={required} {...(hint === undefined ? {} : { hint })}>
        <Button className="k-input k-select">
          <SelectValue />
          <Icon name="down" />
        </Button>
      </FieldFrame>
      <Popover className="k-popover is-list" offset={4}>
        <ListBox className="k-list" items={choices.map((choice) => ({ ...choice, id: choice.key }))}>
          {(choice) => <ChoiceRow choice={choice} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
