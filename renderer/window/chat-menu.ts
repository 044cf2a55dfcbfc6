import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../run/use-conversation.ts';
import { type ChatActs, chatItems, headItems, manyItems } from './chat-menu-items.ts';
import type { MenuItem } from './menu.tsx';
import { type ChatDeeds, useChatDeeds } from './use-chat-deeds.ts';
import type { Chats } from './use-chats.ts';
import type { ChosenChats } from './use-chosen-chats.ts';

export interface ChatMenuDeps {
  readonly chats: Chats;
  readonly chosen: ChosenChats;
  readonly conversation: ConversationView;
  readonly open: (id: string) => void;
  readonly setRenaming: (renaming: { readonly id: string; readonly where: 'list' | 'head' }) => void;
  readonly setExporting: (ids: readonly string[]) => void;
  /** Told what was asked last in words. */
  readonly onMakeAction: (question: string) => void;
}

/** What can be done with a chat, or with all that are chosen when it is one of them. */
export interface ChatMenu extends Pick<ChatActs, 'isPinned' | 'pin' | 'copy' | 'makeAction' | 'remove'> {
  /** In the list. */
  readonly items: readonly MenuItem[];
  /** Over the chat itself. */
  readonly headItems: readonly MenuItem[];
}

export function useChatMenu(deps: ChatMenuDeps): (id: string) => ChatMenu {
  const { t } = useTranslation('window');
  const deeds = useChatDeeds();
  return (id) => {
    const { ids: chosen } = deps.chosen;
    const ids = chosen.has(id) && chosen.size > 1 ? [...chosen] : [id];
    const acts = actsOn(ids, deps, deeds);
    const items = ids.length > 1 ? manyItems(t, acts, ids.length) : chatItems(t, acts);
    return { ...acts, items, headItems: headItems(t, actsOn([id], deps, deeds)) };
  };
}

function actsOn(ids: readonly string[], deps: ChatMenuDeps, deeds: ChatDeeds): ChatActs {
  const { chats, chosen, conversation, open, setRenaming, setExporting, onMakeAction } = deps;
  const id = ids[0] ?? '';
  const isPinned = ids.every((one) => chats.pinned.has(one));
  return {
    isPinned,
    open: () => open(id),
    rename: (where) => setRenaming({ id, where }),
    pin: () => void deeds.pin(ids, !isPinned),
    copy: () => void deeds.copy(id),
    save: () => setExporting(ids),
    makeAction: () => {
      const asked = conversation.messages.findLast(({ role, action }) => role === 'user' && action === null);
      if (asked !== undefined) onMakeAction(asked.text);
    },
    remove: async () => {
      const gone = await deeds.remove(
        ids.map((one) => ({ id: one, title: titleIn(chats, one) ?? conversation.title })),
      );
      if (conversation.id !== null && gone.includes(conversation.id)) conversation.open(null);
      chosen.clear();
    },
  };
}

function titleIn({ list }: Chats, id: string): string | null {
  const row =
    list.by === 'time' ? list.rows.find((one) => one.id === id) : list.rows.find((hit) => hit.conversationId === id);
  return row?.title ?? null;
}
