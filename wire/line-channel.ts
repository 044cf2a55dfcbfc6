import { type Channel, ChannelEvents } from './channel.ts';

/** The part of a socket that a line channel needs. Text arrives decoded (set the encoding to utf8 first). */
export interface SocketLike {
  write(text: string): boolean;
  end(): unknown;
  destroy(): unknown;
  on(event: 'data', listener: (text: string) => void): unknown;
  on(event: 'close' | 'error', listener: () => void): unknown;
}

/** Longest line in characters; a peer that sends more is cut off. */
const lineLimit = 64_000_000;

/** A channel of one JSON value a line. A line that is no JSON closes it. */
export function createLineChannel(socket: SocketLike): Channel {
  const events = new ChannelEvents();
  let buffered = '';
  const drop = () => {
    socket.destroy();
    events.emitClose();
  };
  const take = (line: string) => {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      drop();
      return;
    }
    events.emitMessage(message);
  };
  socket.on('data', (text) => {
    const pieces = (buffered + text).split('\n');
    buffered = pieces.pop() ?? '';
    for (const line of pieces) if (line !== '') take(line);
    if (buffered.length > lineLimit) drop();
  });
  socket.on('error', () => events.emitClose());
  socket.on('close', () => events.emitClose());
  return {
    send(message) {
      if (!events.closed) socket.write(`${JSON.stringify(message)}\n`);
    },
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close() {
      socket.end();
      events.emitClose();
    },
  };
}
