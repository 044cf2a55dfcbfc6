import { Plus } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useClient } from '../app/backend.ts';
import { useConversation } from '../run/use-conversation.ts';
import { ChatList } from './chat-list.tsx';
import { ChatView } from './chat-view.tsx';
import { UndoToast } from './undo-toast.tsx';
import { useChats } from './use-chats.ts';

/** Chats: a list with search at the left, the chosen one at the right. */
export function ChatsPage({ initialId }: { readonly initialId: string | null }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const [query, setQuery] = useState('');
  const [deleted, setDeleted] = useState<{ readonly id: string; readonly title: string; readonly ms: number } | null>(
    null,
  );
  const list = useRef<HTMLElement>(null);
  const conversation = useConversation(initialId);
  const chats = useChats(query);
  const remove = async (id: string, title: string) => {
    const answer = await client.request('conversation.delete', { conversationId: id });
    if (!answer.ok) return;
    if (conversation.id === id) conversation.open(null);
    setDeleted({ id, title, ms: answer.value.undoMs });
  };
  return (
    <div className="chats">
      <aside className="chat-list" ref={list}>
        <ChatSearch
          query={query}
          onChange={(next) => {
            setQuery(next);
            list.current?.scrollTo({ top: 0 });
          }}
          onNew={() => conversation.open(null)}
        />
        <ChatList chats={chats} at={conversation.id} onOpen={(id) => conversation.open(id)} />
        {chats.items.length === 0 && chats.isRead && (
          <p className="empty-hint dim">{t(query.trim() === '' ? 'chats.none' : 'chats.nothing')}</p>
        )}
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

interface ChatSearchProps {
  readonly query: string;
  readonly onChange: (query: string) => void;
  readonly onNew: () => void;
}

function ChatSearch({ query, onChange, onNew }: ChatSearchProps): ReactNode {
  const { t } = useTranslation('window');
  return (
    <div className="chat-search">
      <input
        className="field"
        type="search"
        value={query}
        placeholder={t('chats.find')}
        aria-label={t('chats.find')}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      <button type="button" className="icon-button" aria-label={t('chats.new')} title={t('chats.new')} onClick={onNew}>
        <Plus size={16} />
      </button>
    </div>
  );
}
