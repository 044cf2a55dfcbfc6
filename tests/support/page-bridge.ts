export interface BridgeAnswer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string };
}

interface PageBridge {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
}

/** Runs inside the page: one request with an id that the page's own client does not use. */
export function askInPage({ name, input }: { name: string; input: unknown }): Promise<BridgeAnswer> {
  const bridge = (globalThis as unknown as { beckon: PageBridge }).beckon;
  const id = 1_000_000 + Math.floor(Math.random() * 1_000_000_000);
  return new Promise((resolve) => {
    const stop = bridge.onMessage((message) => {
      const frame = message as { id: number; kind: string; value?: unknown; error?: { code: string } };
      if (frame.id !== id) return;
      stop();
      resolve(
        frame.kind === 'value'
          ? { ok: true, value: frame.value }
          : { ok: false, ...(frame.error ? { error: frame.error } : {}) },
      );
    });
    bridge.send({ kind: 'request', id, name, input });
  });
}

/** Runs inside the page: what its own mirror of a state would show. */
export function readState<State>(name: string): Promise<State> {
  const bridge = (globalThis as unknown as { beckon: PageBridge }).beckon;
  const id = 1_000_000 + Math.floor(Math.random() * 1_000_000_000);
  return new Promise((resolve) => {
    const stop = bridge.onMessage((message) => {
      const frame = message as { id: number; value?: unknown };
      if (frame.id !== id) return;
      stop();
      resolve(frame.value as State);
    });
    bridge.send({ kind: 'watch', id, name });
  });
}
