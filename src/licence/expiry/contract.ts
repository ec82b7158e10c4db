/** What the fact `state` of a message says of a licence that comes to its end; no case is ever in such a state. */
export const nearExpiry = 'near_expiry';
