/**
 * The only source of the present. Whoever needs it is handed a clock, so that a test can fix it and a figure
 * can be asked as of another instant. Milliseconds: what the clock says survives the way to the database and
 * back (`timestamptz(3)`) unchanged.
 */
export type Clock = { readonly now: () => Date };

export const systemClock: Clock = { now: () => new Date() };
