import { type Channel, ChannelEvents } from './channel.ts';

/** The part of a Node process (child or own) that a channel needs; typed here so that wire stays free of Node. */
export interface ProcessLike {
  // The callback keeps a failed write (the other side died) from becoming an unhandled 'error' event.
  send?(message: unknown, callback?: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect' | 'exit', listener: () => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
  off(event: 'disconnect' | 'exit', listener: () => void): unknown;
  readonly connected?: boolean;
  disconnect?(): void;
}

/** A channel over Node's ipc pipe, in JSON. */
export function createProcessChannel(target: ProcessLike): Channel {
  const events = new ChannelEvents();
  const onMessage = (message: unknown) => events.emitMessage(message);
  const onEnd = () => {
    target.off('message', onMessage);
    target.off('disconnect', onEnd);
    target.off('exit', onEnd);
    events.emitClose();
  };
  target.on('message', onMessage);
  target.on('disconnect', onEnd);
  target.on('exit', onEnd);
  return {
    send(message) {
      if (events.closed || target.connected === false) return;
      target.send?.(message, () => {});
    },
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close() {
      if (target.connected) target.disconnect?.();
      onEnd();
    },
  };
}
