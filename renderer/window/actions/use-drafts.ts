import { useMemo, useSyncExternalStore } from 'react';
import { useClient } from '../../app/backend.ts';
import { DraftStore, type DraftsState } from './draft-store.ts';
import type { Draft } from './drafts.ts';

/** What the editor holds, and what is done with it. */
export interface DraftDesk extends DraftsState {
  readonly store: DraftStore;
  /** What is in the editor. */
  readonly draft: Draft | null;
}

export function useDrafts(): DraftDesk {
  const client = useClient();
  const store = useMemo(() => new DraftStore(client), [client]);
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot);
  return { store, ...state, draft: state.drafts.get(state.at ?? '') ?? null };
}
