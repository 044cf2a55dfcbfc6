import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient } from '../app/backend.ts';
import { chatText } from './chat-text.ts';
import { useToast } from './toast.tsx';

/** What can be done with stored chats, whichever is open; each says what it did. */
export interface ChatDeeds {
  readonly pin: (ids: readonly string[], pinned: boolean) => Promise<void>;
  readonly copy: (id: string) => Promise<void>;
  /** Deleted chats can be brought back while the line about it stands. */
  readonly remove: (chats: readonly { readonly id: string; readonly title: string }[]) => Promise<readonly string[]>;
}

export function useChatDeeds(): ChatDeeds {
  const { t, i18n } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  const sayError = useSayError();
  return {
    pin: async (ids, pinned) => {
      for (const conversationId of ids) {
        const answer = await client.request('conversation.pin', { conversationId, pinned });
        if (!answer.ok) toast({ text: sayError(answer.error) });
      }
    },
    copy: async (conversationId) => {
      const answer = await client.request('conversation.get', { conversationId });
      if (!answer.ok) return toast({ text: sayError(answer.error) });
      const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
      const words = { question: t('chats.you'), answer: t('chats.beckon'), language } as const;
      const copied = await client.request('clipboard.writeText', { text: chatText(answer.value, words) });
      toast({ text: copied.ok ? t('chats.copiedChat') : sayError(copied.error) });
    },
    remove: async (chats) => {
      const gone: string[] = [];
      let ms = 0;
      for (const { id } of chats) {
        const answer = await client.request('conversation.delete', { conversationId: id });
        if (!answer.ok) continue;
        gone.push(id);
        ms = answer.value.undoMs;
      }
      if (gone.length === 0) return gone;
      const title = showHiddenInLine(chats[0]?.title ?? '');
      toast({
        text: gone.length === 1 ? t('chats.deleted', { title }) : t('chats.deletedMany', { count: gone.length }),
        ms,
        undo: () => {
          for (const conversationId of gone) void client.request('conversation.restore', { conversationId });
        },
      });
      return gone;
    },
  };
}
