import { Copy, Pencil, RotateCcw, Square, StepForward } from 'lucide-react';
import type { Command } from './command.ts';
import { hasEnded, isBeingMade } from './context.ts';
import { toggleView } from './toggle-view.ts';

export const copy: Command = {
  id: 'copy',
  keys: 'Ctrl+C',
  icon: Copy,
  when: ({ hasWords }) => hasWords,
  // What is selected is copied by the page itself.
  keyWhen: ({ hasSelection }) => !hasSelection,
  hint: {
    at: 4,
    name: 'copy',
    with: 'answer',
    when: ({ place, input }) => place !== 'copy' || input !== 'empty',
    main: ({ place, answer }) => place !== 'replace' && answer !== 'cut',
  },
  run: ({ client, conversation, changes }) => {
    const text = changes.text ?? conversation.messages.at(-1)?.text;
    if (text !== undefined) void client.request('clipboard.writeText', { text });
  },
};

export const editLast: Command = {
  id: 'edit-last',
  keys: 'Up',
  icon: Pencil,
  when: ({ answer, input }) => answer !== 'none' && answer !== 'awaited' && input === 'empty',
  // In a list it moves through the rows.
  keyWhen: ({ view }) => view === 'box',
  run: ({ box, conversation }) => {
    const question = conversation.messages.findLast(({ role }) => role === 'user');
    if (question !== undefined) box.edit(question.text, question.id);
  },
};

/** What can be done with the answer on the screen, or the one that is being made. */
export const answerCommands: readonly Command[] = [
  copy,
  {
    id: 'stop',
    keys: 'Ctrl+.',
    icon: Square,
    when: isBeingMade,
    hint: { at: 1, name: 'stop', with: 'box', main: ({ hasRows }) => !hasRows },
    run: ({ conversation }) => conversation.stop(),
  },
  {
    id: 'go-on',
    keys: 'Ctrl+G',
    icon: StepForward,
    when: ({ answer }) => answer === 'cut',
    hint: { at: 2, name: 'goOn', with: 'answer', main: ({ place }) => place !== 'replace' },
    run: ({ conversation }) => void conversation.goOn(),
  },
  {
    id: 'again',
    keys: 'Ctrl+R',
    icon: RotateCcw,
    when: hasEnded,
    hint: {
      at: 7,
      name: 'again',
      with: 'answer',
      when: ({ place, back }) => place !== 'replace' && back === 'no',
      main: ({ hasWords }) => !hasWords,
    },
    run: ({ conversation }) => void conversation.again(),
  },
  { id: 'again-with', keys: 'Ctrl+Shift+R', icon: RotateCcw, when: hasEnded, run: toggleView('again-with') },
  editLast,
];
