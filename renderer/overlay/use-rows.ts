import type { i18n } from 'i18next';
import { useEffect, useMemo, useState } from 'react';
import type { ConversationSummary, SearchHit } from '../../contract/conversation.ts';
import type { ModelRow } from '../../contract/model.ts';
import { formatWhen } from '../../locales/format-when.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { type AtHand, rowsForActions, rowsForFamily } from './action-rows.ts';
import type { CommandContext } from './commands/context.ts';
import { nameCommands } from './commands/name-commands.ts';
import {
  conversationRow,
  type FamilyName,
  type NamedAction,
  type Row,
  rowsForEmpty,
  rowsForText,
  toRow,
} from './rows.ts';
import { type BackIn, sayBackIn } from './use-back-in.ts';
import { useInitials } from './use-initials.ts';

/** What the list shows: the box itself, or one of its lists. */
export type View = 'box' | 'commands' | 'history' | 'models' | 'again-with' | 'keys' | FamilyName;

/** Whether a view is the second step of an action. */
export function isFamily(view: View): view is FamilyName {
  return view === 'rewrite' || view === 'translate';
}

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
  readonly atHand: AtHand;
  /** What the last text that was put back can be taken out of, and since when it is there. */
  readonly backIn: BackIn | null;
  /** Counts up with every call of the overlay: what is told of times is told anew then. */
  readonly shownCount: number;
}

const searchAfterMs = 60;

/** The rows for what is typed. They are ready in the same moment; what a search finds is added at their end. */
export function useRows(input: RowsInput): readonly Row[] {
  const { view, text, context, models, translator, reading, actions, atHand, backIn, shownCount } = input;
  const recent = useRecent();
  const hits = useSearch(view === 'box' || view === 'history' ? text : '');
  const initials = useInitials(translator);
  const language = translator.language;
  const query = text.trim().toLowerCase();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language stands for the translator's words
  return useMemo(() => {
    const named = nameCommands(translator, context, initials);
    const when = (time: number) => formatWhen(time, Date.now(), language === 'zh-CN' ? 'zh-CN' : 'en');
    if (view === 'keys') return [];
    if (isFamily(view)) {
      const found = rowsForFamily(view, actions, query);
      if (found.length > 0 || query === '') return found;
      return [{ kind: 'ask', id: 'ask', text: translator.t(`ownWords.${view}`, { ns: 'overlay', text: text.trim() }) }];
    }
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
    const hint = backIn === null ? '' : sayBackIn(backIn, language === 'zh-CN' ? 'zh-CN' : 'en');
    const first = named.filter(({ command }) => command.inEmptyBox === 'first').map((row) => ({ ...toRow(row), hint }));
    if (actions.length > 0) {
      const [likeliest, ...others] = rowsForActions(actions, atHand);
      // Whoever corrects one sentence after the other does not want the last one undone by Enter.
      if (backIn?.isBehind === true && likeliest !== undefined) return [likeliest, ...first, ...others];
      return [...first, ...(likeliest === undefined ? [] : [likeliest]), ...others];
    }
    return [
      ...first,
      ...rowsForEmpty(recent, named, { continueWith: translator.t('row.continue', { ns: 'overlay' }), when }),
    ];
  }, [
    view,
    text,
    query,
    JSON.stringify(context),
    models,
    recent,
    hits,
    reading,
    language,
    actions,
    atHand,
    backIn,
    initials,
    shownCount,
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
