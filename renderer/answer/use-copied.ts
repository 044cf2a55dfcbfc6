import { useCallback, useEffect, useRef, useState } from 'react';
import type { Message } from '../../contract/conversation.ts';
import { useClient } from '../app/backend.ts';

const shownMs = 1500;

export interface Copied {
  /** An answer was copied a moment ago. */
  readonly isCopied: boolean;
  /** Copies an answer as rich text and Markdown; false where it could not be. `leftOut`: numbers of its changes that are not made. */
  readonly copyAnswer: (answer: Message, leftOut?: readonly number[]) => Promise<boolean>;
  /** Copies an answer as a picture; false where it could not be, or nobody has said yet who it is by. */
  readonly copyCard: (answer: Message) => Promise<boolean>;
}

export function useCopied(): Copied {
  const client = useClient();
  const [isCopied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = useCallback(() => {
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), shownMs);
    return true;
  }, []);
  const copyAnswer = useCallback(
    async ({ id, state, text }: Message, leftOut: readonly number[] = []) => {
      // What is being written is copied as far as it is seen; core has not stored all of that yet.
      const done =
        state === 'growing'
          ? await client.request('clipboard.writeText', { text })
          : await client.request('answer.copy', { messageId: id, leftOut: [...leftOut] });
      return done.ok && done.value !== false && show();
    },
    [client, show],
  );
  const copyCard = useCallback(
    async ({ id }: Message) => {
      const done = await client.request('card.copy', { answerId: id, authorName: null });
      return done.ok && show();
    },
    [client, show],
  );
  return { isCopied, copyAnswer, copyCard };
}
