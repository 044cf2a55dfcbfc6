import type { Disposable } from '../contract/disposable.ts';

/** Two-way transport of plain messages: a child process, a socket, a window, or a linked pair in tests. */
export interface Channel {
  /** Sends one message; a closed channel drops it. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
  /** Called once, also when the channel is closed already (then in a microtask). */
  onClose(listener: () => void): Disposable;
  close(): void;
}

/** Listener bookkeeping that every channel shares. */
export class ChannelEvents {
  readonly #messageListeners = new Set<(message: unknown) => void>();
  readonly #closeListeners = new Set<() => void>();
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    this.#messageListeners.add(listener);
    return { dispose: () => void this.#messageListeners.delete(listener) };
  }

  onClose(listener: () => void): Disposable {
    if (this.#closed) queueMicrotask(listener);
    else this.#closeListeners.add(listener);
    return { dispose: () => void this.#closeListeners.delete(listener) };
  }

  emitMessage(message: unknown): void {
    if (this.#closed) return;
    for (const listener of [...this.#messageListeners]) listener(message);
  }

  emitClose(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listener of [...this.#closeListeners]) listener();
    this.#closeListeners.clear();
    this.#messageListeners.clear();
  }
}
