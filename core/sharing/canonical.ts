import { createHash } from 'node:crypto';

/**
 * JSON in the one form that is hashed and signed (as RFC 8785 has it): no white space, keys in the order of their UTF-16 units,
 * numbers and strings as ECMAScript writes them. `value` comes of JSON, so there is nothing else in it.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join()}}`;
}

/** SHA-256 of what a file does, in hexadecimal digits: of all it says but who made and signed it. */
export function contentHash(file: object): string {
  const { shared: _, ...does } = file as { readonly shared?: unknown };
  return createHash('sha256').update(canonicalJson(does)).digest('hex');
}
