import { createHash } from 'node:crypto';

/** What may stand in a record. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** One line of the log: the record as it is kept, and its hash. */
export interface Link {
  readonly number: number;
  readonly record: string;
  readonly hash: string;
}

/** What the record before the first one is said to have as its hash. */
export const nothingBefore = '0'.repeat(64);

/** No log has so many lines: a number beyond it is a damaged one, after which none could be counted on. */
export const mostLines = 2 ** 52;

/** The version of the form of records. */
const version = 1;

/**
 * The canonical form of a record: JSON with the names of every object in the order of their UTF-16 units, no white space, and
 * numbers and strings as `JSON.stringify` writes them (RFC 8785 for what stands in a record).
 */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).toSorted();
  const inner = value as { readonly [name: string]: Json };
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(inner[name] ?? null)}`).join(',')}}`;
}

/** SHA-256 of the UTF-8 of a text, in hexadecimal digits. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The next line: its record names the hash of the one before, so that no line can be changed, taken out or moved alone. */
export function nextLink(fields: { readonly [name: string]: Json }, last: Pick<Link, 'number' | 'hash'> | null): Link {
  const number = (last?.number ?? 0) + 1;
  const record = canonical({ ...fields, v: version, n: number, prev: last?.hash ?? nothingBefore });
  return { number, record, hash: sha256Of(record) };
}
