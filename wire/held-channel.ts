import { type Channel, ChannelEvents } from './channel.ts';

/** A channel whose messages wait until it is released: for a server that is not ready when the first requests come. */
export interface HeldChannel {
  readonly channel: Channel;
  release(): void;
}

export function holdChannel(inner: Channel): HeldChannel {
  const events = new ChannelEvents();
  let waiting: unknown[] | null = [];
  inner.onMessage((message) => {
    if (waiting === null) events.emitMessage(message);
    else waiting.push(message);
  });
  inner.onClose(() => events.emitClose());
  return {
    channel: {
      send: (message) => inner.send(message),
      onMessage: (listener) => events.onMessage(listener),
      onClose: (listener) => events.onClose(listener),
      close: () => inner.close(),
    },
    release() {
      const held = waiting ?? [];
      waiting = null;
      for (const message of held) events.emitMessage(message);
    },
  };
}
