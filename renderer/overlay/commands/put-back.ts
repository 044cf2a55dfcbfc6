import { ListEnd, Replace, Undo2 } from 'lucide-react';
import type { PutBackView } from '../use-put-back.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

/** What writes an answer into the document its text came from. */
export const putBackCommands: readonly Command[] = [
  {
    id: 'replace',
    keys: 'Enter',
    icon: Replace,
    when: canBePutBack,
    // Enter belongs to the chosen row, and in a list to nothing else.
    keyWhen: ({ hasRows, view }) => !hasRows && view === 'box',
    hint: { at: 1, name: ({ asksFirst }) => (asksFirst ? 'replaceOnce' : 'replace'), with: 'answer', main: () => true },
    run: ({ putBack }) => void putBack.write('replace', ...wordOf(putBack)),
  },
  {
    id: 'insert-below',
    keys: 'Ctrl+Enter',
    icon: ListEnd,
    when: canBePutBack,
    hint: { at: 3, name: 'insertBelow', with: 'answer', when: ({ answer }) => answer !== 'cut' },
    run: ({ putBack }) => void putBack.write('insert-below', ...wordOf(putBack)),
  },
  {
    id: 'undo-put-back',
    keys: 'Ctrl+Z',
    icon: Undo2,
    when: ({ canUndo, input }) => canUndo && input === 'empty',
    hint: { at: 1, name: 'undo', with: 'answer', when: ({ isUndoable }) => isUndoable, main: () => true },
    inEmptyBox: 'first',
    run: ({ putBack }) => void putBack.undo(),
  },
];

/** Where nobody has tried it, the key is the person's word for this once: the line above it says so. */
function wordOf({ asksFirst }: PutBackView): readonly ['once'?] {
  return asksFirst ? ['once'] : [];
}

function canBePutBack({ place, input }: CommandContext): boolean {
  return place === 'replace' && input === 'empty';
}
