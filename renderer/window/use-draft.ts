import { useCallback, useState } from 'react';

/** What stands in the composer of a chat: a question to come, or one that is worded anew. */
export interface Draft {
  readonly text: string;
  /** The question that is worded anew, by its id. */
  readonly editing: string | null;
}

const empty: Draft = { text: '', editing: null };

/** Each chat keeps its own, also while another one is open. */
export function useDraft(chatId: string | null): {
  readonly draft: Draft;
  readonly write: (draft: Draft, of?: string | null) => void;
  readonly clear: (of: string | null) => void;
} {
  const [drafts, setDrafts] = useState<ReadonlyMap<string | null, Draft>>(new Map());
  const write = useCallback(
    (draft: Draft, of: string | null = chatId) => setDrafts((before) => new Map(before).set(of, draft)),
    [chatId],
  );
  const clear = useCallback((of: string | null) => write(empty, of), [write]);
  return { draft: drafts.get(chatId) ?? empty, write, clear };
}
