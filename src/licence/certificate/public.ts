import { dayFromIso } from '#kernel/day.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { PdfSeal, PdfText } from '#platform/pdf.ts';
import type { Certificate } from './contract.ts';
import { printedWords as words } from './words.ts';

const day = (iso: string): string => persianDigits(dayFromIso(iso).replaceAll('-', '/'));

export type Printed = {
  readonly certificate: Certificate;
  readonly signers: { readonly first: string; readonly second: string };
  readonly keyId: string;
  /** Where anybody checks it by its number. */
  readonly checkAddress: string;
  readonly seal: PdfSeal | null;
  readonly today: string;
  /** The code with the signed text. */
  readonly svg: string;
};

/** The certificate on paper, in Persian. */
export const certificateText = ({
  certificate,
  signers,
  keyId,
  checkAddress,
  seal,
  today,
  svg,
}: Printed): PdfText => ({
  language: 'fa',
  title: words.title.fa,
  subtitle: `${words.province.fa} ${certificate.province}`,
  asOf: day(today),
  seal,
  blocks: [
    {
      kind: 'facts',
      facts: [
        [words.number.fa, persianDigits(certificate.number)],
        [words.holder.fa, certificate.holder],
        [words.occupation.fa, certificate.titleFa],
        [words.county.fa, certificate.county],
        [words.issuedOn.fa, day(certificate.issuedOn)],
        [words.validFrom.fa, day(certificate.validFrom)],
        [words.expiresOn.fa, day(certificate.expiresOn)],
      ],
    },
    { kind: 'text', text: words.law.fa },
    { kind: 'picture', svg, widthMillimetres: 48 },
    { kind: 'text', text: `${words.how.fa} ${keyId}` },
    { kind: 'address', text: words.address.fa, address: checkAddress },
    {
      kind: 'signatures',
      people: [
        [words.first.fa, signers.first],
        [words.second.fa, signers.second],
      ],
    },
  ],
});
