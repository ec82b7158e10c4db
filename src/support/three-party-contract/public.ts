import { persianDigits } from '#kernel/persian.ts';
import type { PdfBlock, PdfSeal, PdfText } from '#platform/pdf.ts';
import { orderPeriodWords, orderUnitWords } from '../words.ts';
import type { ContractPage } from './contract.ts';
import { contractLabels as labels, contractStateWords, partyWords, printedWords as words } from './words.ts';

export type Printed = {
  readonly page: ContractPage;
  readonly province: string;
  /** Jalali days as they are to be read. */
  readonly draftedOn: string;
  readonly linkedOn: string | null;
  readonly today: string;
  readonly seal: PdfSeal | null;
  /** The code with the signed text; null before the contract is in force. */
  /** Where anybody verifies the text of the code. */
  readonly verifyAddress: string;
  readonly code: { readonly svg: string; readonly keyId: string } | null;
};

/** The contract on paper, in Persian. */
export function contractText({
  page,
  province,
  seal,
  today,
  code,
  verifyAddress,
  ...days
}: Printed): PdfText {
  const { contract, orders, signatures } = page;
  const sum = persianDigits(BigInt(orders.value).toLocaleString('en'));
  const facts: (readonly [string, string])[] = [
    [labels.number.fa, persianDigits(contract.number)],
    [labels.state.fa, contractStateWords[contract.state].fa],
    [labels.supporter.fa, contract.supporterName ?? '—'],
    [labels.worker.fa, contract.workerName ?? '—'],
    [labels.agency.fa, contract.agencyName.fa],
    [labels.occupation.fa, contract.occupation.fa],
    [labels.county.fa, contract.countyName.fa],
    [
      labels.orders.fa,
      `${sum} ${orderUnitWords[orders.ordersUnit].fa} ${orderPeriodWords[orders.ordersPeriod].fa}`,
    ],
    [labels.draftedOn.fa, days.draftedOn],
    ...(days.linkedOn === null ? [] : [[labels.linkedOn.fa, days.linkedOn] as const]),
  ];
  const nameOf = {
    supporter: contract.supporterName,
    worker: contract.workerName,
    agency: contract.agencyName.fa,
  };
  const proof: PdfBlock[] =
    code === null
      ? [{ kind: 'text', text: words.notInForce.fa }]
      : [
          { kind: 'picture', svg: code.svg, widthMillimetres: 44 },
          { kind: 'text', text: `${words.how.fa} ${code.keyId}` },
          { kind: 'address', text: words.address.fa, address: verifyAddress },
        ];
  return {
    language: 'fa',
    title: words.title.fa,
    subtitle: `${words.province.fa} ${province}`,
    asOf: today,
    seal,
    blocks: [
      { kind: 'facts', facts },
      ...[words.one, words.two, words.three].map(({ fa }): PdfBlock => ({ kind: 'text', text: fa })),
      ...proof,
      {
        kind: 'signatures',
        people: signatures.map(({ party, by }) => [
          `${partyWords[party].fa}: ${nameOf[party] ?? '—'}`,
          by === null ? labels.notSigned.fa : `${labels.signedBy.fa}: ${by}`,
        ]),
      },
    ],
  };
}
