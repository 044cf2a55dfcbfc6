import { useEffect, useMemo, useState } from 'react';
import type { ConversationSummary, SearchHit } from '../../contract/conversation.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { nameCommands } from './commands/name-commands.ts';
import { listRows, type RowsInput } from './list-rows.ts';
import type { Row } from './rows.ts';
import { useClips } from './use-clips.ts';
import { useInitials } from './use-initials.ts';

const searchAfterMs = 60;

/** The rows for what is typed. They are ready in the same moment; what a search finds is added at their end. */
export function useRows(input: RowsInput): readonly Row[] {
  const { view, text, context, models, translator, reading, actions, atHand, backIn, hasFile, shownCount, isLocked } =
    input;
  const recent = useRecent();
  const hits = useSearch(view === 'box' || view === 'history' ? text : '');
  const { clips, kept } = useClips(view, reading ? '' : text);
  const initials = useInitials(translator);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language stands for the translator's words
  return useMemo(() => {
    const named = nameCommands(translator, context, initials);
    return listRows(input, { recent, hits, named, clips, keeping: kept.status, now: Date.now() });
  }, [
    ...[view, text, JSON.stringify(context), models, recent, hits, reading, translator.language, actions, atHand],
    ...[backIn, hasFile, initials, shownCount, isLocked, clips, kept.status],
  ]);
}

function useRecent(): readonly ConversationSummary[] {
  const client = useClient();
  const revision = useMirror('library')?.conversationsRevision;
  const core = useMirror('shell')?.core;
  const [recent, setRecent] = useState<readonly ConversationSummary[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when something changed
  useEffect(() => {
    void client.request('conversation.list', { query: '', limit: 40 }).then((answer) => {
      if (answer.ok) setRecent(answer.value);
    });
  }, [client, revision, core]);
  return recent;
}

function useSearch(text: string): readonly SearchHit[] {
  const client = useClient();
  const [found, setFound] = useState<{ readonly query: string; readonly hits: readonly SearchHit[] }>({
    query: '',
    hits: [],
  });
  const query = text.trim();
  useEffect(() => {
    if (query === '' || query.length > 200) return;
    const timer = setTimeout(() => {
      void client.request('conversation.search', { query, limit: 8 }).then((answer) => {
        if (answer.ok) setFound({ query, hits: answer.value });
      });
    }, searchAfterMs);
    return () => clearTimeout(timer);
  }, [client, query]);
  return query !== '' && found.query === query ? found.hits : noHits;
}

const noHits: readonly SearchHit[] = [];
