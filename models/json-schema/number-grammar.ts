import type { IntegerShape, NumberShape } from './shape.ts';

/** Numbers without a bound have at most so many digits, which a double holds exactly. */
const mostDigits = 15;
const largest = 10 ** mostDigits - 1;
const decimals = '"." [0-9]{1,6}';
/** Some digit behind the point that is not 0. */
const someDecimals = '"." [0-9]{0,5} [1-9]';

/** A rule in GBNF for whole numbers between two bounds. */
export function integerRule({ least, most }: Pick<IntegerShape, 'least' | 'most'>): string {
  return whole(least ?? -largest, most ?? largest) ?? '"0"';
}

/** A rule in GBNF for numbers between two bounds, with up to six digits behind the point. */
export function numberRule({ least, most, openLeast, openMost }: NumberShape): string {
  const low: Bound = { at: least ?? -largest, isOpen: openLeast };
  const high: Bound = { at: most ?? largest, isOpen: openMost };
  const options: (string | null)[] = [whole(firstWhole(low), -firstWhole(mirrored(high)))];
  if (high.at > 0) options.push(withPoint(low.at < 0 ? zero : low, high));
  const below = low.at < 0 ? withPoint(high.at > 0 ? zero : mirrored(high), mirrored(low)) : null;
  if (below !== null) options.push(`"-" ${below}`);
  return group(options.filter((option) => option !== null));
}

interface Bound {
  readonly at: number;
  /** The bound itself is left out. */
  readonly isOpen: boolean;
}

const zero: Bound = { at: 0, isOpen: false };

/** A bound as far from zero on the other side. */
function mirrored({ at, isOpen }: Bound): Bound {
  return { at: -at, isOpen };
}

/** The first whole number above a bound, or at it. */
function firstWhole({ at, isOpen }: Bound): number {
  return isOpen ? Math.floor(at) + 1 : Math.ceil(at);
}

/** Numbers with a point between two bounds, neither below zero; null where there are none. */
function withPoint(low: Bound, high: Bound): string | null {
  const [from, to] = [Math.floor(low.at), Math.floor(high.at)];
  const [fromEdge, toEdge] = [!Number.isInteger(low.at), !Number.isInteger(high.at)];
  // Beside a bound with one digit behind its point numbers with two are written, too.
  const places = Math.max(2, placesOf(low.at), placesOf(high.at));
  const first = fromEdge ? fraction(low.at, places) + Number(low.isOpen) : 0;
  const last = toEdge ? fraction(high.at, places) - Number(high.isOpen) : 10 ** places - 1;
  if (fromEdge && toEdge && from === to) return edge(from, first, last, places);
  const options = [
    fromEdge ? edge(from, first, 10 ** places - 1, places) : null,
    between(fromEdge ? from + 1 : from, to - 1, low.isOpen && !fromEdge),
    toEdge ? edge(to, 0, last, places) : null,
  ].filter((option) => option !== null);
  return options.length === 0 ? null : group(options);
}

/** Numbers whose whole part lies between two. `open`: the first one with nothing but zeros behind the point is none of them. */
function between(from: number, to: number, open: boolean): string | null {
  const all = digits(from, to);
  if (all === null || !open) return all === null ? null : `${all} ${decimals}`;
  const rest = digits(from + 1, to);
  const first = `"${from}" ${someDecimals}`;
  return rest === null ? first : group([first, `${rest} ${decimals}`]);
}

/** Numbers of one whole part, and so many digits behind the point that lie between two. */
function edge(part: number, first: number, last: number, places: number): string | null {
  if (first > last) return null;
  const padded = (number: number) => String(number).padStart(places, '0');
  return `"${part}." ${sameLength(padded(first), padded(last))}`;
}

function placesOf(bound: number): number {
  return String(bound).split('.')[1]?.length ?? 0;
}

/** What stands behind the point of a number, as a whole number of so many digits. */
function fraction(bound: number, places: number): number {
  return Number((String(bound).split('.')[1] ?? '').padEnd(places, '0'));
}

/** Whole numbers from `low` to `high`; null where there are none. */
function whole(low: number, high: number): string | null {
  if (low > high) return null;
  const options: string[] = [];
  const positives = high < 0 ? null : digits(Math.max(low, 0), high);
  if (positives !== null) options.push(positives);
  const negatives = low >= 0 ? null : digits(Math.max(1, -high), -low);
  if (negatives !== null) options.push(`"-" ${negatives}`);
  return group(options);
}

/** Numbers of digits from `low` to `high`, both at least 0, without zeros in front; null where there are none. */
function digits(low: number, high: number): string | null {
  if (low > high) return null;
  const options: string[] = [];
  for (let length = String(low).length; length <= String(high).length; length += 1) {
    const from = String(Math.max(low, length === 1 ? 0 : 10 ** (length - 1)));
    const to = String(Math.min(high, 10 ** length - 1));
    options.push(sameLength(from, to));
  }
  return group(options);
}

/** Numbers between two of as many digits. */
function sameLength(from: string, to: string): string {
  if (from === to) return `"${from}"`;
  const [low, high] = [from[0] ?? '0', to[0] ?? '0'];
  const rest = from.length - 1;
  if (rest === 0) return `[${low}-${high}]`;
  if (low === high) return `"${low}" ${sameLength(from.slice(1), to.slice(1))}`;
  if (/^0*$/.test(from.slice(1)) && /^9*$/.test(to.slice(1))) return `[${low}-${high}] [0-9]{${rest}}`;
  const options = [`"${low}" ${sameLength(from.slice(1), '9'.repeat(rest))}`];
  const [next, before] = [Number(low) + 1, Number(high) - 1];
  if (next <= before) options.push(`[${next}-${before}] [0-9]{${rest}}`);
  options.push(`"${high}" ${sameLength('0'.repeat(rest), to.slice(1))}`);
  return group(options);
}

function group(options: readonly string[]): string {
  return options.length === 1 ? (options[0] ?? '') : `(${options.join(' | ')})`;
}
