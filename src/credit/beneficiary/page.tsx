import { useState, type ReactNode } from 'react';
import { must } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { type PersonForm, type PersonFound, personFound, personsSought } from '#party/person/contract.ts';
import { formWords, personLabels } from '#party/person/words.ts';
import { Icon } from '#web/kit/icon.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { SearchPicker } from '#web/kit/search-picker.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import { formsOf, knownGroups } from '../award/rules.ts';
import { awardLabels } from '../award/words.ts';
import { type BeneficiaryKind, type SlicePageAnswer, openShare } from '../contract.ts';
import { decideShare, someone } from '../rules.ts';
import { shareName } from '../share/words.ts';
import { factsOf } from '../slice/rules.ts';
import { creditLabels, wordsOf } from '../words.ts';

/** From which part the award will be drawn, or why it cannot be: the same decision the server makes. */
export function Draws({
  page,
  amount,
  kind,
  chosen,
}: {
  readonly page: SlicePageAnswer;
  readonly amount: string;
  readonly kind: BeneficiaryKind;
  readonly chosen: PersonFound | null;
}): ReactNode {
  const { say } = useSpeech();
  if (amount === '' || chosen === null) return null;
  const slice = factsOf(page.slice, page.line.id, page.children.length);
  const beneficiary = { ...someone(kind), ...knownGroups(chosen) };
  const decided = decideShare({ slice, amount: rial(amount), beneficiary });
  if (!decided.ok) {
    const { refusal } = decided;
    if (refusal.kind !== 'SliceExhausted') return null;
    return <Notice tone="red" title={say(wordsOf(refusal))} />;
  }
  const locked = decided.value !== openShare;
  return (
    <p className={`k-sign ${locked ? 'is-locked' : 'is-quiet'}`}>
      {locked ? <Icon name="lock" size={15} /> : null}
      <span>
        {say(awardLabels.willDraw)} {say(shareName(decided.value))}
      </span>
    </p>
  );
}

/** Whom the award is for, out of the registry; a supporter may be a person or an enterprise. */
export function BeneficiaryFields({
  kind,
  province,
  ...pick
}: {
  readonly kind: BeneficiaryKind;
  readonly province: string;
  readonly chosen: PersonFound | null;
  readonly onChoose: (chosen: PersonFound | null) => void;
  readonly error: string | null;
}): ReactNode {
  const { say } = useSpeech();
  const [asked, setAsked] = useState<PersonForm | null>(null);
  const forms = formsOf[kind];
  const form = forms.find((one) => one === asked) ?? must(forms[0], 'a form of each kind');
  return (
    <>
      {forms.length < 2 ? null : (
        <Select
          label={say(awardLabels.isLegal)}
          name="form"
          value={form}
          onChange={(key) => {
            setAsked(key === 'legal' ? 'legal' : 'natural');
            pick.onChoose(null);
          }}
          choices={forms.map((key) => ({ key, label: say(formWords[key]) }))}
        />
      )}
      <SearchPicker
        key={form}
        label={say(creditLabels.beneficiary)}
        name="beneficiary"
        hint={say(personLabels.pickHint)}
        nothing={say(personLabels.pickNobody)}
        pathOf={personsSought(province, form)}
        foundIn={personFound}
        {...pick}
      />
    </>
  );
}
