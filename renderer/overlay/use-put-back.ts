import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Message } from '../../contract/conversation.ts';
import type { PutBackAnswer } from '../../contract/desktop.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Result } from '../../contract/result.ts';
import type { Changes } from '../answer/use-changes.ts';
import { useClient, useMirror } from '../app/backend.ts';

export type PutBackMode = 'replace' | 'insert-below';
export type IsBack = 'yes' | 'maybe' | 'no';

/** What can be done with the finished answer on the screen. */
export interface PutBackView {
  /** `replace`: the place its text came from can be written to. `copy`: only the clipboard is left. Null once it is there. */
  readonly can: 'replace' | 'copy' | null;
  /** Whether it is where its text was; `maybe` where that could not be checked. */
  readonly isBack: IsBack;
  /** Whether some answer can be taken back. */
  readonly canUndo: boolean;
  /** Whether that is this one. */
  readonly isUndoable: boolean;
  /** Why the last try changed nothing, and where the text is then; or that it could not be checked. */
  readonly error: AppErrorShape | null;
  readonly write: (mode: PutBackMode) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly forget: () => void;
}

/** `changes`: what the answer changes; what of it was left out is not written. */
export function usePutBack(messages: readonly Message[], running: boolean, changes: Changes): PutBackView {
  const client = useClient();
  const state = useMirror('putBack');
  const [error, setError] = useState<AppErrorShape | null>(null);
  const last = messages.at(-1);
  // Half an answer would take the place of a whole text, unless the person stopped it there.
  const ended = last?.role === 'assistant' && (last.state === 'complete' || last.state === 'stopped');
  const answer = !running && ended && last.text !== '' ? last : null;
  const target = useMemo(() => {
    const asked = messages.findLast(({ id }) => state?.targets.some(({ questionId }) => questionId === id));
    return state?.targets.find(({ questionId }) => questionId === asked?.id) ?? null;
  }, [messages, state]);
  const { leftOut } = changes;
  // What is said of an answer goes with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another answer counts
  useEffect(() => setError(null), [answer?.id]);
  const conclude = useCallback(
    (result: Result<PutBackAnswer>) => {
      const answered = result.ok ? result.value : { status: 'failed' as const, cause: result.error };
      setError(answered.status === 'failed' ? answered.cause : null);
      if (answered.status !== 'failed') void client.request('overlay.hide', {});
    },
    [client],
  );
  const write = useCallback(
    async (mode: PutBackMode) => {
      if (answer === null) return;
      conclude(await client.request('answer.putBack', { messageId: answer.id, mode, leftOut: [...leftOut] }));
    },
    [client, answer, leftOut, conclude],
  );
  const undo = useCallback(async () => conclude(await client.request('answer.undoPutBack', {})), [client, conclude]);
  const written = state?.written.find(({ messageId }) => messageId === answer?.id) ?? null;
  const canWrite = target === null ? null : target.editable ? 'replace' : 'copy';
  const can = answer === null || written !== null ? null : canWrite;
  const isBack = written === null ? 'no' : written.checked ? 'yes' : 'maybe';
  return {
    can,
    isBack,
    canUndo: state?.undoable != null,
    isUndoable: answer !== null && state?.undoable?.messageId === answer.id,
    error,
    write,
    undo,
    forget: useCallback(() => setError(null), []),
  };
}
