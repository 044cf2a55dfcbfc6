import type { AppErrorShape } from '../../contract/errors.ts';
import { failureOfAnswer, failureOfTransport, forKey } from './failures.ts';

export interface ServerPlace {
  /** As `readAddress` gives it. */
  readonly address: string;
  readonly host: string;
  /** As `cleanKey` gives it. */
  readonly key: string | null;
  readonly fetch: typeof fetch;
}

/** Tries a model at a place; null when it answers. */
export type AskModel = (place: ServerPlace, model: string) => Promise<AppErrorShape | null>;

/** A model that is not in memory yet is loaded first. */
const limitMs = 90_000;
const mostCharacters = 64_000;

/** Asks a model by `text` for the beginning of a shortest answer and hangs up; null when one came. */
export async function tryModel(place: ServerPlace, model: string, text: string): Promise<AppErrorShape | null> {
  const { address, host, key } = place;
  try {
    const response = await place.fetch(`${address}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: text }], stream: true }),
      signal: AbortSignal.timeout(limitMs),
      redirect: 'manual',
    });
    const begun = await readBeginning(response);
    const answered = response.ok && /"choices"\s*:/.test(begun) && !/^\s*(data:\s*)?\{\s*"error"/.test(begun);
    if (answered) return null;
    // An error is an error, whatever the status before it says.
    const status = response.ok && !/"error"/.test(begun) ? 404 : response.status;
    const said = begun.replace(/^\s*data:\s*/, '');
    return forKey(failureOfAnswer(status, said, host, response.headers.get('retry-after')), key !== null);
  } catch (error) {
    return failureOfTransport(error, host);
  }
}

/** A body up to the end of its first event that is no comment, or of the whole where it has none. */
async function readBeginning(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    while (reader !== undefined && text.length < mostCharacters) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
      const event = /^data:.*$(?=\r?\n)/m.exec(text)?.[0];
      if (event !== undefined) return event;
    }
    return text;
  } finally {
    void reader?.cancel().catch(() => {});
  }
}
