import type { Bilingual } from '#kernel/indicator.ts';
import type { Problem } from '../api.ts';
import { moneyScale, unitWords, type Language } from '../format.ts';
import type { CaseLineProps } from '../pictures/case-line.tsx';
import type { StatementMark } from '../pictures/marked-statement.tsx';
import type { FlowNode } from '../pictures/rial-flow.tsx';
import type { EnvelopeStanding } from '../pictures/slice-bar.tsx';
import { words as shell } from '../words.ts';
import {
  bankNames,
  caseTexts,
  countyNames,
  markSamples,
  refusalText,
  statementText,
  words as t,
} from './words.ts';

/** Invented figures for the gallery. They obey L1, so that the pictures can be judged by their sums. */
type CountySample = EnvelopeStanding & {
  readonly name: Bilingual;
  readonly state: Bilingual;
  readonly tone: 'green' | 'amber' | 'red' | 'quiet';
};

const rials = (hundredMillions: number): string => (BigInt(hundredMillions) * 100_000_000n).toString();

/** In units of ten million toman (10^8 rials), so that the sample reads as it is shown. */
const county = (
  name: Bilingual,
  [open, locked, reserved, referred, contracted, paid, repaid]: readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ],
  [state, tone]: readonly [Bilingual, CountySample['tone']],
): CountySample => {
  const amount = open + locked + reserved + referred + contracted + paid + repaid;
  return {
    name,
    state,
    tone,
    amount: rials(amount),
    open: rials(open),
    locked: rials(locked),
    reserved: rials(reserved),
    referred: rials(referred),
    contracted: rials(contracted),
    paid: rials(paid),
    repaid: rials(repaid),
  };
};

const counties: readonly CountySample[] = [
  county(countyNames.karaj, [520, 400, 240, 500, 410, 2020, 140], [t.onTime, 'green']),
  county(countyNames.savojbolagh, [360, 250, 60, 150, 140, 600, 20], [t.inBranch, 'quiet']),
  county(countyNames.nazarabad, [520, 312, 18, 110, 80, 210, 0], [t.leftOver, 'amber']),
  county(countyNames.fardis, [150, 120, 60, 100, 130, 520, 20], [t.onTime, 'green']),
  county(countyNames.eshtehard, [235, 185, 0, 190, 40, 90, 0], [t.silent, 'red']),
  county(countyNames.chaharbagh, [60, 60, 30, 170, 70, 150, 0], [t.inBranch, 'quiet']),
  county(countyNames.taleqan, [50, 40, 20, 110, 70, 120, 0], [t.onTime, 'green']),
];

const total = (stage: keyof EnvelopeStanding): string =>
  counties.reduce((sum, row) => sum + BigInt(row[stage] ?? '0'), 0n).toString();

const province: EnvelopeStanding = {
  amount: total('amount'),
  open: total('open'),
  locked: total('locked'),
  reserved: total('reserved'),
  referred: total('referred'),
  contracted: total('contracted'),
  paid: total('paid'),
  repaid: total('repaid'),
};

const branches: Readonly<Record<string, readonly (readonly [Bilingual, string, string, boolean?])[]>> = {
  Karaj: [
    [bankNames.melliCentral, '180000000000', '110000000000'],
    [bankNames.post, '120000000000', '70000000000'],
    [bankNames.locked, '103000000000', '20000000000', true],
  ],
  Nazarabad: [
    [bankNames.taavon, '60000000000', '21000000000'],
    [bankNames.keshavarzi, '40000000000', '0'],
  ],
};

const flow = (say: (text: Bilingual) => string): FlowNode => ({
  id: 'line',
  label: say(t.line),
  amount: (BigInt(province.amount) + 40_000_000_000n).toString(),
  paid: province.paid,
  href: '/gallery',
  children: counties.map((row) => ({
    id: row.name.en,
    label: say(row.name),
    amount: row.amount,
    paid: row.paid,
    href: '/gallery',
    children: (branches[row.name.en] ?? []).map(([label, amount, paid, locked]) => ({
      id: `${row.name.en}/${label.en}`,
      label: say(label),
      amount,
      paid,
      locked: locked ?? false,
    })),
  })),
});

function statement(language: Language): { readonly text: string; readonly marks: readonly StatementMark[] } {
  const text = statementText[language];
  return {
    text,
    marks: markSamples.map((sample) => {
      const words = sample.words[language].trim();
      const at = text.lastIndexOf(sample.words[language]);
      const start = Array.from(text.slice(0, at)).length;
      return {
        id: sample.words.en.replaceAll(' ', '-'),
        start,
        end: start + Array.from(words).length,
        verdict: sample.verdict,
        heading: sample.heading[language],
        reason: sample.reason[language],
        ...(sample.records === undefined
          ? {}
          : { records: [{ href: '/gallery', label: sample.records[language] }] }),
      };
    }),
  };
}

const caseOf = (say: (text: Bilingual) => string): Omit<CaseLineProps, 'onChoose'> => ({
  acts: [
    { id: '1', title: say(caseTexts.asked), by: say(caseTexts.applicantPhone), at: '2023-12-23T17:44:00Z' },
    { id: '2', title: say(caseTexts.identity), by: say(caseTexts.automatic), at: '2023-12-24T04:32:00Z' },
    {
      id: '3',
      title: say(caseTexts.returned),
      detail: say(caseTexts.returnedWhy),
      by: say(caseTexts.officer),
      at: '2023-12-25T08:10:00Z',
      back: true,
    },
    { id: '4', title: say(caseTexts.corrected), by: say(t.applicant), at: '2023-12-25T15:35:00Z' },
  ],
  now: {
    title: say(caseTexts.waiting),
    since: '2023-12-26',
    deadline: { on: '2024-01-07', daysLeft: 2, promise: say(caseTexts.sevenDays) },
  },
  choices: [
    { act: 'remind', label: say(caseTexts.remind), lawful: true, primary: true },
    { act: 'document', label: say(t.addDocument), lawful: true },
    { act: 'withdraw', label: say(t.withdraw), lawful: true, danger: true },
    { act: 'sign', label: say(t.secondSignature), lawful: false, because: say(caseTexts.noSignature) },
    { act: 'refer', label: say(t.refer), lawful: false, because: say(caseTexts.noLicence) },
  ],
});

const refusal: Problem = {
  kind: 'SliceExhausted',
  status: 409,
  text: refusalText,
  field: 'amount',
  fields: [],
  facts: {},
};

const silence: Problem = {
  kind: 'Network',
  status: 0,
  text: shell.network,
  field: null,
  fields: [],
  facts: {},
};

export const Gallery = {
  words: t,
  counties,
  province,
  flow,
  statement,
  caseOf,
  refusal,
  silence,
  banks: [
    { key: 'melli', label: bankNames.melli },
    { key: 'tosee', label: bankNames.taavon },
    { key: 'post', label: bankNames.post },
  ],
  columnUnit: unitWords[moneyScale(counties.map((row) => row.amount)).unit],
} as const;
