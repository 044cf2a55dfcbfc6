import { dialects } from './dialects.ts';

/** What a server says of an error, in its own words and codes. */
export interface SaidError {
  /** Its sentences, then shorter marks such as the kind of the error; at most `mostWords` characters. */
  readonly words: string;
  /** The first of its sentences: what a person is shown. */
  readonly sentence: string;
  readonly codes: readonly string[];
}

const { wrappers, sentences, marks, codes, raw } = dialects.errors;
const mostWords = 1000;
const mostSentence = 200;
const deepest = 4;

/** Reads a body that may be JSON, or the words themselves. The rest of it may hold the question again, whose words mean nothing. */
export function readSaidError(body: string): SaidError {
  const text = body.trim();
  try {
    return said(JSON.parse(text));
  } catch {
    return said(looksLikePage(text) ? '' : text.slice(0, mostWords));
  }
}

export function said(value: unknown): SaidError {
  const found: string[] = [];
  const foundCodes: string[] = [];
  gather(value, found, foundCodes, 0);
  const words = [...found, ...foundCodes].join(' ').replaceAll(/\s+/g, ' ').slice(0, mostWords).toWellFormed();
  return { words, sentence: shortened(found.find((one) => one.trim() !== '') ?? ''), codes: foundCodes };
}

/** Whether an object that came instead of a piece of an answer, or with one, tells of an error. */
export function tellsError(value: Readonly<Record<string, unknown>>): boolean {
  if (isPresent(value['error']) || value['object'] === 'error' || value['type'] === 'error') return true;
  const base = value['base_resp'];
  if (isRecord(base) && isPresent(base['status_code']) && Number(base['status_code']) !== 0) return true;
  if (Array.isArray(value['choices']) || isRecord(value['message']) || 'response' in value) return false;
  return isPresent(value['detail']) || isPresent(value['errors']) || hasErrorCode(value);
}

function hasErrorCode(value: Readonly<Record<string, unknown>>): boolean {
  const code = codes.map((name) => value[name]).find(isPresent);
  const isError = code !== undefined && !['0', '200', 'success', 'ok'].includes(String(code).toLowerCase());
  return isError && sentences.some((name) => typeof value[name] === 'string');
}

export function looksLikePage(body: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<body)/i.test(body);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '';
}

/** Some answer with a list, and a router tells what another server said as text inside of its own answer. */
function gather(value: unknown, found: string[], foundCodes: string[], depth: number): void {
  if (depth > deepest) return;
  if (typeof value === 'string') found.push(value.slice(0, mostWords));
  else if (Array.isArray(value)) for (const one of value.slice(0, 3)) gather(one, found, foundCodes, depth + 1);
  else if (isRecord(value)) gatherFields(value, found, foundCodes, depth);
}

function gatherFields(
  value: Readonly<Record<string, unknown>>,
  found: string[],
  foundCodes: string[],
  depth: number,
): void {
  // What another server said behind this one says more than that it said something.
  const { metadata } = value;
  for (const name of raw) {
    const inner = isRecord(metadata) ? metadata[name] : undefined;
    if (typeof inner !== 'string') continue;
    const { sentence, words, codes: innerCodes } = readSaidError(inner.slice(0, 20_000));
    found.push(sentence, words);
    foundCodes.push(...innerCodes);
  }
  for (const name of sentences) {
    if (typeof value[name] === 'string') found.push(value[name].slice(0, mostWords));
    else if (!wrappers.includes(name)) gather(value[name], found, foundCodes, depth + 1);
  }
  for (const name of wrappers)
    if (!sentences.includes(name) || typeof value[name] !== 'string') gather(value[name], found, foundCodes, depth + 1);
  // A list of what is wrong with the fields of a question names each field by its path.
  if (Array.isArray(value['loc'])) found.push(value['loc'].slice(0, 8).join('.').slice(0, 100));
  for (const name of marks) if (typeof value[name] === 'string') found.push(value[name].slice(0, 100));
  for (const name of codes) {
    const code = value[name];
    if (typeof code === 'string' || typeof code === 'number') foundCodes.push(String(code).slice(0, 100));
  }
}

function shortened(sentence: string): string {
  const line = sentence.replaceAll(/\s+/g, ' ').trim().toWellFormed();
  return line.length <= mostSentence
    ? line
    : `${line
        .slice(0, mostSentence - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
}
