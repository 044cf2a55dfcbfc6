import { ArrowLeft, ArrowRight, FileDiff, SquareX } from 'lucide-react';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

/** What an answer changes in its text, and which of it is made. Their keys go before those that every answer has. */
export const changeCommands: readonly Command[] = [
  {
    id: 'diff',
    keys: 'Ctrl+D',
    icon: FileDiff,
    when: ({ changes }) => changes !== 'none',
    hint: { at: 4, name: 'diff', with: 'answer', when: ({ changes }) => changes === 'hidden' },
    run: ({ box }) => box.toggleDiff(),
  },
  {
    id: 'next-change',
    keys: 'Right',
    icon: ArrowRight,
    when: (context) => areShown(context) && context.input === 'empty',
    hint: {
      at: 4,
      name: ({ changes }) => (changes === 'shown' ? 'changes' : 'nextChange'),
      with: 'answer',
    },
    run: ({ changes }) => changes.step(1),
  },
  {
    id: 'previous-change',
    keys: 'Left',
    icon: ArrowLeft,
    when: (context) => areShown(context) && context.input === 'empty',
    run: ({ changes }) => changes.step(-1),
  },
  {
    id: 'leave-out',
    keys: 'Ctrl+Backspace',
    icon: SquareX,
    when: (context) => isOneChosen(context) && context.input === 'empty',
    hint: {
      at: 3,
      name: ({ changes }) => (changes === 'chosen-left-out' ? 'makeIt' : 'leaveOut'),
      with: 'answer',
    },
    run: ({ changes }) => changes.chosen !== null && changes.toggle(changes.chosen),
  },
];

function isOneChosen({ changes }: CommandContext): boolean {
  return changes === 'chosen' || changes === 'chosen-left-out';
}

function areShown(context: CommandContext): boolean {
  return context.changes === 'shown' || isOneChosen(context);
}
