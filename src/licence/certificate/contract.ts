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

export type ReadCertificate = {
  readonly certificate: Certificate;
  /** The bytes that were signed. */
  readonly signed: string;
  readonly signature: string;
};
