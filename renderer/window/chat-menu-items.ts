import type { TFunction } from 'i18next';
import { ClipboardList, Download, MessageSquare, PencilLine, Pin, PinOff, Trash2, Workflow } from 'lucide-react';
import type { MenuItem } from './menu.tsx';

/** What is done to one chat, or to several at once. */
export interface ChatActs {
  readonly isPinned: boolean;
  readonly open: () => void;
  readonly rename: (where: 'list' | 'head') => void;
  readonly pin: () => void;
  readonly copy: () => void;
  readonly save: () => void;
  readonly makeAction: () => void;
  readonly remove: () => void;
}

type Say = TFunction<'window'>;

/** On a chat of the list. */
export function chatItems(t: Say, acts: ChatActs): readonly MenuItem[] {
  const open = { id: 'open', name: t('chats.open'), icon: MessageSquare, keys: 'Enter', run: acts.open };
  return [
    open,
    pinItem(t, acts),
    renameItem(t, acts, 'list'),
    copyItem(t, acts),
    saveItem(t, acts),
    removeItem(t, acts),
  ];
}

/** Over the chat that is open. */
export function headItems(t: Say, acts: ChatActs): readonly MenuItem[] {
  return [
    renameItem(t, acts, 'head'),
    pinItem(t, acts),
    copyItem(t, acts),
    saveItem(t, acts),
    { id: 'make-action', name: t('chats.makeAction'), icon: Workflow, run: acts.makeAction },
    removeItem(t, acts),
  ];
}

/** On several chats that are chosen. */
export function manyItems(t: Say, acts: ChatActs, count: number): readonly MenuItem[] {
  return [
    pinItem(t, acts),
    { ...saveItem(t, acts), name: t('chats.exportMany', { count }), apart: true },
    { ...removeItem(t, acts), name: t('chats.deleteMany', { count }) },
  ];
}

function pinItem(t: Say, { isPinned, pin }: ChatActs): MenuItem {
  const name = t(isPinned ? 'chats.unpin' : 'chats.pin');
  return { id: 'pin', name, icon: isPinned ? PinOff : Pin, keys: 'Ctrl+Shift+P', run: pin };
}

function renameItem(t: Say, { rename }: ChatActs, where: 'list' | 'head'): MenuItem {
  return { id: 'rename', name: t('chats.rename'), icon: PencilLine, keys: 'F2', run: () => rename(where) };
}

function copyItem(t: Say, { copy }: ChatActs): MenuItem {
  const name = t('chats.copyChat');
  return { id: 'copy', name, icon: ClipboardList, keys: 'Ctrl+Shift+C', apart: true, run: copy };
}

function saveItem(t: Say, { save }: ChatActs): MenuItem {
  return { id: 'export', name: t('chats.export'), icon: Download, keys: 'Ctrl+E', run: save };
}

function removeItem(t: Say, { remove }: ChatActs): MenuItem {
  return {
    id: 'delete',
    name: t('chats.delete'),
    icon: Trash2,
    keys: 'Delete',
    danger: true,
    apart: true,
    run: remove,
  };
}
