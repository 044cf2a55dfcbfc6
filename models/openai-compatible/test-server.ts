import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { ServerTest } from '../../contract/model.ts';
import { readAddress, withOtherScheme } from './address.ts';
import { readBoundedText } from './bounded-body.ts';
import type { Refusal } from './dialects.ts';
import { failureOfAnswer, failureOfTransport, forKey } from './failures.ts';
import { readModelList } from './model-list.ts';
import { looksLikePage } from './said-error.ts';
import { cleanKey } from './server-key.ts';
import type { AskModel, ServerPlace } from './try-model.ts';

const limitMs = 15_000;
const mostBytes = 4_000_000;

/**
 * Lists the models of an address; with a model's name, tries that model where no list has it. Judged by the body, not the
 * status alone; a missing `/v1` is found and put right. Resolves with what is wrong, never rejects. `ask` tries a model,
 * which sends it a question.
 */
export async function testServer(
  typed: string,
  typedKey: string | null,
  fetchFrom: typeof fetch,
  model: string | null,
  ask: AskModel,
): Promise<ServerTest> {
  try {
    const { address, host } = readAddress(typed);
    const place: ServerPlace = { address, host, key: cleanKey(typedKey), fetch: fetchFrom };
    const outcome = await testPlace(place, model?.trim() ?? '', ask);
    return { ...outcome, instead: insteadOf(outcome) };
  } catch (error) {
    return { ok: false, error: toErrorShape(error), models: [], address: typed, instead: null };
  }
}

function insteadOf({ error, address }: Outcome): string | null {
  if (error?.code === 'server/wrong-scheme') return withOtherScheme(address);
  const other = error?.code === 'server/moved' ? error.values?.['other'] : undefined;
  if (typeof other !== 'string') return null;
  try {
    return readAddress(other).address;
  } catch {
    return null;
  }
}

type Outcome = Omit<ServerTest, 'instead'>;

/** How a list is asked for; as servers of this protocol are asked when left out. */
export interface ListQuestion {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What codes of this server's own mean. */
  readonly refusals?: readonly Refusal[];
}

export type Listing =
  | { readonly kind: 'listed'; readonly models: readonly string[] }
  /** Something of HTTP answered, but no list. */
  | { readonly kind: 'unlisted'; readonly error: AppErrorShape }
  | { readonly kind: 'unreached'; readonly error: AppErrorShape };

async function testPlace(place: ServerPlace, model: string, ask: AskModel): Promise<Outcome> {
  const places = /\/v\d+\w*$/.test(place.address) ? [place] : [place, { ...place, address: `${place.address}/v1` }];
  const errors: AppErrorShape[] = [];
  for (const one of places) {
    const listing = await listModels(one);
    if (listing.kind === 'listed') return testListed(one, listing.models, model, ask);
    if (listing.kind === 'unreached') return failed(place, errors[0] ?? listing.error);
    errors.push(listing.error);
  }
  // Some keys may ask a model and not list them.
  if (model !== '') return tryEach(places, model, [], ask);
  // A failure about the key says more than one about the path.
  return failed(place, errors.find(isAboutKey) ?? errors[0] ?? noList(place));
}

async function testListed(
  place: ServerPlace,
  models: readonly string[],
  model: string,
  ask: AskModel,
): Promise<Outcome> {
  if (model !== '' && !models.includes(model)) return tryEach([place], model, models, ask);
  if (models.length === 0) return failed(place, noList(place));
  return { ok: true, error: null, models: withFirst(model, models), address: place.address };
}

async function tryEach(
  places: readonly ServerPlace[],
  model: string,
  models: readonly string[],
  ask: AskModel,
): Promise<Outcome> {
  let last: AppErrorShape = noList(places[0] as ServerPlace);
  for (const place of places) {
    const error = await ask(place, model);
    if (error === null) return { ok: true, error, models: withFirst(model, models), address: place.address };
    last = error;
    if (!isAboutPath(error)) break;
  }
  return { ok: false, error: last, models, address: places[0]?.address ?? '' };
}

