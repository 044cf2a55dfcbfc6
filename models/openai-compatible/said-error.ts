import { dialects } from './dialects.ts';
import { namedField } from './named-field.ts';
import { parseOpenJson } from './open-json.ts';
import { waitInField, waitInWords } from './wait-time.ts';

/** What a server says of an error, in its own words and codes. */
export interface SaidError {
  /** Its sentences, then shorter marks such as the kind of the error; at most `mostWords` characters. */
  readonly words: string;
  /** The first of its sentences: what a person is shown. */
  readonly sentence: string;
  /** Its codes and kinds in lower case, each alone and with the fields it stands in: `1112`, `error.code:1112`. */
  readonly codes: readonly string[];
  /** Parameters of the question that it is about. */
  readonly params: readonly string[];
  /** The field of the question that it is about, by its name there; null where none is named. */
  readonly field: string | null;
  /** Shortest time after which it may be asked again, in milliseconds; null where none is told. */
  readonly waitMs: number | null;
}

const { wrappers, sentences, marks, codes, raw, speaking, waits } = dialects.errors;
const mostWords = 1000;
const mostSentence = 200;
const deepest = 7;

/** Reads a body that may be JSON, or the words themselves. The rest of it may hold the question again, whose words mean nothing. */
export function readSaidError(body: string): SaidError {
  // Some put a refusal into the form of an event, though no stream was begun.
  const text = body.trim().replace(/^(?:event:[^\n]*\s+)?(?:data|error):\s*(?=[[{])/, '');
  try {
    return said(JSON.parse(text));
  } catch {
    if (looksLikePage(text)) return { ...said(''), sentence: shortened(titleOf(text)) };
    const open = /^[[{]/.test(text) ? parseOpenJson(text) : null;
    return said(open ?? text.slice(0, mostWords));
  }
}

export function said(value: unknown): SaidError {
  const found: Found = { sentences: [], codes: [], params: [], waits: [] };
  gather(value, found, '', 0);
  const field = namedField(value);
  const plainCodes = found.codes.filter((code) => !code.includes(':'));
  const words = [...found.sentences, ...plainCodes]
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, mostWords)
    .toWellFormed();
  return {
    words,
    sentence: shortened(found.sentences.find((one) => one.trim() !== '') ?? field?.says ?? ''),
    codes: found.codes.map((code) => code.toLowerCase()),
    params: found.params,
    field: field?.name ?? null,
    waitMs: found.waits.map(waitInField).find((ms) => ms !== null) ?? waitInWords(words),
  };
}

/** Whether an object that came instead of a piece of an answer, or with one, tells of an error. */
export function tellsError(value: Readonly<Record<string, unknown>>): boolean {
  if (isPresent(value['error']) || value['object'] === 'error' || value['type'] === 'error') return true;
  const { base_resp: base, Response: inner } = value;
  if (isRecord(inner) && isPresent(inner['Error'])) return true;
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
  if (value === undefined || value === null || value === false || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/** What stands in the fields of an error, as it is gathered. */
interface Found {
  readonly sentences: string[];
  readonly codes: string[];
  readonly params: string[];
  readonly waits: unknown[];
}

/** Some answer with a list, and a router tells what another server said as text inside of its own answer. */
function gather(value: unknown, found: Found, path: string, depth: number): void {
  if (depth > deepest) return;
  if (typeof value === 'string') found.sentences.push(value.slice(0, mostWords));
  else if (Array.isArray(value)) for (const one of value.slice(0, 3)) gather(one, found, path, depth + 1);
  else if (isRecord(value)) gatherFields(value, found, path, depth);
}

function gatherFields(value: Readonly<Record<string, unknown>>, found: Found, path: string, depth: number): void {
  gatherRaw(value['metadata'], found);
  for (const name of sentences) {
    if (typeof value[name] === 'string') found.sentences.push(value[name].slice(0, mostWords));
    else if (!wrappers.includes(name)) gather(value[name], found, path, depth + 1);
  }
  for (const name of wrappers)
    if (!sentences.includes(name) || typeof value[name] !== 'string')
      gather(value[name], found, `${path}${name}.`, depth + 1);
  // A list of what is wrong with the fields of a question names each field by its path.
  if (Array.isArray(value['loc'])) found.sentences.push(value['loc'].slice(0, 8).join('.').slice(0, 100));
  for (const name of marks) if (typeof value[name] === 'string') found.sentences.push(value[name].slice(0, 100));
  gatherCodes(value, found, path);
}

/** What another server said behind this one says more than that it said something. */
function gatherRaw(metadata: unknown, found: Found): void {
  if (isRecord(metadata))
    found.codes.push(...speaking.filter((name) => isPresent(metadata[name])).map((name) => `has:metadata.${name}`));
  for (const name of raw) {
    const inner = isRecord(metadata) ? metadata[name] : undefined;
    if (typeof inner !== 'string') continue;
    const { sentence, words, codes: innerCodes, params } = readSaidError(inner.slice(0, 20_000));
    found.sentences.push(sentence, words);
    found.codes.push(...innerCodes);
    found.params.push(...params);
  }
}

function gatherCodes(value: Readonly<Record<string, unknown>>, found: Found, path: string): void {
  for (const name of codes) {
    const code = value[name];
    if (typeof code !== 'string' && typeof code !== 'number') continue;
    const short = String(code).slice(0, 100);
    found.codes.push(short, `${path}${name}:${short}`);
  }
  for (const name of marks) if (name !== 'param' && typeof value[name] === 'string') found.codes.push(value[name]);
  if (typeof value['param'] === 'string') found.params.push(value['param']);
  for (const name of waits) if (value[name] !== undefined) found.waits.push(value[name]);
}

/** Answers in short what a page says that came instead of an answer. */
function titleOf(page: string): string {
  return /<title[^>]*>([^<]{1,300})/i.exec(page.slice(0, 20_000))?.[1]?.trim() ?? '';
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
