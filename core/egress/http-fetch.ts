import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { boundConnecting, connectMs } from './connection-clock.ts';
import { type EndingRequest, TunnelAgent } from './tunnel-agent.ts';
import { unpacked } from './unpacked.ts';
import { UnreadableAnswer, unreadableOf } from './unreadable.ts';

/** How one address is reached. */
export interface Way {
  /** The connections to use, such as those through a proxy. */
  readonly agent: http.Agent;
  /** How its name becomes an address; the system's way where there is none. */
  readonly lookup: LookupFunction | undefined;
  /** What is thrown where no answer came, or one that cannot be read. */
  readonly describe: (error: unknown) => Error;
  /** What is thrown instead of an answer that is not the server's own. */
  readonly refusalOf: (status: number) => Error | null;
}

export interface HttpFetchOptions {
  /** Asked before each connection, where one is sent on too; it may throw. Node's own way when left out. */
  readonly wayFor?: (url: URL) => Promise<Way>;
  /** Longest time until a connection stands, in milliseconds. */
  readonly connectMs?: number;
}

/** Nothing packed is asked for: it is larger than it looks. */
const usual = [
  ['accept-encoding', 'identity'],
  ['accept', '*/*'],
  ['user-agent', 'Beckon'],
] as const;
const mostRedirects = 10;
/** Bounds how often a server may say something before its answer ("100 Continue"). */
const mostAnnounced = 1000;
const withoutBody: readonly number[] = [204, 205, 304];

/**
 * A `fetch` over Node's http and https. The one that is built in ends the whole process when a connection ends while its
 * reader lags behind (a failed assertion in a socket's handler, which no caller can catch); here whatever a server does ends
 * one request. A body is handed over as it is asked for, unpacked in small pieces, so that none of it piles up; headers
 * stay under Node's limit of 16 KB. Fails as the built-in one does: a TypeError whose `cause` is what happened.
 */
export function createHttpFetch(options: HttpFetchOptions = {}): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
    let hop: Hop = { url: new URL(request.url), method: request.method, headers: new Headers(request.headers), body };
    for (const [name, value] of usual) if (!hop.headers.has(name)) hop.headers.set(name, value);
    for (let redirects = 0; ; redirects += 1) {
      const answered = await send(hop, request.signal, options);
      const { incoming } = answered;
      const next = request.redirect === 'follow' ? nextHop(hop, incoming) : null;
      if (next === null) return toResponse(answered, hop, request.signal);
      incoming.destroy();
      if (redirects === mostRedirects) throw failed(new Error('too many redirects'));
      hop = next;
    }
  };
}

interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Buffer | null;
}

interface Answered {
  readonly incoming: http.IncomingMessage;
  readonly describe: Way['describe'];
  /** What broke the answer after it had begun: its own error only tells that it ended. */
  readonly broken: () => unknown;
}

/** Asks once more where a connection that was kept open had been closed by the server: it cannot have read the question. */
async function send(hop: Hop, signal: AbortSignal, options: HttpFetchOptions): Promise<Answered> {
  try {
    return await sendOnce(hop, signal, options);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    return sendOnce(hop, signal, options);
  }
}

class StaleConnection extends TypeError {}

async function sendOnce(hop: Hop, signal: AbortSignal, options: HttpFetchOptions): Promise<Answered> {
  signal.throwIfAborted();
  const way = await options.wayFor?.(hop.url);
  signal.throwIfAborted();
  const describe = way?.describe ?? failed;
  return new Promise((resolve, reject) => {
    const sent = beginRequest(hop, signal, way);
    // A tunnel bounds itself, and knows whom it waits for.
    if (!(way?.agent instanceof TunnelAgent)) boundConnecting(sent, options.connectMs ?? connectMs);
    sent.on('response', (incoming) => {
      const refusal = way?.refusalOf(incoming.statusCode ?? 0) ?? null;
      if (refusal === null) return resolve({ incoming, describe, broken: () => broken });
      sent.destroy();
      reject(refusal);
    });
    let announced = 0;
    let broken: unknown = null;
    sent.on('socket', surviveErrors);
    sent.on('information', () => {
      announced += 1;
      if (announced > mostAnnounced) sent.destroy(new UnreadableAnswer('announced', 'nothing but announcements'));
    });
    sent.on('upgrade', (_answer, socket) => {
      socket.destroy();
      reject(describe(new UnreadableAnswer('switched', 'switched to another protocol')));
    });
    // Stays for what goes wrong after the answer has begun: the body tells its reader.
    sent.on('error', (error: NodeJS.ErrnoException) => {
      broken ??= error;
      if (signal.aborted) reject(signal.reason as Error);
      else if (sent.reusedSocket && error.code === 'ECONNRESET')
        reject(new StaleConnection('fetch failed', { cause: error }));
      else reject(describe(error));
    });
    // A request whose connection is still to come does not tell of its own end.
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    sent.on('close', () => signal.removeEventListener('abort', onAbort));
    sent.end(hop.body ?? undefined);
  });
}