/** Asks an address for its list of models; it carries no text. Never rejects. */
export async function listModels(place: ServerPlace, asked: ListQuestion = usualList(place)): Promise<Listing> {
  const { host, key } = place;
  const signal = AbortSignal.timeout(limitMs);
  try {
    const response = await place.fetch(`${place.address}${asked.path}`, {
      headers: { ...asked.headers },
      signal,
      redirect: 'manual',
    });
    const { text, end } = await readBoundedText(response, { mostBytes, withinMs: limitMs });
    const models = response.ok ? readModelList(parseJson(text)) : null;
    if (models !== null) return { kind: 'listed', models };
    if (response.ok && end !== 'whole' && !looksLikePage(text))
      return { kind: 'unlisted', error: brokenList(host, signal.aborted ? 'too-slow' : end) };
    if (response.status === 400 && place.address.startsWith('http://') && /https/i.test(text))
      return { kind: 'unreached', error: wrongScheme(host) };
    const status = response.ok ? 404 : response.status;
    const failure = forKey(
      failureOfAnswer(status, text, host, response.headers.get('retry-after'), asked.refusals),
      key !== null,
    );
    // A server without a list is asked by a model's name. No model was asked for, so none is missing.
    const error = isAboutPath(failure) || failure.code === 'server/model-missing' ? listless(failure) : failure;
    return { kind: 'unlisted', error };
  } catch (error) {
    return { kind: 'unreached', error: await whyUnreached(error, place) };
  }
}

function usualList({ key }: ServerPlace): ListQuestion {
  return { path: '/models', headers: key === null ? {} : { authorization: `Bearer ${key}` } };
}

async function whyUnreached(error: unknown, place: ServerPlace): Promise<AppErrorShape> {
  const late = (error as { name?: unknown } | null)?.name === 'TimeoutError';
  const failure = failureOfTransport(error, place.host);
  if (late) return { ...failure, values: { ...failure.values, context: 'late' } };
  // A server that waits for TLS hangs up on anything else; asked without the key, whether it answers in TLS tells.
  const other = failure.values?.['context'] === 'reset' ? withOtherScheme(place.address) : null;
  if (other?.startsWith('https:') && (await speaksTls(other, place.fetch))) return wrongScheme(place.host);
  return failure;
}

async function speaksTls(address: string, fetchFrom: typeof fetch): Promise<boolean> {
  try {
    const response = await fetchFrom(`${address}/models`, { signal: AbortSignal.timeout(limitMs), redirect: 'manual' });
    void response.body?.cancel();
    return true;
  } catch (error) {
    return error instanceof AppError && error.code === 'server/certificate';
  }
}

function failed({ address }: ServerPlace, error: AppErrorShape): Outcome {
  return { ok: false, error, models: [], address };
}

/** A list that did not come to its end says nothing of the path. */
function brokenList(host: string, end: 'too-long' | 'too-slow' | 'cut'): AppErrorShape {
  const [code, context] = brokenLists[end];
  return { code, message: `the list of models is ${end}`, values: { host, context }, action: 'try-again' };
}

const brokenLists = {
  'too-long': ['server/too-much', 'list'],
  'too-slow': ['server/unreachable', 'late'],
  cut: ['server/cut', 'list'],
} as const satisfies Record<'too-long' | 'too-slow' | 'cut', readonly [AppErrorShape['code'], string]>;

function withFirst(model: string, models: readonly string[]): readonly string[] {
  return model === '' ? models : [model, ...models.filter((name) => name !== model)];
}

function isAboutPath({ code }: AppErrorShape): boolean {
  return code === 'server/not-found' || code === 'server/not-an-api';
}

function listless(failure: AppErrorShape): AppErrorShape {
  const code = failure.code === 'server/not-an-api' ? failure.code : 'server/not-found';
  return { ...failure, code, values: { ...failure.values, context: failure.values?.['context'] ?? 'list' } };
}

function isAboutKey({ code }: AppErrorShape): boolean {
  return code === 'server/wrong-key' || code === 'server/key-wanted';
}

function noList({ host }: ServerPlace): AppErrorShape {
  return { code: 'server/no-list', message: 'the list of models is empty', values: { host } };
}

function wrongScheme(host: string): AppErrorShape {
  return {
    code: 'server/wrong-scheme',
    message: 'plain http to a server of https',
    values: { host, context: 'https' },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
