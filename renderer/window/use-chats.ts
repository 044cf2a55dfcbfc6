import { useCallback, useEffect, useRef, useState } from 'react';
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

/** Chats by time, or those a search finds: a page at first, more as they are asked for, all anew when something changed. */
export function useChats(query: string): Chats {
  const client = useClient();
  const revision = useMirror('library')?.conversationsRevision;
  const core = useMirror('shell')?.core;
  const text = query.trim();
  const [read, setRead] = useState<{ readonly text: string; readonly list: ListedChats } | null>(null);
  const [wanted, setWanted] = useState({ text, pages: 1 });
  const pages = wanted.text === text ? wanted.pages : 1;
  const isFull = useRef(false);
  const [pinned, setPinned] = useState<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when something changed
  useEffect(() => {
    let current = true;
    const take = (list: ListedChats, full: boolean) => {
      if (!current) return;
      isFull.current = full;
      setRead({ text, list });
    };
    const readPinned = async () => {
      const answer = await client.request('conversation.list', { query: '', limit: mostPinned, pinned: true });
      if (!answer.ok || !current) return null;
      setPinned(new Set(answer.value.map(({ id }) => id)));
      return answer.value;
    };
    const readPages = async () => {
      const first = await readPinned();
      if (first === null) return;
      const rows: ConversationRow[] = [];
      const all = () => ({ by: 'time', rows: [...first, ...rows] }) as const;
      for (let page = 0; page < pages && current; page += 1) {
        const last = rows.at(-1);
        const after = last === undefined ? null : { id: last.id, updatedAt: last.updatedAt };
        const answer = await client.request('conversation.list', { query: '', limit: listPage, after, pinned: false });
        if (!answer.ok) return;
        rows.push(...answer.value);
        if (answer.value.length < listPage) return take(all(), false);
      }
      take(all(), true);
    };
    const search = async () => {
      void readPinned();
      const limit = Math.min(mostHits, pages * searchPage);
      const answer = await client.request('conversation.search', { query: text, limit });
      if (answer.ok) take({ by: 'search', rows: answer.value }, answer.value.length === limit && limit < mostHits);
    };
    void (text === '' ? readPages() : search());
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
  return { list: read?.list ?? none, pinned, isRead, more };
}
