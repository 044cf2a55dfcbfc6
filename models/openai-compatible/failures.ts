import { AppError, type AppErrorShape, type ErrorAction, type ErrorCode } from '../../contract/errors.ts';
import { dialects, type Refusal, refusalsByWords } from './dialects.ts';
import { looksLikePage, readSaidError, type SaidError, said } from './said-error.ts';
import { waitInHeader } from './wait-time.ts';

/**
 * What a server's answer means, by what it says and then by its status: some answer a bad key with 400 or 200. `own`: what
 * codes of this server's own mean, before those of all.
 */
export function failureOfAnswer(
  status: number,
  body: string,
  host: string,
  retryAfter: string | null,
  own: readonly Refusal[] = [],
): AppErrorShape {
  const words = readSaidError(body);
  const isPage = looksLikePage(body);
  const said = isPage ? null : causeOf(status < 300 ? 0 : status, words, own);
  const cause: Cause = said ?? causeByStatus(status, isPage);
  return toShape(cause, words, { host, status, waitMs: waitInHeader(retryAfter) ?? words.waitMs });
}

/** What an error means that a server tells within an answer, whose status said that all was well. */
export function failureWithin(value: unknown, host: string, own: readonly Refusal[] = []): AppErrorShape {
  const words = said(value);
  const status = Number(words.codes.find((code) => /^[45]\d\d$/.test(code)) ?? 0);
  const wouldRepeat = isFinal(status) || (status === 0 && dialects.refusing.test(words.sentence));
  const unknown: Cause = { code: 'server/error-within', ...(wouldRepeat ? { action: 'choose-model' } : {}) };
  return toShape(causeOf(status, words, own) ?? unknown, words, { host, status, waitMs: words.waitMs });
}

/** What came instead of an answer, in words that are no part of the protocol. */
export function failureOfWords(text: string, host: string, own: readonly Refusal[] = []): AppErrorShape {
  const words = readSaidError(text);
  const isNothing = text.trim() === '';
  const unknown = isNothing ? 'server/nothing' : looksLikePage(text) ? 'server/not-an-api' : 'server/garbled';
  return toShape((isNothing ? null : causeOf(0, words, own)) ?? { code: unknown }, words, { host, waitMs: null });
}

/** Turns a refusal of the key into a wish for one where none was sent. */
export function forKey(error: AppErrorShape, hasKey: boolean): AppErrorShape {
  return error.code === 'server/wrong-key' && !hasKey ? { ...error, code: 'server/key-wanted' } : error;
}

interface Cause {
  readonly code: ErrorCode;
  readonly context?: string;
  readonly action?: ErrorAction;
}

function causeOf(status: number, { words, codes, params }: SaidError, own: readonly Refusal[]): Cause | null {
  const row = [...own, ...refusalsByWords].find(
    (one) =>
      (one.statuses?.includes(status) ?? true) &&
      (one.codes?.some((code) => codes.includes(code)) ?? true) &&
      (one.params?.some((param) => params.includes(param)) ?? true) &&
      (one.says?.test(words) ?? true),
  );
  if (row === undefined) return null;
  const { code, context } = row;
  if (context === undefined) return { code };
  return { code, context, ...(code === 'server/failed' ? { action: 'choose-model' } : {}) };
}

function causeByStatus(status: number, isPage: boolean): Cause {
  // Above, a page comes from what stands before a server that is down.
  const isBarred = [403, 407, 429, 451, 511].includes(status);
  if (isPage && status === 401) return { code: 'server/wrong-key' };
  if (isPage && isBarred) return { code: 'server/not-an-api', context: 'barred', action: 'open-models' };
  if (isPage && status === 413) return { code: 'server/context-full' };
  if (isPage && status < 500) return { code: 'server/not-an-api' };
  if (status === 404 || status === 405 || status === 410) return { code: 'server/not-found' };
  if (status === 304) return { code: 'server/unreadable', context: 'status' };
  if (status >= 300 && status < 400) return { code: 'server/moved', context: 'nowhere' };
  return isFinal(status)
    ? { code: 'server/failed', context: 'refused', action: 'choose-model' }
    : { code: 'server/failed' };
}

/** Whether the same question would be refused again: it is at fault by the status, or the server knows no such thing. */
function isFinal(status: number): boolean {
  if (status === 501 || status === 505) return true;
  return status >= 400 && status < 500 && ![408, 409, 423, 425, 429].includes(status);
}

/** What could help: the same again only where that may end otherwise. */
const steps: Partial<Record<ErrorCode, ErrorAction>> = {
  'server/busy': 'try-again',
  'server/failed': 'try-again',
  'server/error-within': 'try-again',
  'server/context-full': 'choose-model',
  'server/no-balance': 'choose-model',
  'server/model-missing': 'choose-model',
  'server/model-unfit': 'choose-model',
  'server/model-not-loaded': 'choose-model',
  'server/not-allowed': 'choose-model',
  'server/no-memory': 'choose-model',
  'server/refused-content': 'choose-model',
  'server/wrong-key': 'open-models',
  'server/not-found': 'open-models',
  'server/not-an-api': 'open-models',
  'server/moved': 'open-models',
};

const usualPauseMs = 3000;
const longestPauseMs = 120_000;
/** A wait that is longer is not said as a number: the server's own words tell of a day or a month. */
const longestSaidMs = 86_400_000;

function toShape(
  { code, context, action = steps[code] }: Cause,
  { words, sentence, field }: SaidError,
  { host, status, waitMs }: { readonly host: string; readonly status?: number; readonly waitMs: number | null },
): AppErrorShape {
  const mayEnd = code === 'server/busy' || context === 'for-now';
  const saysWait = mayEnd && waitMs !== null && waitMs >= 1000 && waitMs <= longestSaidMs;
  // What is wrong with a field is often said without its name.
  const namedField = context === 'refused' && field !== null && !sentence.includes(field) ? { namedField: field } : {};
  const said = !saysWait ? context : context === undefined ? 'wait' : `${context}-wait`;
  return {
    code,
    message: words.slice(0, 500),
    values: {
      host,
      ...(status === undefined ? {} : { status }),
      ...(said === undefined ? {} : { context: said }),
      ...(saysWait ? { waitMs } : {}),
      ...namedField,
      ...(sentence === '' ? {} : { says: sentence }),
    },
    ...(code === 'server/busy' ? { retry: { afterMs: Math.min(waitMs ?? usualPauseMs, longestPauseMs) } } : {}),
    ...(code === 'server/failed' && context === undefined ? { retry: { afterMs: 2000 } } : {}),
    ...(action === undefined ? {} : { action }),
  };
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
