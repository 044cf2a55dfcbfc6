import { useMemo, useSyncExternalStore } from 'react';
import { useClient } from '../../app/backend.ts';
import { DraftStore, type DraftsState, type KeptDrafts } from './draft-store.ts';
import type { Draft } from './drafts.ts';

/** What the editor holds, and what is done with it. */
export interface DraftDesk extends DraftsState {
  readonly store: DraftStore;
  /** What is in the editor. */
  readonly draft: Draft | null;
}

const key = 'action-drafts';

/** The page's own store, which outlives its window: that is made anew each time it is opened. */
const inPage: KeptDrafts = {
  read: () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      localStorage.setItem(key, text);
    } catch {
      // Full or closed: they stay as long as the window does.
    }
  },
};

export function useDrafts(): DraftDesk {
  const client = useClient();
  const store = useMemo(() => new DraftStore(client, inPage), [client]);
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot);
  return { store, ...state, draft: state.drafts.get(state.at ?? '') ?? null };
}
