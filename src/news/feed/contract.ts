/** A public page as the map of the site names it, by its Persian address. */
export type Place = { readonly path: string; readonly changedAt: Date | null };
