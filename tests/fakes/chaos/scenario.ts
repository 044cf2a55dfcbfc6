import type { Socket } from 'node:net';

/**
 * One way in which a server behaves, and what has to come of it: `stop`, `length`, or the code of the failure, with the text
 * that is kept.
 */
export interface Scenario {
  readonly name: string;
  readonly serve: (socket: Socket) => void;
  readonly end: string;
  readonly text?: string;
  readonly thinking?: string;
  /** It goes on for ever, or is far too much: what is taken of it has a bound, whatever that is. */
  readonly flood?: true;
}

export const kept = 'The tide turns at noon.';

/** The head of an answer; a body without a length ends with its connection. */
export function head(status = 200, headers: Readonly<Record<string, string | number>> = {}): string {
  const given = { 'content-type': 'text/event-stream', connection: 'close', ...headers };
  const lines = Object.entries(given).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Said\r\n${lines.join('')}\r\n`;
}

export function delta(piece: object, reason: string | null = null): string {
  const choices = [{ index: 0, delta: piece, finish_reason: reason }];
  return JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices });
}

export function event(data: string | object): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

export const done = event('[DONE]');
export const stop = event(delta({}, 'stop'));

/** Events with these pieces of text. */
export function says(...pieces: readonly string[]): string {
  return pieces.map((content) => event(delta({ content }))).join('');
}

/** Sends an event stream of these pieces and ends it. */
export function stream(...pieces: readonly (string | Buffer)[]): Scenario['serve'] {
  return (socket) => {
    socket.write(head());
    for (const piece of pieces) socket.write(piece);
    socket.end();
  };
}

/** Sends this and leaves the connection open. */
export function stayOpen(...pieces: readonly string[]): Scenario['serve'] {
  return (socket) => {
    socket.write(head() + pieces.join(''));
  };
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Scenario['serve'] {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (socket) => {
    const length = Buffer.byteLength(text);
    socket.end(head(status, { 'content-type': 'application/json', 'content-length': length, ...headers }) + text);
  };
}

/** Writes the same for ever, as fast as it is taken. */
export function flood(begin: string, piece: string | Buffer): Scenario['serve'] {
  const pieces = typeof piece === 'string' ? Buffer.from(piece) : piece;
  const times = Math.max(1, Math.floor(65_536 / pieces.length));
  const block = Buffer.concat(Array.from({ length: times }, () => pieces));
  return (socket) => {
    socket.write(begin);
    const more = () => {
      while (socket.writable && socket.write(block));
    };
    socket.on('drain', more);
    more();
  };
}

/** Writes piece after piece, one a turn of the event loop, so that each arrives alone. */
export function drip(pieces: Iterable<string | Buffer>, begin = head()): Scenario['serve'] {
  return (socket) => {
    socket.setNoDelay(true);
    const rest = [begin, ...pieces];
    const more = () => {
      const piece = rest.shift();
      if (piece === undefined) socket.end();
      else if (socket.writable) socket.write(piece, () => setImmediate(more));
    };
    more();
  };
}
