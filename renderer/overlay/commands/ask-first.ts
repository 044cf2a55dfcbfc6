import { ClipboardCheck, ReplaceAll, TextSearch } from 'lucide-react';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

/** What takes the person's word, in an application where nobody has tried it, and what is left where nothing can be written. */
export const askFirstCommands: readonly Command[] = [
  {
    id: 'replace-always',
    // Not with Alt: its release would open the menu of the application that gets the keyboard back.
    keys: 'Ctrl+Shift+A',
    icon: ReplaceAll,
    when: mayReplace,
    keyWhen: ({ hasRows, view }) => !hasRows && view === 'box',
    run: ({ putBack }) => void putBack.write('replace', 'always'),
  },
  {
    id: 'copy-and-go',
    keys: null,
    icon: ClipboardCheck,
    when: isCopiedAndLeft,
    otherKey: { keys: 'Enter', when: ({ hasRows, view }) => !hasRows && view === 'box' },
    hint: { at: 1, name: 'copy', with: 'answer', main: ({ answer }) => answer !== 'cut' },
    run: ({ conversation, changes, copied, leaving }) => {
      const answer = conversation.messages.at(-1);
      if (answer?.role !== 'assistant') return;
      void copied.copyAnswer(answer, [...changes.leftOut]).then((isDone) => isDone && leaving.go());
    },
  },
  {
    id: 'look-once',
    keys: null,
    icon: TextSearch,
    when: ({ offersCopy }) => offersCopy,
    inEmptyBox: 'first',
    run: ({ client }) => void client.request('context.askForCopy', { always: false }),
  },
  {
    id: 'look-always',
    keys: null,
    icon: TextSearch,
    when: ({ offersCopy }) => offersCopy,
    inEmptyBox: 'first',
    run: ({ client }) => void client.request('context.askForCopy', { always: true }),
  },
];

function mayReplace({ place, input, asksFirst }: CommandContext): boolean {
  return place === 'replace' && asksFirst && input === 'empty';
}

/** Nothing can be written there: Enter copies, and the box goes. */
export function isCopiedAndLeft({ place, input }: Pick<CommandContext, 'place' | 'input'>): boolean {
  return place === 'copy' && input === 'empty';
}
