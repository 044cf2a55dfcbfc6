import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from '../app/backend.ts';

const shownMs = 1500;

export interface Copied {
  /** An answer was copied a moment ago. */
  readonly isCopied: boolean;
  /** Copies an answer as rich text and Markdown. `leftOut`: numbers of its changes that are not made. */
  readonly copyAnswer: (messageId: string, leftOut: readonly number[]) => void;
}

export function useCopied(): Copied {
  const client = useClient();
  const [isCopied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copyAnswer = useCallback(
    (messageId: string, leftOut: readonly number[]) => {
      void client.request('answer.copy', { messageId, leftOut: [...leftOut] }).then((answer) => {
        if (!answer.ok || !answer.value) return;
        setCopied(true);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setCopied(false), shownMs);
      });
    },
    [client],
  );
  return { isCopied, copyAnswer };
}
