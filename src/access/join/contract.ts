import { z } from 'zod';
import type { Id } from '#kernel/id.ts';
import { nameText, provinceId } from '#place/contract.ts';

const label = (fa: string, en: string) => ({ fa, en });

/** Who wants to be an applicant, in their own words; digits of any script, the checksum is a rule. */
const applicant = {
  provinceId: provinceId.meta(label('استان', 'Province')),
  nationalId: z.string().trim().min(8).max(12).meta(label('کد ملی', 'National id')),
  firstName: nameText(2, 40).meta(label('نام', 'First name')),
  lastName: nameText(2, 39).meta(label('نام خانوادگی', 'Last name')),
  phone: z.string().trim().min(10).max(20).meta(label('تلفن همراه', 'Mobile phone')),
};

export const codeOrderShape = z.strictObject(applicant);
export type CodeOrder = z.infer<typeof codeOrderShape>;

/** Everything once more with the code, so that nothing of it is kept in between. */
export const joinOrderShape = z.strictObject({
  ...applicant,
  code: z.string().trim().min(6).max(12).meta(label('کد', 'Code')),
  password: z.string().min(10).max(128).meta(label('گذرواژه', 'Password')),
});
export type JoinOrder = z.infer<typeof joinOrderShape>;

export const codeAnswerShape = z.object({
  expiresAt: z.iso.datetime(),
  /** Told in a demonstration only, where no SMS leaves the house. */
  code: z.string().nullable(),
});
export type CodeAnswer = z.infer<typeof codeAnswerShape>;

export const joinedShape = z.object({
  username: z.string(),
  /** `password_set`: the account stood already and has a new password. */
  outcome: z.enum(['joined', 'password_set']),
});
export type Joined = z.infer<typeof joinedShape>;

/** What a later room knows of who asks: under which id, and where they are called. */
export type KnownPerson = {
  readonly personId: Id;
  readonly phone: string | null;
  /** Whether they told the phone themselves, signed in, and no office did. */
  readonly isOwnWord: boolean;
};

export type JoinRefusal =
  | { readonly kind: 'NationalIdWrong'; readonly field: 'nationalId' }
  | { readonly kind: 'MobileWrong'; readonly field: 'phone' }
  | { readonly kind: 'ProvinceUnknown'; readonly field: 'provinceId' }
  | { readonly kind: 'TooManyCodes'; readonly waitSeconds: number }
  | { readonly kind: 'CodeUnreadable'; readonly field: 'code' }
  | { readonly kind: 'CodeWrong'; readonly triesLeft: number; readonly field: 'code' }
  | { readonly kind: 'CodeUnusable'; readonly field: 'code' }
  | { readonly kind: 'AdministratorOpens' }
  | { readonly kind: 'AccountClosed' }
  | { readonly kind: 'PersonApart' };

export const joinRefusalStatus = {
  NationalIdWrong: 422,
  MobileWrong: 422,
  ProvinceUnknown: 422,
  TooManyCodes: 429,
  CodeUnreadable: 422,
  CodeWrong: 422,
  CodeUnusable: 410,
  AdministratorOpens: 403,
  AccountClosed: 403,
  PersonApart: 409,
} as const satisfies Record<JoinRefusal['kind'], number>;
