import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationSummary, SearchHit } from '../../contract/conversation.ts';
import { useClient, useMirror } from '../app/backend.ts';

/** A chat in the list: by time, or where words were found in it. */
export type ChatItem = ConversationSummary | SearchHit;

export interface Chats {
  readonly items: readonly ChatItem[];
  /** False until the first answer. */
  readonly isRead: boolean;
  /** Reads the next page, when there may be one. */
  readonly more: () => void;
}

const listPage = 200;
const searchPage = 60;
/** The most that a search answers. */
const mostHits = 500;

/** Chats by time, or those a search finds: a page at first, more as they are asked for, all anew when something changed. */
export function useChats(query: string): Chats {
  const client = useClient();
  const revision = useMirror('library')?.conversationsRevision;
  const core = useMirror('shell')?.core;
  const text = query.trim();
  const [read, setRead] = useState<{ readonly text: string; readonly items: readonly ChatItem[] } | null>(null);
  const [wanted, setWanted] = useState({ text, pages: 1 });
  const pages = wanted.text === text ? wanted.pages : 1;
  const isFull = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when something changed
  useEffect(() => {
    let current = true;
    const take = (items: readonly ChatItem[], full: boolean) => {
      if (!current) return;
      isFull.current = full;
      setRead({ text, items });
    };
    const readPages = async () => {
      const items: ConversationSummary[] = [];
      for (let page = 0; page < pages && current; page += 1) {
        const last = items.at(-1);
        const after = last === undefined ? null : { id: last.id, updatedAt: last.updatedAt };
        const answer = await client.request('conversation.list', { query: '', limit: listPage, after });
        if (!answer.ok) return;
        items.push(...answer.value);
        if (answer.value.length < listPage) return take(items, false);
      }
      take(items, true);
    };
    const search = async () => {
      const limit = Math.min(mostHits, pages * searchPage);
      const answer = await client.request('conversation.search', { query: text, limit });
      if (answer.ok) take(answer.value, answer.value.length === limit && limit < mostHits);
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
  return { items: read?.items ?? [], isRead, more };
}
