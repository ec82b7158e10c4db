/** A national id of a natural person out of nine digits, with its check digit. */
export function nationalIdOf(number: number): string {
  const digits = String(number).padStart(9, '0');
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += parseInt(digits.charAt(place), 10) * (10 - place);
  return `${digits}${sum % 11 < 2 ? sum % 11 : 11 - (sum % 11)}`;
}

const weights = [29, 27, 23, 19, 17];

/** A national id of a legal person that begins with 140, out of seven digits, with its check digit. */
export function legalIdOf(number: number): string {
  const digits = `140${String(number).padStart(7, '0')}`;
  const tens = parseInt(digits.charAt(9), 10) + 2;
  let sum = 0;
  for (let place = 0; place < 10; place += 1)
    sum += (tens + parseInt(digits.charAt(place), 10)) * (weights[place % 5] ?? 0);
  return `${digits}${(sum % 11) % 10}`;
}