function beginRequest({ url, method, headers, body }: Hop, signal: AbortSignal, way: Way | undefined) {
  const { request } = url.protocol === 'https:' ? https : http;
  const { agent, lookup } = way ?? {};
  const ending: EndingRequest = { ends: signal };
  return request(url, {
    ...ending,
    method,
    headers: { ...Object.fromEntries(headers), ...(body === null ? {} : { 'content-length': body.length }) },
    signal,
    ...(agent ? { agent } : {}),
    ...(lookup ? { lookup } : {}),
  });
}

/**
 * Node takes its own listener off a connection when an answer has ended, and tells an error of that moment to nobody: one that is
 * given up with its last piece read, and its end not, would end the whole process. Whoever asks is told by the request or the body.
 */
function surviveErrors(socket: Socket): void {
  if (!socket.listeners('error').includes(toNobody)) socket.on('error', toNobody);
}

function toNobody(): void {}

function toResponse(answered: Answered, { url, method }: Hop, signal: AbortSignal): Response {
  const { incoming, describe } = answered;
  const status = incoming.statusCode ?? 0;
  // Errors of a body that nobody reads yet, or any more, are nobody's.
  incoming.on('error', () => {});
  if (status < 200 || status > 599) {
    incoming.destroy();
    throw describe(new UnreadableAnswer('status', 'a status that is none of HTTP', String(status)));
  }
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const hasBody = method !== 'HEAD' && !withoutBody.includes(status);
  if (!hasBody) incoming.resume();
  const stream = hasBody ? unpacked(incoming, headers.get('content-encoding')) : null;
  const body = stream === null ? null : toBody(stream, answered, signal);
  const response = new Response(body, { status, headers });
  Object.defineProperty(response, 'url', { value: url.href });
  return response;
}

/** Reads on only when asked; leaving it closes the connection. */
function toBody(
  stream: Readable,
  { incoming, describe, broken }: Answered,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  stream.on('error', () => {});
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await pieces.next();
          if (next.done !== true) return controller.enqueue(next.value);
          // Node takes a connection that breaks for the end of what only its connection ends.
          if (endsByConnection(incoming) && broken() !== null) throw broken();
          controller.close();
        } catch (error) {
          const unreadable = unreadableOf(error, true) ?? unreadableOf(broken(), true);
          const cause = unreadable === null ? failed(error) : describe(unreadable);
          controller.error(signal.aborted ? signal.reason : cause);
        }
      },
      cancel() {
        stream.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Whether nothing in the head of an answer tells how long it is. */
function endsByConnection({ headers }: http.IncomingMessage): boolean {
  return headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
}

function nextHop(hop: Hop, { statusCode = 0, headers }: http.IncomingMessage): Hop | null {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return null;
  if (!URL.canParse(headers.location, hop.url.href)) return null;
  const url = new URL(headers.location, hop.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw failed(new Error(`redirected to ${url.protocol}`));
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') throw failed(new Error('redirected to plain http'));
  const next = new Headers(hop.headers);
  // What is meant for one server is not for another.
  if (url.origin !== hop.url.origin) for (const name of ['authorization', 'cookie', 'host']) next.delete(name);
  const becomesGet = statusCode === 303 || (statusCode < 303 && hop.method === 'POST');
  if (!becomesGet || hop.method === 'HEAD') return { ...hop, url, headers: next };
  next.delete('content-type');
  return { url, method: 'GET', headers: next, body: null };
}

function failed(cause: unknown): Error {
  return new TypeError('fetch failed', { cause });
}
