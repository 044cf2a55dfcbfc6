import { type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import { bridgeChannel, bridgeMessageLimit } from '../../contract/bridge.ts';
import { type Disposable, DisposableStore } from '../../contract/disposable.ts';
import { type RendererContract, rendererContract } from '../../contract/renderer.ts';
import { type Channel, ChannelEvents } from '../../wire/channel.ts';
import { type Handlers, serve } from '../../wire/server.ts';
import { type BridgeSender, exceedsLimit, isTrustedSender } from '../bridge/sender.ts';

export interface BridgeOptions {
  readonly isKnownWindow: (webContentsId: number) => boolean;
  readonly handlers: Handlers<RendererContract>;
  readonly onBug: (name: string, error: unknown) => void;
  readonly onRefused: (reason: 'sender' | 'size') => void;
}

/** Answers the pages. One channel a document: a reload or a crash ends it with all its streams. */
export class Bridge implements Disposable {
  readonly #options: BridgeOptions;
  readonly #pages = new Map<number, Page>();

  constructor(options: BridgeOptions) {
    this.#options = options;
    ipcMain.on(bridgeChannel, this.#onMessage);
  }

  /** Call once for every window of ours, when it is made. */
  attach(contents: WebContents): void {
    const id = contents.id;
    const end = () => this.#end(id);
    contents.on('did-start-navigation', (details, _url, inPlace, isMainFrame) => {
      // Electron 25 passes positional arguments, newer ones a details object; both carry the same two facts.
      const main = isMainFrame ?? details.isMainFrame;
      const same = inPlace ?? details.isSameDocument;
      if (main && !same) end();
    });
    contents.on('render-process-gone', end);
    contents.on('destroyed', end);
  }

  dispose(): void {
    ipcMain.off(bridgeChannel, this.#onMessage);
    for (const id of [...this.#pages.keys()]) this.#end(id);
  }

  readonly #onMessage = (event: IpcMainEvent, message: unknown): void => {
    if (!isTrustedSender(senderOf(event), this.#options.isKnownWindow)) {
      this.#options.onRefused('sender');
      return;
    }
    if (exceedsLimit(message, bridgeMessageLimit)) {
      this.#options.onRefused('size');
      const id = (message as { id?: unknown } | null)?.id;
      const error = { code: 'message/too-large', message: 'bridge message over the limit' };
      if (Number.isSafeInteger(id)) event.sender.send(bridgeChannel, { kind: 'error', id, error });
      return;
    }
    this.#pageFor(event.sender).events.emitMessage(message);
  };

  #pageFor(contents: WebContents): Page {
    const known = this.#pages.get(contents.id);
    if (known !== undefined) return known;
    const events = new ChannelEvents();
    const channel = createPageChannel(contents, events);
    const store = new DisposableStore();
    store.add(serve(channel, rendererContract, this.#options.handlers, { onBug: this.#options.onBug }));
    const page = { events, store };
    this.#pages.set(contents.id, page);
    return page;
  }

  #end(id: number): void {
    const page = this.#pages.get(id);
    this.#pages.delete(id);
    page?.events.emitClose();
    page?.store.dispose();
  }
}

interface Page {
  readonly events: ChannelEvents;
  readonly store: DisposableStore;
}

function createPageChannel(contents: WebContents, events: ChannelEvents): Channel {
  return {
    send(message) {
      if (!events.closed && !contents.isDestroyed()) contents.send(bridgeChannel, message);
    },
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close: () => events.emitClose(),
  };
}

/** Who sent a message, as far as it matters for trusting it. */
export function senderOf(event: IpcMainEvent): BridgeSender {
  const frame = event.senderFrame ?? null;
  return {
    webContentsId: event.sender.id,
    frameOrigin: frame?.origin ?? null,
    isMainFrame: frame !== null && frame === event.sender.mainFrame,
  };
}
