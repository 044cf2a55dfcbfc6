import { useCallback, useEffect, useMemo, useState } from 'react';
import type { DiffPiece } from '../../contract/changes.ts';
import { useClient } from '../app/backend.ts';

/** What an answer changes in its text, and which of it the person leaves out. */
export interface Changes {
  readonly pieces: readonly DiffPiece[];
  readonly count: number;
  /** Number of the change that keys work on; null when none was chosen. */
  readonly chosen: number | null;
  readonly leftOut: ReadonlySet<number>;
  /** Goes to the next change (1) or the one before (-1), round and round. */
  readonly step: (by: 1 | -1) => void;
  /** Leaves a change out, or makes it after all. */
  readonly toggle: (change: number) => void;
  /** The text as it is with what was left out; null when nothing was. */
  readonly text: string | null;
}

const nothing: ReadonlySet<number> = new Set();

/** Null: an answer that changes no text, or none at all. */
export function useChanges(messageId: string | null): Changes {
  const client = useClient();
  const [pieces, setPieces] = useState<readonly DiffPiece[]>([]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [leftOut, setLeftOut] = useState(nothing);
  useEffect(() => {
    let gone = false;
    setPieces([]);
    setChosen(null);
    setLeftOut(nothing);
    if (messageId === null) return;
    void client.request('answer.changes', { messageId }).then((answer) => {
      if (!gone && answer.ok) setPieces(answer.value);
    });
    return () => {
      gone = true;
    };
  }, [client, messageId]);
  const count = useMemo(() => 1 + Math.max(-1, ...pieces.map(({ change }) => change ?? -1)), [pieces]);
  const step = useCallback(
    (by: 1 | -1) => setChosen((at) => (count === 0 ? null : ((at ?? (by === 1 ? -1 : count)) + by + count) % count)),
    [count],
  );
  const toggle = useCallback((change: number) => {
    setLeftOut((old) => {
      const next = new Set(old);
      if (!next.delete(change)) next.add(change);
      return next;
    });
    setChosen(change);
  }, []);
  const text = useMemo(() => (leftOut.size === 0 ? null : composeText(pieces, leftOut)), [pieces, leftOut]);
  return { pieces, count, chosen, leftOut, step, toggle, text };
}

function composeText(pieces: readonly DiffPiece[], leftOut: ReadonlySet<number>): string {
  return pieces
    .filter(({ kind, change }) => change === null || (kind === 'removed') === leftOut.has(change))
    .map(({ text }) => text)
    .join('');
}
