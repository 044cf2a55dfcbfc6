import { ClipboardCheck, ReplaceAll, TextSearch } from 'lucide-react';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

/** What takes the person's word, in an application where nobody has tried it, and what is left where nothing can be written. */
export const askFirstCommands: readonly Command[] = [
  {
    id: 'replace-always',
    keys: 'Alt+Enter',
    icon: ReplaceAll,
    when: mayReplace,
    keyWhen: ({ hasRows, view }) => !hasRows && view === 'box',
    run: ({ putBack }) => void putBack.write('replace', 'always'),
  },
  {
    id: 'copy-and-go',
    keys: null,
    icon: ClipboardCheck,
    when: ({ place, input }) => place === 'copy' && input === 'empty',
    otherKey: { keys: 'Enter', when: ({ hasRows, view }) => !hasRows && view === 'box' },
    hint: { at: 1, name: 'copy', with: 'answer', main: ({ answer }) => answer !== 'cut' },
    run: ({ client, conversation, changes, leaving }) => {
      const text = changes.text ?? conversation.messages.at(-1)?.text;
      if (text === undefined) return;
      void client.request('clipboard.writeText', { text }).then(({ ok }) => ok && leaving.go());
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
