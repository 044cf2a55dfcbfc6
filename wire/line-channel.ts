import { type Channel, ChannelEvents } from './channel.ts';

/** The part of a socket that a line channel needs. Text arrives decoded (set the encoding to utf8 first). */
export interface SocketLike {
  write(text: string): boolean;
  end(): unknown;
  destroy(): unknown;
  on(event: 'data', listener: (text: string) => void): unknown;
  on(event: 'close' | 'error', listener: () => void): unknown;
  /** Bytes that the other side has not taken yet. */
  readonly writableLength?: number;
}

export interface LineLimits {
  /** Longest first line, in characters: what a peer may make us hold before it has said who it is. */
  readonly firstLine: number;
  /** Longest further line, in characters; and what is held for a peer that does not read, in bytes. */
  readonly line: number;
}

const usualLimits: LineLimits = { firstLine: 64_000_000, line: 64_000_000 };

/** A channel of one JSON value a line. A line that is no JSON or too long closes it, and so does a peer that never reads. */
export function createLineChannel(socket: SocketLike, limits = usualLimits): Channel {
  const events = new ChannelEvents();
  const lines = new LineReader(limits);
  const drop = () => {
    socket.destroy();
    events.emitClose();
  };
  socket.on('data', (text) => {
    // What an earlier line brought about may have closed it.
    for (const line of lines.take(text)) {
      if (events.closed) return;
      const message = line === null ? undefined : parsed(line);
      if (message === undefined) return drop();
      events.emitMessage(message);
    }
  });
  socket.on('error', () => events.emitClose());
  socket.on('close', () => events.emitClose());
  return {
    send(message) {
      if (events.closed) return;
      if ((socket.writableLength ?? 0) > limits.line) drop();
      else socket.write(`${JSON.stringify(message)}\n`);
    },
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close() {
      socket.end();
      events.emitClose();
    },
  };
}

/** Cuts what arrives into lines; each character is looked at once, however small the pieces are that it comes in. */
class LineReader {
  readonly #limits: LineLimits;
  #pieces: string[] = [];
  #length = 0;
  #isFirst = true;

  constructor(limits: LineLimits) {
    this.#limits = limits;
  }

  /** The lines that are whole now, without empty ones; null, and nothing after it, where one is too long. */
  *take(text: string): Generator<string | null> {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (!this.#hold(text.slice(start, end))) return yield null;
      start = end + 1;
      const line = this.#pieces.join('');
      this.#pieces = [];
      this.#length = 0;
      if (line === '') continue;
      this.#isFirst = false;
      yield line;
    }
    if (!this.#hold(text.slice(start))) yield null;
  }

  #hold(piece: string): boolean {
    if (piece !== '') this.#pieces.push(piece);
    this.#length += piece.length;
    return this.#length <= (this.#isFirst ? this.#limits.firstLine : this.#limits.line);
  }
}

/** Undefined for what is no JSON. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
