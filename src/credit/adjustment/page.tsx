import type { ReactNode } from 'react';
import type { County } from '#place/contract.ts';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { MoneyField, TextField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Draft, DraftAdjustment } from '../division/rules.ts';
import { slicingLabels } from '../slicing/words.ts';
import { creditLabels } from '../words.ts';

const empty: DraftAdjustment = { countyCode: null, direction: 'raise', amount: '', reason: '' };

/** The manual adjustments of a division, each of one county with its reason. */
export function Adjustments({
  draft,
  change,
  errorOf,
  counties,
}: {
  readonly draft: Draft;
  readonly change: (next: Partial<Draft>) => void;
  readonly errorOf: (field: string) => string | null;
  readonly counties: readonly County[];
}): ReactNode {
  const { say, language } = useSpeech();
  const error = errorOf('adjustments');
  const put = (place: number, next: Partial<DraftAdjustment>): void =>
    change({
      adjustments: draft.adjustments.map((one, index) => (index === place ? { ...one, ...next } : one)),
    });
  return (
    <Section title={say(slicingLabels.adjustments)}>
      <div className="k-form">
        <p className="k-hint">{say(slicingLabels.adjustmentsHelp)}</p>
        {draft.adjustments.map((one, place) => (
          <fieldset
            key={`adjustment ${place}`}
            className="k-form"
            style={{
              border: 0,
              borderBlockEnd: 'var(--hair) solid var(--line)',
              padding: '0 0 var(--s4)',
              minInlineSize: 0,
            }}
          >
            <ComboBox
              label={say(creditLabels.county)}
              name={`adjustments.${place}.countyCode`}
              required
              value={one.countyCode}
              onChange={(countyCode) => put(place, { countyCode })}
              choices={counties.map((county) => ({
                key: county.countyCode,
                label: language === 'fa' ? county.nameFa : county.nameEn,
              }))}
            />
            <Select
              label={say(slicingLabels.direction)}
              name={`adjustments.${place}.direction`}
              required
              value={one.direction}
              onChange={(key) => put(place, { direction: key === 'lower' ? 'lower' : 'raise' })}
              choices={[
                { key: 'raise', label: say(slicingLabels.raise) },
                { key: 'lower', label: say(slicingLabels.lower) },
              ]}
            />
            <MoneyField
              label={say(creditLabels.amount)}
              name={`adjustments.${place}.amount`}
              required
              value={one.amount}
              onChange={(amount) => put(place, { amount })}
            />
            <TextField
              label={say(creditLabels.reason)}
              name={`adjustments.${place}.reason`}
              required
              rows={2}
              maxLength={300}
              value={one.reason}
              onChange={(reason) => put(place, { reason })}
            />
            <div className="k-row">
              <Button
                kind="quiet"
                icon="close"
                onPress={() =>
                  change({ adjustments: draft.adjustments.filter((_, index) => index !== place) })
                }
              >
                {say(slicingLabels.remove)}
              </Button>
            </div>
          </fieldset>
        ))}
        {error === null ? null : <p className="k-error">{error}</p>}
        <div className="k-row">
          <Button icon="add" onPress={() => change({ adjustments: [...draft.adjustments, empty] })}>
            {say(slicingLabels.addAdjustment)}
          </Button>
        </div>
      </div>
    </Section>
  );
}
