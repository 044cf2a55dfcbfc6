import { SquarePen } from 'lucide-react';
import { type MouseEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChatList } from './chat-list.tsx';
import { useChatMenu } from './chat-menu.ts';
import { ChatView } from './chat-view.tsx';
import type { ChatsHost, WindowContext } from './commands/command.ts';
import { ExportDialog } from './export-dialog.tsx';
import { Menu, type MenuPlace } from './menu.tsx';
import { SearchField } from './search-field.tsx';
import { useChat } from './use-chat.ts';
import { type Chats, useChats } from './use-chats.ts';
import { useChatsHost } from './use-chats-host.ts';
import { useChosenChats } from './use-chosen-chats.ts';

export interface ChatsPageProps {
  /** The chat to open, and a number that counts how often one was asked for. */
  readonly asked: { readonly id: string | null; readonly revision: number };
  readonly host: RefObject<ChatsHost | null>;
  readonly state: RefObject<ChatsState | null>;
  readonly onMakeAction: (question: string) => void;
}

/** What commands have to know of the chat that is open. */
export type ChatsState = Pick<
  WindowContext,
  'isStored' | 'answer' | 'isInputEmpty' | 'hasMarks' | 'goesAway' | 'hasFormer'
>;

/** Chats: a list with search at the left, the chosen one at the right; in a narrow window one of the two. */
export function ChatsPage(props: ChatsPageProps): ReactNode {
  const parts = useParts(props);
  const { desk, page, menuFor, renaming, setRenaming, narrow, setNarrow } = parts;
  const { id } = desk.conversation;
  return (
    <div className="chats" data-narrow={narrow}>
      <Aside parts={parts} />
      <ChatView
        desk={desk}
        input={page.input}
        modelButton={page.modelButton}
        isPinned={id !== null && menuFor(id).isPinned}
        isRenaming={id !== null && renaming?.where === 'head' && renaming.id === id}
        menu={id === null ? [] : menuFor(id).headItems}
        onRename={(on) => setRenaming(on && id !== null ? { id, where: 'head' } : null)}
        onPin={() => id !== null && menuFor(id).pin()}
        onBack={() => setNarrow('list')}
      />
      <Over parts={parts} />
    </div>
  );
}

type Parts = ReturnType<typeof useParts>;

/** What the page holds, and what is done in it. */
function useParts({ asked, host, state, onMakeAction }: ChatsPageProps) {
  const [query, setQuery] = useState('');
  const [narrow, setNarrow] = useState<'list' | 'chat'>(asked.id === null ? 'list' : 'chat');
  const [renaming, setRenaming] = useState<{ readonly id: string; readonly where: 'list' | 'head' } | null>(null);
  const [exporting, setExporting] = useState<readonly string[] | 'all' | null>(null);
  const [menuAt, setMenuAt] = useState<{ readonly id: string; readonly place: MenuPlace } | null>(null);
  const page = usePageParts();
  const desk = useChat(asked.id);
  const { conversation } = desk;
  const chats = useChats(query);
  const order = idsOf(chats);
  const chosen = useChosenChats(order);
  const open = (id: string | null) => {
    // Opened once more, the chat that is open would be read by nobody, and be empty.
    if (id === null || id !== conversation.id) conversation.open(id);
    setNarrow('chat');
  };
  useAsked(asked, open);
  const menuFor = useChatMenu({ chats, chosen, conversation, open, setRenaming, setExporting, onMakeAction });
  useChatsHost({ host, state, desk, page, menuFor, setRenaming, setExporting, setNarrow });
  const search = (next: string) => {
    setQuery(next);
    page.list.current?.scrollTo({ top: 0 });
  };
  const openMenu = (id: string, event: MouseEvent) => {
    event.preventDefault();
    if (!chosen.ids.has(id)) chosen.clear();
    setMenuAt({ id, place: { x: event.clientX, y: event.clientY } });
  };
  const list = { query, search, chats, order, chosen, open, openMenu, menuAt, setMenuAt };
  return { ...list, page, desk, menuFor, renaming, setRenaming, exporting, setExporting, narrow, setNarrow };
}

function Aside({ parts }: { readonly parts: Parts }): ReactNode {
  const { t } = useTranslation('window');
  const { page, desk, query, search, chats, order, chosen, open, renaming, setRenaming, menuFor, openMenu } = parts;
  return (
    <aside className="chat-list" ref={page.list} aria-label={t('page.chats')}>
      <h1 className="hidden-live">{t('page.chats')}</h1>
      <ChatSearch input={page.search} query={query} onChange={search} onNew={() => open(null)} />
      <ChatList
        chats={chats}
        at={desk.conversation.id}
        order={order}
        chosen={chosen}
        renaming={renaming?.where === 'list' ? renaming.id : null}
        onOpen={open}
        onRename={(one) => setRenaming(one === null ? null : { id: one, where: 'list' })}
        onDelete={(one) => menuFor(one).remove()}
        onMenu={openMenu}
      />
      {order.length === 0 && chats.isRead && (
        <p className="empty-hint dim">{t(query.trim() === '' ? 'chats.none' : 'chats.nothing')}</p>
      )}
    </aside>
  );
}

function Over({
  parts: { menuAt, setMenuAt, menuFor, exporting, setExporting },
}: {
  readonly parts: Parts;
}): ReactNode {
  const { t } = useTranslation('window');
  return (
    <>
      {menuAt !== null && (
        <Menu
          label={t('chats.more')}
          place={menuAt.place}
          items={menuFor(menuAt.id).items}
          onClose={() => setMenuAt(null)}
        />
      )}
      {exporting !== null && (
        <ExportDialog conversationIds={exporting === 'all' ? null : exporting} onClose={() => setExporting(null)} />
      )}
    </>
  );
}

export interface PageParts {
  readonly list: RefObject<HTMLElement | null>;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly modelButton: RefObject<HTMLButtonElement | null>;
}

function usePageParts(): PageParts {
  return {
    list: useRef<HTMLElement>(null),
    search: useRef<HTMLInputElement>(null),
    input: useRef<HTMLTextAreaElement>(null),
    modelButton: useRef<HTMLButtonElement>(null),
  };
}

/** Opens what another window asks for. The page alone being asked for leaves the chat that is open. */
function useAsked({ id, revision }: ChatsPageProps['asked'], open: (id: string) => void): void {
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    if (id !== null) open(id);
  });
}

function idsOf({ list }: Chats): readonly string[] {
  return list.by === 'time' ? list.rows.map(({ id }) => id) : list.rows.map(({ conversationId }) => conversationId);
}

interface ChatSearchProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly query: string;
  readonly onChange: (query: string) => void;
  readonly onNew: () => void;
}

function ChatSearch({ input, query, onChange, onNew }: ChatSearchProps): ReactNode {
  const { t } = useTranslation('window');
  return (
    <div className="chat-search">
      <SearchField input={input} query={query} label={t('chats.find')} onChange={onChange} />
      <button type="button" className="icon-button" aria-label={t('chats.new')} title={t('chats.new')} onClick={onNew}>
        <SquarePen size={16} strokeWidth={1.6} aria-hidden />
      </button>
    </div>
  );
}
