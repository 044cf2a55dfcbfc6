import { AppError, type AppErrorShape, type ErrorAction, type ErrorCode } from '../../contract/errors.ts';
import { dialects } from './dialects.ts';
import { looksLikePage, readSaidError, type SaidError, said } from './said-error.ts';

/** What a server's answer means, by what it says and then by its status: some answer a bad key with 400 or 200. */
export function failureOfAnswer(status: number, body: string, host: string, retryAfter: string | null): AppErrorShape {
  const words = readSaidError(body);
  const known = codeOf(status, words) ?? codeByStatus(status, body);
  return { ...shapeOf(known, words, { host, status }), ...whatNext(known, retryAfter) };
}

/** What an error means that a server tells within an answer, whose status said that all was well. */
export function failureWithin(value: unknown, host: string): AppErrorShape {
  const words = said(value);
  const status = Number(words.codes.find((code) => /^[45]\d\d$/.test(code)) ?? 0);
  const known = codeOf(status, words) ?? 'server/error-within';
  return { ...shapeOf(known, words, { host, status }), ...whatNext(known, null) };
}

/** What came instead of an answer, in words that are no part of the protocol. */
export function failureOfWords(text: string, host: string): AppErrorShape {
  const words = readSaidError(text);
  const isNothing = text.trim() === '';
  const unknown = isNothing ? 'server/nothing' : looksLikePage(text) ? 'server/not-an-api' : 'server/garbled';
  const known = (isNothing ? null : codeOf(0, words)) ?? unknown;
  return { ...shapeOf(known, words, { host }), ...whatNext(known, null) };
}

function codeOf(status: number, { words, codes }: SaidError): ErrorCode | null {
  const row = dialects.refusals.find(
    ({ statuses, codes: known, says }) =>
      (statuses?.includes(status) ?? true) &&
      (known?.some((code) => codes.includes(code)) ?? true) &&
      (says?.test(words) ?? true),
  );
  return row?.code ?? null;
}

function codeByStatus(status: number, body: string): ErrorCode {
  // Above, a page comes from what stands before a server that is down.
  if (status < 500 && looksLikePage(body)) return 'server/not-an-api';
  if (status === 404 || status === 405) return 'server/not-found';
  if (status >= 300 && status < 400) return 'server/moved';
  return 'server/failed';
}

/** What could help: the same again only where that may end otherwise. */
const steps: Partial<Record<ErrorCode, ErrorAction>> = {
  'server/busy': 'try-again',
  'server/failed': 'try-again',
  'server/error-within': 'try-again',
  'server/context-full': 'choose-model',
  'server/no-balance': 'choose-model',
  'server/model-missing': 'choose-model',
  'server/not-allowed': 'choose-model',
  'server/no-memory': 'choose-model',
  'server/refused-content': 'choose-model',
};

function whatNext(code: ErrorCode, retryAfter: string | null): Pick<AppErrorShape, 'retry' | 'action'> {
  const action = steps[code];
  const next = action === undefined ? {} : { action };
  if (code === 'server/busy') return { ...next, retry: { afterMs: retryAfterMs(retryAfter) } };
  return code === 'server/failed' ? { ...next, retry: { afterMs: 2000 } } : next;
}

/** What a transport error means; errors of our own (the offline lock) pass through. */
export function failureOfTransport(error: unknown, host: string): AppErrorShape {
  const own = findOwn(error);
  if (own !== null) return { code: own.code, message: own.message, ...own.detail };
  const message = [error, (error as { cause?: unknown } | null)?.cause]
    .map((part) => (part instanceof Error ? part.message : ''))
    .filter((part) => part !== '')
    .join(': ');
  return { code: 'server/unreachable', message, values: { host }, retry: { afterMs: 2000 }, action: 'try-again' };
}

/** What it means that a body broke off: its connection did, or it was packed in no way that can be unpacked. */
export function failureOfBody(error: unknown, host: string): AppErrorShape {
  const own = findOwn(error);
  if (own !== null) return { code: own.code, message: own.message, ...own.detail };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'server/cut', message, values: { host }, retry: { afterMs: 0 }, action: 'try-again' };
}

function findOwn(error: unknown): AppError | null {
  let current: unknown = error;
  for (let depth = 0; depth < 6 && current !== null && typeof current === 'object'; depth += 1) {
    if (current instanceof AppError) return current;
    current = (current as { cause?: unknown }).cause;
  }
  return null;
}

function shapeOf(
  code: ErrorCode,
  { words, sentence }: SaidError,
  values: Record<string, string | number>,
): Pick<AppErrorShape, 'code' | 'message' | 'values'> {
  return { code, message: words.slice(0, 500), values: sentence === '' ? values : { ...values, says: sentence } };
}

const usualPauseMs = 3000;
const longestPauseMs = 120_000;

/** In seconds or as a date; a time that has passed, or that is none, says nothing. */
function retryAfterMs(header: string | null): number {
  if (header === null || header.trim() === '') return usualPauseMs;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return ms >= 0 ? Math.min(ms, longestPauseMs) : usualPauseMs;
}
