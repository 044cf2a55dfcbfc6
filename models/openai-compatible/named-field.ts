import { dialects } from './dialects.ts';

const { fields, fieldMaps, places, sentences, marks, codes, wrappers } = dialects.errors;
/** Names that are the error's own, and none of a field of the question. */
const own: readonly string[] = [...sentences, ...fields, ...marks, ...codes, ...wrappers];
const deepest = 7;
const mostEntries = 20;
/** Longer ones, and those with anything else in them, are no names of a field. */
const nameOfField = /^[\w$][\w$.[\]-]{0,79}$/;

export interface NamedField {
  readonly name: string;
  /** The sentence that stands under its name; null where sentences stand elsewhere. */
  readonly says: string | null;
}

/**
 * The field of the question that an error is about, as the server names it, with dots between the levels (`messages.0.content`);
 * null where it names none. Some name it in a field of their own, some by a path, and some have their sentences under its name.
 */
export function namedField(error: unknown): NamedField | null {
  return find(error, 0);
}

function find(value: unknown, depth: number): NamedField | null {
  if (depth > deepest) return null;
  if (Array.isArray(value)) return firstOf(value.slice(0, mostEntries), (one) => find(one, depth + 1));
  if (!isRecord(value)) return null;
  const inner = Object.entries(value).slice(0, mostEntries);
  return (
    firstOf(fields, (name) => named(value[name], null)) ??
    firstOf(fieldMaps, (name) => sentenceIn(value[name])) ??
    firstOf(inner, ([, one]) => find(one, depth + 1))
  );
}

/** A path comes as a list, as a pointer (`/max_tokens`), or with the part of the request before it. */
function named(path: unknown, says: string | null): NamedField | null {
  const levels = Array.isArray(path) ? path.slice(0, 8).map(String) : typeof path === 'string' ? split(path) : [];
  const name = levels.slice(places.includes(levels[0] ?? '') ? 1 : 0).join('.');
  return nameOfField.test(name) ? { name, says } : null;
}

function split(path: string): readonly string[] {
  if (path.length > 200) return [];
  return /^#?\//.test(path) ? path.replace(/^#?\//, '').split('/') : path.split('.');
}

/** The first name under which a sentence stands, or a list of some: `{"temperature": ["is too high"]}`. */
function sentenceIn(map: unknown): NamedField | null {
  if (!isRecord(map) || Array.isArray(map)) return null;
  return firstOf(Object.entries(map).slice(0, mostEntries), ([name, under]) => {
    const says: unknown = Array.isArray(under) ? under[0] : under;
    const isSentence = typeof says === 'string' && /\S\s+\S/.test(says.slice(0, 1000));
    return isSentence && !own.includes(name) ? named(name, says) : null;
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function firstOf<One, Found>(all: readonly One[], read: (one: One) => Found | null): Found | null {
  for (const one of all) {
    const found = read(one);
    if (found !== null) return found;
  }
  return null;
}
