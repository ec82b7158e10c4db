import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { ListBox } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { comparable } from '#kernel/persian.ts';
import { useSpeech } from '../language.tsx';
import { FieldFrame } from './field.tsx';
import { Icon } from './icon.tsx';
import { ChoiceRow, type SelectProps } from './select.tsx';

const folded = (text: string): string => comparable(text).toLowerCase();

/** One of many, found by typing a part of its name; «ي» and «ی», digits and half-spaces compare equal. */
export function ComboBox(props: SelectProps): ReactNode {
  const { label, name, hint, error = null, required = false, choices, value, onChange } = props;
  const { word } = useSpeech();
  return (
    <AriaComboBox
      className="k-field"
      name={name}
      menuTrigger="focus"
      value={value}
      onChange={(key) => {
        if (typeof key === 'string') onChange(key);
      }}
      defaultFilter={(text, typed) => folded(text).includes(folded(typed))}
      defaultItems={choices.map((choice) => ({ ...choice, id: choice.key }))}
      isInvalid={error !== null}
      isRequired={required}
      validationBehavior="aria"
      allowsEmptyCollection
    >
      <FieldFrame label={label} error={error} required={required} {...(hint === undefined ? {} : { hint })}>
        <span className="k-typed is-combo">
          <Input className="k-input" />
          <Button className="k-icon-button">
            <Icon name="down" />
          </Button>
        </span>
      </FieldFrame>
      <Popover className="k-popover is-list" offset={4}>
        <ListBox<(typeof choices)[number] & { readonly id: string }>
          className="k-list"
          renderEmptyState={() => <p className="k-hint">{word('noMatch')}</p>}
        >
          {(choice) => <ChoiceRow choice={choice} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
