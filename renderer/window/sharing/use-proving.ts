import { useEffect, useRef, useState } from 'react';
import type { AppErrorShape } from '../../../contract/errors.ts';
import { toErrorShape } from '../../../contract/errors.ts';
import { useClient } from '../../app/backend.ts';

/** How far the examples of an action are; null while nothing runs. */
export interface Proving {
  readonly model: string | null;
  readonly done: number;
  readonly total: number;
}

export interface Proves {
  readonly proving: Proving | null;
  readonly error: AppErrorShape | null;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Runs the examples of an action, or of one that is looked at, on the model of this machine. Leaving the view ends it. */
export function useProving(
  of: { readonly atomId: string | null; readonly reviewId: string | null },
  onEnd: () => void,
): Proves {
  const client = useClient();
  const [proving, setProving] = useState<Proving | null>(null);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const running = useRef<{ close(): void } | null>(null);
  const stop = () => running.current?.close();
  useEffect(() => () => running.current?.close(), []);
  const start = async () => {
    if (running.current !== null) return;
    const stream = client.open('sharing.prove', { ...of, modelId: null });
    running.current = stream;
    setError(null);
    setProving({ model: null, done: 0, total: 0 });
    try {
      for await (const part of stream) {
        if (part.type === 'model') setProving({ model: part.name, done: 0, total: part.total });
        else setProving((now) => (now === null ? null : { ...now, done: now.done + 1 }));
      }
    } catch (why) {
      setError(toErrorShape(why));
    } finally {
      running.current = null;
      setProving(null);
      onEnd();
    }
  };
  return { proving, error, start: () => void start(), stop };
}
