import type { i18n } from 'i18next';
import { useEffect, useMemo, useState } from 'react';
import type { ConversationSummary, SearchHit } from '../../contract/conversation.ts';
import type { ModelRow } from '../../contract/model.ts';
import { useClient, useMirror } from '../app/backend.ts';
import type { CommandContext } from './commands/context.ts';
import { nameCommands } from './commands/name-commands.ts';
import {
  conversationRow,
  type NamedAction,
  type Row,
  rowsForActions,
  rowsForEmpty,
  rowsForText,
  toRow,
} from './rows.ts';
import { useInitials } from './use-initials.ts';

/** What the list shows: the box itself, or one of its lists. */
export type View = 'box' | 'commands' | 'history' | 'models' | 'again-with' | 'keys';

export interface RowsInput {
  readonly view: View;
  readonly text: string;
  readonly context: CommandContext;
  readonly models: readonly ModelRow[];
  readonly translator: i18n;
  /** An answer is on the screen: then the box shows no list. */
  readonly reading: boolean;
  /** What can be done with the text at hand; none without one. */
  readonly actions: readonly NamedAction[];
}

const searchAfterMs = 60;

/** The rows for what is typed. They are ready in the same moment; what a search finds is added at their end. */
export function useRows({ view, text, context, models, translator, reading, actions }: RowsInput): readonly Row[] {
  const recent = useRecent();
  const hits = useSearch(view === 'box' || view === 'history' ? text : '');
  const initials = useInitials(translator);
  const language = translator.language;
  const query = text.trim().toLowerCase();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language stands for the translator's words
  return useMemo(() => {
    const named = nameCommands(translator, context, initials);
    const when = (time: number) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(time);
    if (view === 'keys') return [];
    if (view === 'commands')
      return named
        .filter(({ name, aliases }) => [name, ...aliases].some((word) => word.toLowerCase().includes(query)))
        .map(toRow);
    if (view === 'models' || view === 'again-with') {
      return models
        .filter(({ name, installed }) => (view === 'models' || installed) && name.toLowerCase().includes(query))
        .map((model) => ({ kind: 'model' as const, id: `model-${model.id}`, model }));
    }
    if (view === 'history') {
      const byTitle = recent
        .filter(({ title }) => title.toLowerCase().includes(query))
        .map((item) => conversationRow(item, when));
      const shown = new Set(byTitle.map(({ conversationId }) => conversationId));
      const more = hits.filter(({ conversationId }) => !shown.has(conversationId));
      return [...byTitle, ...rowsForText('', [], more).slice(1)];
    }
    // What is typed under an answer is the next question: the answer stays, and commands are found under Ctrl+K.
    if (reading) return [];
    if (query !== '') return rowsForText(text, named, hits, actions);
    const first = named.filter(({ command }) => command.inEmptyBox === 'first').map(toRow);
    if (actions.length > 0) return [...rowsForActions(actions), ...first];
    return [
      ...first,
      ...rowsForEmpty(recent, named, { continueWith: translator.t('row.continue', { ns: 'overlay' }), when }),
    ];
  }, [view, text, query, JSON.stringify(context), models, recent, hits, reading, language, actions, initials]);
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
