import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ConversationRow, SearchHit } from '../../contract/conversation.ts';
import { useClient, useMirror } from '../app/backend.ts';

/** Chats by time, those that are pinned first, or where words were found in them. */
export type ListedChats =
  | { readonly by: 'time'; readonly rows: readonly ConversationRow[] }
  | { readonly by: 'search'; readonly rows: readonly SearchHit[] };

export interface Chats {
  readonly list: ListedChats;
  /** Ids of those that are pinned, also while others are listed. */
  readonly pinned: ReadonlySet<string>;
  /** False until the first answer. */
  readonly isRead: boolean;
  /** Reads the next page, when there may be one. */
  readonly more: () => void;
}

const none: ListedChats = { by: 'time', rows: [] };
const listPage = 200;
const mostPinned = 500;
const searchPage = 60;
/** The most that a search answers. */
const mostHits = 500;

interface Read {
  readonly list: ListedChats;
  /** There may be more. */
  readonly isFull: boolean;
}

type Client = ReturnType<typeof useClient>;

/** Chats by time, or those a search finds: a page at first, more as they are asked for, all anew when something changed. */
export function useChats(query: string): Chats {
  const client = useClient();
  const revision = useMirror('library')?.conversationsRevision;
  const core = useMirror('shell')?.core;
  const text = query.trim();
  const [read, setRead] = useState<{ readonly text: string; readonly list: ListedChats } | null>(null);
  const [pinned, setPinned] = useState<readonly ConversationRow[]>([]);
  const [wanted, setWanted] = useState({ text, pages: 1 });
  const pages = wanted.text === text ? wanted.pages : 1;
  const isFull = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when something changed
  useEffect(() => {
    let current = true;
    const readAll = async () => {
      const first = await client.request('conversation.list', { query: '', limit: mostPinned, pinned: true });
      if (!first.ok || !current) return;
      const rest = await (text === '' ? readPages(client, first.value, pages) : search(client, text, pages));
      if (rest === null || !current) return;
      isFull.current = rest.isFull;
      setPinned(first.value);
      setRead({ text, list: rest.list });
    };
    void readAll();
    return () => {
      current = false;
    };
  }, [client, text, pages, revision, core]);
  const more = useCallback(() => {
    if (!isFull.current) return;
    isFull.current = false;
    setWanted({ text, pages: pages + 1 });
  }, [text, pages]);
  const isRead = read !== null && read.text === text;
  const pinnedIds = useMemo(() => new Set(pinned.map(({ id }) => id)), [pinned]);
  return { list: read?.list ?? none, pinned: pinnedIds, isRead, more };
}

/** Null where core did not answer: what is shown stays. */
async function readPages(client: Client, pinned: readonly ConversationRow[], pages: number): Promise<Read | null> {
  const rows: ConversationRow[] = [];
  const upTo = (isFull: boolean): Read => ({ list: { by: 'time', rows: [...pinned, ...rows] }, isFull });
  for (let page = 0; page < pages; page += 1) {
    const last = rows.at(-1);
    const after = last === undefined ? null : { id: last.id, updatedAt: last.updatedAt };
    const answer = await client.request('conversation.list', { query: '', limit: listPage, after, pinned: false });
    if (!answer.ok) return null;
    rows.push(...answer.value);
    if (answer.value.length < listPage) return upTo(false);
  }
  return upTo(true);
}

async function search(client: Client, query: string, pages: number): Promise<Read | null> {
  const limit = Math.min(mostHits, pages * searchPage);
  const answer = await client.request('conversation.search', { query, limit });
  if (!answer.ok) return null;
  const isFull = answer.value.length === limit && limit < mostHits;
  return { list: { by: 'search', rows: answer.value }, isFull };
}
