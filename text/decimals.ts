/** A number as it is written down: `units` divided by ten to the power of `scale`. Nothing is lost by adding or multiplying. */
export interface Decimal {
  readonly units: bigint;
  /** Digits behind the point, from 0. */
  readonly scale: number;
}

/** Digits behind the point of what does not end, such as a third. */
const dividedDigits = 10;

/** Reads `-12.50`; null for anything else. */
export function readDecimal(text: string): Decimal | null {
  const match = /^([-+−]?)(\d*)(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return null;
  const units = BigInt(`${whole}${fraction}`);
  return { units: sign === '-' || sign === '−' ? -units : units, scale: fraction.length };
}

export function add(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  return { units: unitsAt(one, scale) + unitsAt(other, scale), scale };
}

export function negate({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}

export function multiply(one: Decimal, other: Decimal): Decimal {
  return { units: one.units * other.units, scale: one.scale + other.scale };
}

/** What does not end is rounded to ten digits behind the point; null where it is divided by nothing. */
export function divide(one: Decimal, other: Decimal, digits = dividedDigits): Decimal | null {
  if (other.units === 0n) return null;
  const scale = Math.max(digits, one.scale);
  const dividend = one.units * 10n ** BigInt(scale - one.scale + other.scale);
  return trim({ units: roundedQuotient(dividend, other.units), scale }, one.scale);
}

/** Rounded half away from nothing, with just so many digits behind the point. */
export function round(number: Decimal, digits: number): Decimal {
  if (number.scale <= digits) return { units: unitsAt(number, digits), scale: digits };
  return { units: roundedQuotient(number.units, 10n ** BigInt(number.scale - digits)), scale: digits };
}

/** Less than nothing where `one` is less. */
export function compare(one: Decimal, other: Decimal): number {
  const scale = Math.max(one.scale, other.scale);
  const difference = unitsAt(one, scale) - unitsAt(other, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** As `-1234.50`; with `group`, as `-1,234.50`. */
export function writeDecimal({ units, scale }: Decimal, group = ''): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const grouped = group === '' ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, group);
  const fraction = scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`;
  return `${units < 0n ? '-' : ''}${grouped}${fraction}`;
}

/** Takes zeros off the end, and leaves so many digits behind the point. */
export function trim({ units, scale }: Decimal, least: number): Decimal {
  let [left, digits] = [units, scale];
  while (digits > least && left % 10n === 0n) {
    left /= 10n;
    digits -= 1;
  }
  return { units: left, scale: digits };
}

function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}

function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n;
  const [top, bottom] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = (top * 2n + bottom) / (bottom * 2n);
  return isNegative ? -quotient : quotient;
}
