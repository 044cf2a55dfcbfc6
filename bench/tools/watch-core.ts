import type { SocketClient } from '../../core/socket/socket-client.ts';

/** Tells when core says, over its socket to this process, that it has the next selection; milliseconds since 1970. */
export function watchSelections(core: SocketClient): () => Promise<number> {
  const context = core.watch('context');
  const selected = () =>
    context.getSnapshot()?.chips.find(({ kind, status }) => kind === 'selection' && status === 'ready')?.id;
  return () => {
    const before = selected();
    return next(context, () => {
      const now = selected();
      return now !== undefined && now !== before;
    });
  };
}

/** Tells when core says that the next answer is back in the text it is about: it has read it there again. */
export function watchPutBacks(core: SocketClient): () => Promise<number> {
  const putBack = core.watch('putBack');
  const last = () => putBack.getSnapshot()?.undoable?.messageId;
  return () => {
    const before = last();
    return next(putBack, () => last() !== undefined && last() !== before);
  };
}

/** Tells when core says that it has begun what the next key of an action asks for. */
export function watchCalls(core: SocketClient): () => Promise<number> {
  const called = core.watch('called');
  return () => next(called, () => called.getSnapshot()?.call?.status === 'begun');
}

function next(state: ReturnType<SocketClient['watch']>, isThere: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const stop = state.subscribe(() => {
      if (!isThere()) return;
      stop();
      resolve(performance.timeOrigin + performance.now());
    });
  });
}
