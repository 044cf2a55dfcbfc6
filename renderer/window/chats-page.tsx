import { Plus } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationSummary, SearchHit } from '../../contract/conversation.ts';
import { showHiddenInLine, showTurns } from '../../locales/show-hidden.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { languageOfText } from '../app/look.ts';
import { useConversation } from '../run/use-conversation.ts';
import { ChatView } from './chat-view.tsx';
import { UndoToast } from './undo-toast.tsx';

/** Chats: a list with search at the left, the chosen one at the right. */
export function ChatsPage({ initialId }: { readonly initialId: string | null }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const [query, setQuery] = useState('');
  const [deleted, setDeleted] = useState<{ readonly id: string; readonly title: string; readonly ms: number } | null>(
    null,
  );
  const conversation = useConversation(initialId);
  const { list, hits } = useChats(query);
  const remove = async (id: string, title: string) => {
    const answer = await client.request('conversation.delete', { conversationId: id });
    if (!answer.ok) return;
    if (conversation.id === id) conversation.open(null);
    setDeleted({ id, title, ms: answer.value.undoMs });
  };
  return (
    <div className="chats">
      <aside className="chat-list">
        <div className="chat-search">
          <input
            className="field"
            type="search"
            value={query}
            placeholder={t('chats.find')}
            aria-label={t('chats.find')}
            spellCheck={false}
            onChange={(event) => setQuery(event.target.value)}
          />
          <button
            type="button"
            className="icon-button"
            aria-label={t('chats.new')}
            title={t('chats.new')}
            onClick={() => conversation.open(null)}
          >
            <Plus size={16} />
          </button>
        </div>
        <ul>
          {query.trim() === ''
            ? list.map((item) => (
                <Item
                  key={item.id}
                  title={item.title}
                  hint={t('chats.questions', { count: item.questions })}
                  at={item.id === conversation.id}
                  onOpen={() => conversation.open(item.id)}
                />
              ))
            : hits.map((hit) => (
                <Item
                  key={`${hit.conversationId}${hit.messageId}`}
                  title={hit.title}
                  hint={<Snippet hit={hit} />}
                  at={hit.conversationId === conversation.id}
                  onOpen={() => conversation.open(hit.conversationId)}
                />
              ))}
        </ul>
        {query.trim() !== '' && hits.length === 0 && <p className="empty-hint dim">{t('chats.nothing')}</p>}
        {query.trim() === '' && list.length === 0 && <p className="empty-hint dim">{t('chats.none')}</p>}
      </aside>
      <ChatView key={conversation.id ?? 'new'} conversation={conversation} onDelete={remove} />
      {deleted !== null && (
        <UndoToast
          key={deleted.id}
          text={t('chats.deleted', { title: showHiddenInLine(deleted.title) })}
          ms={deleted.ms}
          onUndo={() => void client.request('conversation.restore', { conversationId: deleted.id })}
          onGone={() => setDeleted(null)}
        />
      )}
    </div>
  );
}

function Item({
  title,
  hint,
  at,
  onOpen,
}: {
  readonly title: string;
  readonly hint: ReactNode;
  readonly at: boolean;
  readonly onOpen: () => void;
}): ReactNode {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (at) button.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <li>
      <button
        ref={button}
        type="button"
        className={at ? 'chat-item at' : 'chat-item'}
        aria-current={at ? 'true' : undefined}
        onClick={onOpen}
      >
        <span className="chat-title" lang={languageOfText(title)}>
          {showHiddenInLine(title)}
        </span>
        <span className="chat-hint">{hint}</span>
      </button>
    </li>
  );
}

function Snippet({ hit }: { readonly hit: SearchHit }): ReactNode {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of hit.ranges) {
    if (start < at) continue;
    pieces.push(
      showTurns(hit.snippet.slice(at, start)),
      <mark key={start}>{showTurns(hit.snippet.slice(start, end))}</mark>,
    );
    at = end;
  }
  pieces.push(showTurns(hit.snippet.slice(at)));
  return pieces;
}

function useChats(query: string): {
  readonly list: readonly ConversationSummary[];
  readonly hits: readonly SearchHit[];
} {
  const client = useClient();
  const revision = useMirror('library')?.conversationsRevision;
  const core = useMirror('shell')?.core;
  const [list, setList] = useState<readonly ConversationSummary[]>([]);
  const [hits, setHits] = useState<readonly SearchHit[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when something changed
  useEffect(() => {
    let current = true;
    const text = query.trim();
    if (text === '')
      void client
        .request('conversation.list', { query: '', limit: 200 })
        .then((answer) => current && answer.ok && setList(answer.value));
    else
      void client
        .request('conversation.search', { query: text, limit: 60 })
        .then((answer) => current && answer.ok && setHits(answer.value));
    return () => {
      current = false;
    };
  }, [client, query, revision, core]);
  return { list, hits };
}
