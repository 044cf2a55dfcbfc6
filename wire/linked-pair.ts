import { type Channel, ChannelEvents } from './channel.ts';

/** Two channels joined back to back. Messages arrive in a later microtask and are copied, as between processes. */
export function createLinkedPair(): readonly [Channel, Channel] {
  const left = new ChannelEvents();
  const right = new ChannelEvents();
  return [createEnd(left, right), createEnd(right, left)];
}

function createEnd(own: ChannelEvents, other: ChannelEvents): Channel {
  return {
    send(message) {
      if (own.closed) return;
      const copy: unknown = JSON.parse(JSON.stringify(message));
      queueMicrotask(() => other.emitMessage(copy));
    },
    onMessage: (listener) => own.onMessage(listener),
    onClose: (listener) => own.onClose(listener),
    close() {
      own.emitClose();
      queueMicrotask(() => other.emitClose());
    },
  };
}
