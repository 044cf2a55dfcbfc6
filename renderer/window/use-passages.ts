import { useMemo, useRef, useState } from 'react';
import type { Message } from '../../contract/conversation.ts';
import type { Citation, PassageDesk } from '../answer/citations.ts';

export interface Passages {
  readonly desk: PassageDesk;
  readonly go: (by: -1 | 1) => void;
  readonly close: () => void;
}

interface Shown {
  readonly citations: readonly Citation[];
  readonly index: number;
}

/** Which passage is shown beside the chat that has these messages. Closed, the keyboard is where it was before. */
export function usePassages(messages: readonly Pick<Message, 'id'>[]): Passages {
  const [shown, setShown] = useState<Shown | null>(null);
  const before = useRef<Element | null>(null);
  const citation = shown?.citations[shown.index];
  // Another chat was opened meanwhile, or the answer is gone.
  const isHere = citation !== undefined && messages.some(({ id }) => id === citation.messageId);
  const desk = useMemo<PassageDesk>(
    () => ({
      shown: citation !== undefined && isHere ? citation : null,
      show: (citations, index) => {
        before.current = document.activeElement;
        setShown({ citations, index });
      },
    }),
    [citation, isHere],
  );
  const go = (by: -1 | 1) =>
    setShown((now) => {
      if (now === null) return null;
      const index = Math.min(Math.max(now.index + by, 0), now.citations.length - 1);
      return { ...now, index };
    });
  const close = () => {
    setShown(null);
    if (before.current instanceof HTMLElement) before.current.focus();
  };
  return { desk, go, close };
}
