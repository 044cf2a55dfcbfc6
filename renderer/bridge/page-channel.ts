import { type Channel, ChannelEvents } from '../../wire/channel.ts';

/** What preload puts into the page: messages to main and from main, nothing else. */
export interface PageBridge {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  /** Draws the page larger or smaller, in per cent. */
  drawAt?(percent: number): void;
}

declare global {
  interface Window {
    readonly beckon: PageBridge;
  }
}

/**
 * The page's channel to main. It lives as long as the page. Messages that arrive close together are told in one turn, in their
 * order: each turn in which a state changes draws the page anew, and an answer that begins changes five of them.
 */
export function createPageChannel(bridge: PageBridge): Channel {
  const events = new ChannelEvents();
  const waiting: unknown[] = [];
  const turns = new MessageChannel();
  turns.port1.onmessage = () => {
    for (const message of waiting.splice(0)) events.emitMessage(message);
  };
  const stop = bridge.onMessage((message) => {
    if (waiting.push(message) === 1) turns.port2.postMessage(null);
  });
  return {
    send: (message) => bridge.send(message),
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close() {
      stop();
      turns.port1.close();
      events.emitClose();
    },
  };
}
