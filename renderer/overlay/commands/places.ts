import { AppWindow, Box, ClipboardList, FilePlus, MessageSquare, Pin, Plus, Settings } from 'lucide-react';
import type { Command } from './command.ts';
import { toggleView } from './toggle-view.ts';

const always = () => true;

/** Where one can go from the box, and what it can be given. */
export const placeCommands: readonly Command[] = [
  {
    id: 'open-window',
    keys: 'Ctrl+O',
    icon: AppWindow,
    when: always,
    run: ({ openPage, conversation }) => openPage('chats', conversation.id),
  },
  {
    id: 'new-chat',
    keys: 'Ctrl+N',
    icon: Plus,
    when: always,
    hint: { at: 10, name: 'newChat', with: 'answer', when: ({ place, back }) => place !== 'replace' && back === 'no' },
    inEmptyBox: 'last',
    run: ({ client, box, notices, failedFiles }) => {
      notices.beginAnew();
      for (const chipId of failedFiles) void client.request('context.remove', { chipId });
      box.home();
    },
  },
  { id: 'history', keys: 'Ctrl+L', icon: MessageSquare, when: always, run: toggleView('history') },
  { id: 'clips', keys: 'Ctrl+Shift+L', icon: ClipboardList, when: always, run: toggleView('clips') },
  {
    id: 'file',
    keys: 'Ctrl+U',
    icon: FilePlus,
    when: always,
    run: ({ client }) => void client.request('file.pick', {}),
  },
  { id: 'models', keys: 'Ctrl+M', icon: Box, when: always, inEmptyBox: 'last', run: toggleView('models') },
  {
    id: 'pin',
    keys: 'Ctrl+P',
    icon: Pin,
    when: always,
    run: ({ client, pinned }) => void client.request('overlay.pin', { pinned: !pinned }),
  },
  {
    id: 'settings',
    keys: 'Ctrl+,',
    icon: Settings,
    when: always,
    inEmptyBox: 'last',
    run: ({ openPage }) => openPage('settings'),
  },
];
