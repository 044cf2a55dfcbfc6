import { Keyboard, List, Power } from 'lucide-react';
import type { Command } from './command.ts';
import { toggleView } from './toggle-view.ts';

const always = () => true;

export const listKeys: Command = {
  id: 'keys',
  keys: 'F1',
  icon: Keyboard,
  when: always,
  inEmptyBox: 'last',
  run: toggleView('keys'),
};

/** What tells of the others, and the way out. */
export const helpCommands: readonly Command[] = [
  {
    id: 'commands',
    keys: 'Ctrl+K',
    icon: List,
    when: always,
    hint: { at: 11, name: 'more', with: 'anything', when: ({ view }) => view !== 'commands' },
    run: toggleView('commands'),
  },
  listKeys,
  { id: 'quit', keys: null, icon: Power, when: always, run: ({ client }) => void client.request('app.quit', {}) },
];
