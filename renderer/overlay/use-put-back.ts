import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Message } from '../../contract/conversation.ts';
import type { PutBackMode } from '../../contract/desktop.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Result } from '../../contract/result.ts';
import type { Back, PutBackState } from '../../contract/routes/put-back.ts';
import type { Changes } from '../answer/use-changes.ts';
import { useClient, useMirror } from '../app/backend.ts';

export type IsBack = 'yes' | 'maybe' | 'no';

/** What can be done with the finished answer on the screen. */
export interface PutBackView {
  /**
   * `replace`: the place its text came from can be written to. `either`: that too, but it answers a question in the person's
   * own words and is rather copied. `copy`: only the clipboard is left. Null once it is there.
   */
  readonly can: 'replace' | 'either' | 'copy' | null;
  /** Nobody has tried to put text back there: it takes the person's word. */
  readonly asksFirst: boolean;
  /** The application that the text came from, by its own name for people; null where that is not known. */
  readonly application: string | null;
  /** Whether it is where its text was; `maybe` where that could not be checked. */
  readonly isBack: IsBack;
  /** Whether some answer can be taken back. */
  readonly canUndo: boolean;
  /** Whether that is this one. */
  readonly isUndoable: boolean;
  /** Why the last try changed nothing, and where the text is then; or that it could not be checked. */
  readonly error: AppErrorShape | null;
  /** Asks core to put it back; what becomes of it is in its state. */
  readonly write: (mode: PutBackMode, word?: 'once' | 'always') => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly forget: () => void;
}

/** `changes`: what the answer changes; what of it was left out is not written. */
export function usePutBack(messages: readonly Message[], running: boolean, changes: Changes): PutBackView {
  const client = useClient();
  const state = useMirror('putBack');
  const last = messages.at(-1);
  // Half an answer would take the place of a whole text, unless the person stopped it there.
  const ended = last?.role === 'assistant' && (last.state === 'complete' || last.state === 'stopped');
  const answer = !running && ended && last.text !== '' ? last : null;
  const target = useMemo(() => {
    const asked = messages.findLast(({ id }) => state?.targets.some(({ questionId }) => questionId === id));
    return state?.targets.find(({ questionId }) => questionId === asked?.id) ?? null;
  }, [messages, state]);
  const { error, note, forget } = useTold(state, answer?.id ?? null);
  const { leftOut } = changes;
  const write = useCallback(
    async (mode: PutBackMode, word?: 'once' | 'always') => {
      if (answer === null) return;
      const asked = { messageId: answer.id, mode, leftOut: [...leftOut], ...(word === undefined ? {} : { word }) };
      note(await client.request('answer.putBack', asked));
    },
    [client, answer, leftOut, note],
  );
  const undo = useCallback(async () => note(await client.request('answer.undoPutBack', {})), [client, note]);
  const isOfAction = messages.findLast(({ role }) => role === 'user')?.action != null;
  const canWrite = target === null ? null : !target.editable ? 'copy' : isOfAction ? 'replace' : 'either';
  const isBack = isBackBy(state?.answers.find(({ messageId }) => messageId === answer?.id)?.back ?? null);
  return {
    can: answer === null || isBack !== 'no' ? null : canWrite,
    asksFirst: target?.asksFirst === true,
    application: target?.application ?? null,
    isBack,
    canUndo: state?.undoable != null,
    isUndoable: answer !== null && state?.undoable?.messageId === answer.id,
    error,
    write,
    undo,
    forget,
  };
}

/** What core tells of the last try, or that it could not be asked. What is said of an answer goes with it. */
function useTold(state: PutBackState | undefined, answerId: string | null) {
  const client = useClient();
  const [refused, setRefused] = useState<AppErrorShape | null>(null);
  const told = state?.answers.find(({ messageId }) => messageId === state.told) ?? null;
  const toldId = told?.messageId ?? null;
  const forget = useCallback(() => {
    setRefused(null);
    if (toldId !== null) void client.request('answer.putBackSeen', {});
  }, [client, toldId]);
  const shown = useRef(answerId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another answer counts
  useEffect(() => {
    if (shown.current !== answerId && toldId !== answerId) forget();
    shown.current = answerId;
  }, [answerId]);
  const note = useCallback((asked: Result<null>) => setRefused(asked.ok ? null : asked.error), []);
  const cause = told !== null && 'cause' in told.back ? told.back.cause : null;
  return { error: cause ?? refused, note, forget };
}

/** Whether an answer is in its place, by what core says of it. */
export function isBackBy(back: Back | null): IsBack {
  switch (back?.status) {
    case 'there':
      return 'yes';
    case 'unchecked':
      return 'maybe';
    case 'undoing':
    case 'not-undone':
      return back.checked ? 'yes' : 'maybe';
    default:
      return 'no';
  }
}

/** Opens the chat of an answer that is on its way, or of which something is told, when a page comes after its asking. */
export function useUntoldAnswer(open: (conversationId: string) => void): void {
  const state = useMirror('putBack');
  const isKnown = state !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is found when the page comes counts
  useEffect(() => {
    const going = ({ back }: PutBackState['answers'][number]) => back.status === 'writing' || back.status === 'undoing';
    const found = state?.answers.find((one) => going(one) || one.messageId === state.told);
    if (found !== undefined) open(found.conversationId);
  }, [isKnown]);
}
