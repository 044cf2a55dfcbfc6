import { Box, Keyboard, List, Maximize2, Minus, Plus, Power, Settings, Undo2, X } from 'lucide-react';
import type { WindowCommand } from './command.ts';

const always = () => true;

/** The window itself: where one can go in it, how large it is drawn, and what tells of the others. */
export const windowCommands: readonly WindowCommand[] = [
  {
    id: 'models',
    keys: 'Ctrl+M',
    icon: Box,
    group: 'window',
    when: always,
    run: ({ chats }) => chats.chooseModel(),
  },
  {
    id: 'page-chats',
    keys: 'Ctrl+1',
    icon: List,
    group: 'window',
    when: always,
    run: ({ openPage }) => openPage('chats'),
  },
  {
    id: 'page-models',
    keys: 'Ctrl+2',
    icon: Box,
    group: 'window',
    when: always,
    run: ({ openPage }) => openPage('models'),
  },
  {
    id: 'settings',
    keys: 'Ctrl+,',
    also: ['Ctrl+3'],
    icon: Settings,
    group: 'window',
    when: always,
    run: ({ openPage }) => openPage('settings'),
  },
  {
    id: 'commands',
    keys: 'Ctrl+K',
    icon: List,
    group: 'window',
    when: always,
    run: ({ show }) => show('commands'),
  },
  { id: 'keys', keys: 'F1', icon: Keyboard, group: 'window', when: always, run: ({ show }) => show('keys') },
  {
    id: 'undo',
    keys: 'Ctrl+Z',
    icon: Undo2,
    group: 'window',
    when: ({ hasUndo, isInText }) => hasUndo && !isInText,
    run: ({ undo }) => undo(),
  },
  {
    id: 'larger',
    keys: 'Ctrl+Plus',
    also: ['Ctrl++', 'Ctrl+='],
    icon: Plus,
    group: 'window',
    when: always,
    run: ({ resize }) => resize(1),
  },
  {
    id: 'smaller',
    keys: 'Ctrl+-',
    icon: Minus,
    group: 'window',
    when: always,
    run: ({ resize }) => resize(-1),
  },
  {
    id: 'normal-size',
    keys: 'Ctrl+0',
    icon: Maximize2,
    group: 'window',
    when: always,
    run: ({ resize }) => resize(0),
  },
  { id: 'close-window', keys: 'Ctrl+W', icon: X, group: 'window', when: always, run: () => window.close() },
  {
    id: 'quit',
    keys: null,
    icon: Power,
    group: 'window',
    when: always,
    run: ({ client }) => void client.request('app.quit', {}),
  },
];
