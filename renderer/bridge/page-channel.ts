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

/** The page's channel to main. It lives as long as the page. */
export function createPageChannel(bridge: PageBridge): Channel {
  const events = new ChannelEvents();
  const stop = bridge.onMessage((message) => events.emitMessage(message));
  return {
    send: (message) => bridge.send(message),
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close() {
      stop();
      events.emitClose();
    },
  };
}
