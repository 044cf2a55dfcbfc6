import { AppError, fromErrorShape } from '../../contract/errors.ts';
import type { AccountFigure } from '../../contract/provider.ts';
import { readBoundedText } from '../openai-compatible/bounded-body.ts';
import { failureOfAnswer, failureOfTransport, forKey } from '../openai-compatible/failures.ts';
import type { ServerPlace } from '../openai-compatible/try-model.ts';
import { type Account, known, type Provider } from './provider.ts';

const limitMs = 15_000;
const mostBytes = 200_000;
/** Currencies of one account; more is nothing that a person has. */
const mostFigures = 6;

/** Where a provider tells what an account has and spent; null for one of which that is not known. */
export function accountOf({ account }: Provider): Account | null {
  return known(account);
}

/**
 * Asks a provider what its account has left and has spent, by its own count. Rejects with `server/…` where it tells why not,
 * or tells nothing that can be read.
 */
export async function readAccount(
  { address, host, key, fetch: fetchFrom }: ServerPlace,
  account: Account,
  { errors }: Pick<Provider, 'errors'>,
  region: string | null,
): Promise<readonly AccountFigure[]> {
  const signal = AbortSignal.timeout(limitMs);
  const headers = key === null ? {} : { authorization: `Bearer ${key}` };
  const asked = fetchFrom(`${address}${account.path}`, { headers, signal, redirect: 'manual' });
  const response = await asked.catch((error: unknown) => {
    const late = (error as { name?: unknown } | null)?.name === 'TimeoutError';
    const failure = failureOfTransport(error, host);
    throw fromErrorShape(late ? { ...failure, values: { ...failure.values, context: 'late' } } : failure);
  });
  const { text, end } = await readBoundedText(response, { mostBytes, withinMs: limitMs });
  const figures = response.ok ? figuresIn(parsed(text), account, region) : [];
  if (figures.length > 0) return figures;
  if (response.ok && end !== 'whole')
    throw new AppError('server/unreadable', `the account came ${end}`, { values: { host }, action: 'try-again' });
  // Some say what is wrong with a status that says that all is well.
  const status = response.ok ? 400 : response.status;
  throw fromErrorShape(
    forKey(failureOfAnswer(status, text, host, response.headers.get('retry-after'), errors), key !== null),
  );
}

/** The figures of an answer, as far as there are some. */
export function figuresIn(answer: unknown, account: Account, region: string | null): readonly AccountFigure[] {
  const list = account.list === undefined ? [answer] : at(answer, account.list);
  if (!Array.isArray(list)) return [];
  return list.slice(0, mostFigures).flatMap((one: unknown) =>
    account.figures.flatMap(({ what, is, currency }) => {
      const amount = amountOf(at(one, is));
      const charged = chargedIn(one, currency, region);
      if (amount === null || (charged !== 'CNY' && charged !== 'USD')) return [];
      return [{ what, currency: charged, amount }];
    }),
  );
}

function chargedIn(one: unknown, currency: Account['figures'][number]['currency'], region: string | null): unknown {
  if (typeof currency === 'object') return region === null ? null : currency[region];
  return currency.startsWith('/') ? at(one, currency.slice(1)) : currency;
}

/** What stands at names with dots between them. */
function at(value: unknown, names: string): unknown {
  return names.split('.').reduce<unknown>((within, name) => {
    if (typeof within !== 'object' || within === null || !Object.hasOwn(within, name)) return undefined;
    return (within as Readonly<Record<string, unknown>>)[name];
  }, value);
}

/** Amounts come as numbers and as texts; one that is none, or more than anybody has, is not told. */
function amountOf(value: unknown): number | null {
  const isText = typeof value === 'string' && /^-?\d{1,12}(?:\.\d{1,12})?$/.test(value.trim());
  if (typeof value !== 'number' && !isText) return null;
  const amount = Number(value);
  return Number.isFinite(amount) && Math.abs(amount) < 1e12 ? amount : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
