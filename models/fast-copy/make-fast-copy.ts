import { type EngineDeath, EngineProcess } from '../engine/engine-process.ts';

export interface FastCopyOptions {
  readonly node: string;
  /** The entry of the engine process: the file may be foreign, so it is read where nothing else is. */
  readonly entry: string;
  readonly log: (line: string) => void;
}

/** Below the model itself: it answers meanwhile. */
const niceness = 19;

/**
 * Writes the copy in a process of its own, beside the one that answers. Rejects with `model/…`, with `app/not-connected` when
 * the process died, or with the abort reason; then nothing is left.
 */
export async function makeFastCopy(
  { node, entry, log }: FastCopyOptions,
  files: { readonly source: string; readonly target: string },
  signal: AbortSignal,
  onBytes: (doneBytes: number) => void,
): Promise<void> {
  const onDeath = (death: Promise<EngineDeath>) => void death.then(({ how }) => log(`the fast copy ended: ${how}`));
  const engine = new EngineProcess({ node, entry, log, onDeath, niceness });
  try {
    const stream = (await engine.client()).open('engine.makeFastCopy', files);
    const close = () => stream.close();
    signal.addEventListener('abort', close, { once: true });
    try {
      signal.throwIfAborted();
      for await (const { doneBytes } of stream) onBytes(doneBytes);
    } finally {
      signal.removeEventListener('abort', close);
    }
    signal.throwIfAborted();
  } finally {
    engine.dispose();
  }
}
