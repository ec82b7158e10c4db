import type { Bilingual } from '#kernel/indicator.ts';

/** What a certificate says and its signature covers. */
export type Certificate = {
  readonly number: string;
  readonly holder: string;
  readonly titleFa: string;
  readonly county: string;
  readonly province: string;
  /** ISO days. */
  readonly issuedOn: string;
  readonly validFrom: string;
  readonly expiresOn: string;
};

/** What a code of another room says once its signature is true, and how its matter stands today. */
export type OtherCode = {
  readonly facts: readonly (readonly [label: Bilingual, value: string])[];
  readonly state: Bilingual;
  /** Whether it stands today. */
  readonly isInForce: boolean;
};

/** Reads the code of another room's paper; undefined where the text is none of its kind. */
export type CodeReader = (payload: string) => Promise<OtherCode | 'forged' | 'unreadable' | undefined>;

export type ReadCertificate = {
  readonly certificate: Certificate;
  /** The bytes that were signed. */
  readonly signed: string;
  readonly signature: string;
};
