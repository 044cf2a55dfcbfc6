import {
  ClipboardList,
  Download,
  Eye,
  FilePlus,
  MessageSquare,
  PencilLine,
  Pin,
  Search,
  SquarePen,
  Trash2,
  Workflow,
} from 'lucide-react';
import type { WindowCommand, WindowContext } from './command.ts';

const always = () => true;
const isOpen = ({ page, isStored }: WindowContext) => page === 'chats' && isStored;

/** Chats: to begin one, to find one, and what can be done with the one that is open. */
export const chatCommands: readonly WindowCommand[] = [
  { id: 'new-chat', keys: 'Ctrl+N', icon: SquarePen, group: 'chat', when: always, run: ({ chats }) => chats.newChat() },
  { id: 'find', keys: 'Ctrl+F', icon: Search, group: 'chat', when: always, run: ({ find }) => find() },
  {
    id: 'history',
    keys: 'Ctrl+L',
    icon: MessageSquare,
    group: 'chat',
    when: always,
    run: ({ chats }) => chats.goToList(),
  },
  {
    id: 'look',
    keys: 'Ctrl+B',
    icon: Eye,
    group: 'chat',
    when: ({ page, goesAway, isInputEmpty }) => page === 'chats' && goesAway && !isInputEmpty,
    run: ({ chats }) => chats.look(),
  },
  { id: 'file', keys: 'Ctrl+U', icon: FilePlus, group: 'chat', when: always, run: ({ chats }) => chats.addFile() },
  {
    id: 'rename',
    keys: 'F2',
    icon: PencilLine,
    group: 'chat',
    when: isOpen,
    run: ({ chats }) => chats.rename(),
  },
  {
    id: 'pin-chat',
    keys: 'Ctrl+Shift+P',
    icon: Pin,
    group: 'chat',
    when: isOpen,
    run: ({ chats }) => chats.pin(),
  },
  {
    id: 'copy-chat',
    keys: 'Ctrl+Shift+C',
    icon: ClipboardList,
    group: 'chat',
    when: isOpen,
    run: ({ chats }) => chats.copyChat(),
  },
  {
    id: 'make-action',
    keys: null,
    icon: Workflow,
    group: 'chat',
    when: isOpen,
    run: ({ chats }) => chats.makeAction(),
  },
  {
    id: 'export',
    keys: 'Ctrl+E',
    icon: Download,
    group: 'chat',
    when: ({ page }) => page === 'chats',
    run: ({ chats }) => chats.exportChat(),
  },
  {
    id: 'delete-chat',
    // In the list Del alone does it.
    keys: null,
    icon: Trash2,
    group: 'chat',
    when: isOpen,
    run: ({ chats }) => chats.remove(),
  },
];
