import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Grounding, LookedUpSentence, NowhereMark } from '../../contract/grounding.ts';
import { useClient } from '../app/backend.ts';

/** Something of an answer that stands nowhere in its text, with the sentence it is in. */
export interface Mark extends NowhereMark {
  readonly sentence: LookedUpSentence;
}

/** What looking the words of an answer up gave, and which mark is opened. */
export interface LookedUp {
  /** The answer it is of; null for one that is not stored. */
  readonly messageId: string | null;
  readonly grounding: Grounding;
  readonly marks: readonly Mark[];
  /** Number of the mark whose nearest passage is shown; null for none. */
  readonly chosen: number | null;
  readonly choose: (mark: number | null) => void;
  /** Goes to the next mark, round and round. */
  readonly next: () => void;
}

const nothing: Grounding = { status: 'nothing' };

/** Null: an answer that changes a text or has not ended, or none at all. */
export function useLookedUp(messageId: string | null): LookedUp {
  const client = useClient();
  const [grounding, setGrounding] = useState(nothing);
  const [chosen, choose] = useState<number | null>(null);
  useEffect(() => {
    let gone = false;
    setGrounding(nothing);
    choose(null);
    const ask = async (byMeaning: boolean) => {
      if (messageId === null) return;
      const answer = await client.request('answer.grounding', { messageId, byMeaning });
      if (gone || !answer.ok) return;
      setGrounding(answer.value);
      // What words tell is shown at once; meanings take a moment longer.
      if (answer.value.status === 'looked-up' && answer.value.meaning === 'pending') await ask(true);
    };
    void ask(false);
    return () => {
      gone = true;
    };
  }, [client, messageId]);
  const marks = useMemo(() => marksOf(grounding), [grounding]);
  const next = useCallback(
    () => choose((at) => (marks.length === 0 ? null : ((at ?? -1) + 1) % marks.length)),
    [marks],
  );
  return { messageId, grounding, marks, chosen, choose, next };
}

function marksOf(grounding: Grounding): readonly Mark[] {
  if (grounding.status !== 'looked-up') return [];
  return grounding.sentences.flatMap((sentence) => sentence.nowhere.map((mark) => ({ ...mark, sentence })));
}
