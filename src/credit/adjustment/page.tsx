import { useState, type ReactNode } from 'react';
import type { County } from '#place/contract.ts';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { MoneyField, TextField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Draft, DraftAdjustment } from '../division/rules.ts';
import { slicingLabels } from '../slicing/words.ts';
import { creditLabels } from '../words.ts';

/** A part of the form of a division: what stands in it, how it changes, what is wrong in which field. */
export type FieldsProps = {
  readonly draft: Draft;
  readonly change: (next: Partial<Draft>) => void;
  readonly errorOf: (field: string) => string | null;
};

/** The counties whose missing figure counts as zero, each with its reason. */
export function Zeros({
  draft,
  change,
  nameOf,
}: FieldsProps & { readonly nameOf: (countyCode: string) => string }): ReactNode {
  const { say } = useSpeech();
  if (draft.zeros.length === 0) return null;
  return (
    <Section title={say(slicingLabels.zeroCounted)}>
      <div className="k-form">
        <p className="k-hint">{say(creditLabels.zeroHelp)}</p>
        {draft.zeros.map((zero) => (
          <div key={zero.countyCode}>
            <TextField
              label={nameOf(zero.countyCode)}
              name={`zero.${zero.countyCode}`}
              required
              maxLength={300}
              value={zero.reason}
              onChange={(text) =>
                change({
                  zeros: draft.zeros.map((one) => (one === zero ? { ...one, reason: text } : one)),
                })
              }
              error={zero.reason.trim().length < 3 ? say(slicingLabels.reasonShort) : null}
            />
            <Button
              kind="quiet"
              icon="close"
              onPress={() => change({ zeros: draft.zeros.filter((one) => one !== zero) })}
            >
              {say(slicingLabels.remove)}
            </Button>
          </div>
        ))}
      </div>
    </Section>
  );
}

/** The question that stops the formula: which counties have no figure, and one press to count them as zero. */
export function Missing({
  draft,
  change,
  missing,
  nameOf,
}: Pick<FieldsProps, 'draft' | 'change'> & {
  readonly missing: readonly string[];
  readonly nameOf: (countyCode: string) => string;
}): ReactNode {
  const { say, language } = useSpeech();
  const [reason, setReason] = useState(say(creditLabels.zeroReason));
  const short = reason.trim().length < 3;
  const add = (): void => {
    if (short) return;
    const zeros = missing.map((countyCode) => ({ countyCode, reason: reason.trim() }));
    change({ zeros: [...draft.zeros, ...zeros] });
  };
  return (
    <Notice tone="amber" title={say(slicingLabels.missingTitle)}>
      <div className="k-form">
        <p>
          <b>{missing.map(nameOf).join(language === 'fa' ? '، ' : ', ')}</b> ·{' '}
          {say(slicingLabels.missingHelp)} {say(creditLabels.zeroHelp)}
        </p>
        <TextField
          label={say(creditLabels.reason)}
          name="zeroReason"
          required
          rows={2}
          maxLength={300}
          value={reason}
          onChange={setReason}
          error={short ? say(slicingLabels.reasonShort) : null}
        />
        <div className="k-row">
          <Button kind="primary" onPress={add}>
            {say(slicingLabels.countAllAsZero)}
          </Button>
        </div>
      </div>
    </Notice>
  );
}

const empty: DraftAdjustment = { countyCode: null, direction: 'raise', amount: '', reason: '' };

/** The manual adjustments of a division, each of one county with its reason. */
export function Adjustments({
  draft,
  change,
  errorOf,
  counties,
}: FieldsProps & { readonly counties: readonly County[] }): ReactNode {
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
