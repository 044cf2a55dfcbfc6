import { ListEnd, Replace, Undo2 } from 'lucide-react';
import type { PutBackView } from '../use-put-back.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

/** What writes an answer into the document its text came from. */
export const putBackCommands: readonly Command[] = [
  {
    id: 'replace',
    keys: 'Ctrl+Shift+Enter',
    icon: Replace,
    when: canBePutBack,
    keyWhen: ({ view }) => view === 'box',
    // Enter belongs to the chosen row, and in a list to nothing else.
    otherKey: {
      keys: 'Enter',
      when: ({ hasRows, view, place }) => !hasRows && view === 'box' && place === 'replace',
    },
    hint: {
      at: 1,
      name: ({ place, asksFirst }) => (place !== 'replace' ? 'putInto' : asksFirst ? 'replaceOnce' : 'replace'),
      with: 'answer',
      main: ({ place }) => place === 'replace',
    },
    run: ({ putBack }) => void putBack.write('replace', ...wordOf(putBack)),
  },
  {
    id: 'insert-below',
    keys: 'Ctrl+Enter',
    icon: ListEnd,
    when: canBePutBack,
    hint: {
      at: 6,
      name: 'insertBelow',
      with: 'answer',
      when: ({ answer, place }) => answer !== 'cut' && place === 'replace',
    },
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
  return (place === 'replace' || place === 'either') && input === 'empty';
}
