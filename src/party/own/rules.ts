import { ownFields, type OwnField, type OwnRecord } from './contract.ts';

/**
 * What a person may tell in a form of their own. Where a record stands, that is the place they ask for and what it
 * lacks. A phone that is kept is no such thing: codes of the account go there, so whoever found a telephone unlocked
 * must not be able to move it; nor is the one by whose code they joined, for which no other typed one stands.
 */
export function mendableOf(record: OwnRecord['record'], joinedPhone: string | null): OwnField[] {
  const fields = ownFields.filter((field) => field !== 'phone' || joinedPhone === null);
  if (record.nationalId === null) return fields;
  return fields.filter((field) => field === 'countyCode' || record[field] === null);
}
