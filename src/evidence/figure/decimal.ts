/** An exact decimal number: `digits` × 10^-`places`. */
export type Decimal = { readonly digits: bigint; readonly places: number };

export const whole = (digits: bigint): Decimal => ({ digits, places: 0 });

/** From the printed digits before and after the decimal mark, already in Latin script. */
export const printed = (before: string, after: string): Decimal => ({
  digits: BigInt(before + after),
  places: after.length,
});

export function plus(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  return { digits: scaled(a, places) + scaled(b, places), places };
}

/** `a` × 10^`power`. */
export function shift(a: Decimal, power: number): Decimal {
  if (a.places >= power) return { digits: a.digits, places: a.places - power };
  return { digits: a.digits * 10n ** BigInt(power - a.places), places: 0 };
}

export const times = (a: Decimal, factor: bigint): Decimal => ({
  digits: a.digits * factor,
  places: a.places,
});

export function isLess(a: Decimal, b: Decimal): boolean {
  const places = Math.max(a.places, b.places);
  return scaled(a, places) < scaled(b, places);
}

export const isWhole = (a: Decimal): boolean => a.digits % 10n ** BigInt(a.places) === 0n;

/** `above` / `below` rounded half up to 12 places. */
export function ratio(above: bigint, below: bigint): Decimal {
  const scale = 10n ** 12n;
  return { digits: (above * scale * 2n + below) / (below * 2n), places: 12 };
}

/** The plain decimal string: no exponent, no trailing zeros, no leading zeros. */
export function plain(a: Decimal): string {
  const sign = a.digits < 0n ? '-' : '';
  const size = (a.digits < 0n ? -a.digits : a.digits).toString().padStart(a.places + 1, '0');
  if (a.places === 0) return sign + size;
  const part = size.slice(-a.places).replace(/0+$/, '');
  return `${sign}${size.slice(0, -a.places)}${part === '' ? '' : `.${part}`}`;
}

const scaled = (a: Decimal, places: number): bigint => a.digits * 10n ** BigInt(places - a.places);
