import { ArrowUpDown, Copy, Image, Pencil, ReceiptText, RotateCcw, Square, StepForward } from 'lucide-react';
import { isCopiedAndLeft } from './ask-first.ts';
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
  otherKey: {
    keys: 'Enter',
    // What is in its place already, or may be, is not copied over what the person has in the clipboard.
    when: (moment) =>
      hasEnded(moment) &&
      moment.place !== 'replace' &&
      !isCopiedAndLeft(moment) &&
      moment.back === 'no' &&
      moment.input === 'empty' &&
      !moment.hasRows &&
      moment.view === 'box',
  },
  hint: {
    at: 7,
    name: 'copy',
    with: 'answer',
    when: (moment) => !isCopiedAndLeft(moment),
    main: ({ place, back }) => place !== 'replace' && back === 'no',
  },
  run: ({ conversation, changes, copied }) => {
    const answer = conversation.messages.at(-1);
    if (answer?.role === 'assistant') void copied.copyAnswer(answer, [...changes.leftOut]);
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
    id: 'copy-card',
    keys: null,
    icon: Image,
    when: (moment) => hasEnded(moment) && moment.hasWords,
    run: async ({ conversation, copied, openPage }) => {
      const answer = conversation.messages.at(-1);
      if (answer?.role !== 'assistant') return;
      const isDone = await copied.copyCard(answer);
      // The window asks for a name first, once, and says what a card is.
      if (!isDone) openPage('chats', conversation.id);
    },
  },
  {
    id: 'stop',
    keys: 'Ctrl+.',
    icon: Square,
    when: isBeingMade,
    hint: { at: 1, name: 'stop', with: 'box', main: ({ hasRows, input }) => !hasRows && input === 'empty' },
    run: ({ conversation }) => conversation.stop(),
  },
  {
    id: 'go-on',
    keys: 'Ctrl+G',
    icon: StepForward,
    when: ({ answer }) => answer === 'cut',
    hint: { at: 2, name: 'goOn', with: 'answer' },
    run: ({ conversation }) => void conversation.goOn(),
  },
  {
    id: 'again',
    keys: 'Ctrl+R',
    icon: RotateCcw,
    when: hasEnded,
    // Nothing came that Enter could take anywhere.
    otherKey: {
      keys: 'Enter',
      when: (moment) =>
        hasEnded(moment) &&
        !moment.hasWords &&
        moment.mayRetry &&
        (moment.place === 'none' || moment.place === 'either') &&
        moment.input === 'empty' &&
        !moment.hasRows &&
        moment.view === 'box',
    },
    hint: {
      at: 8,
      name: ({ hasWords }) => (hasWords ? 'again' : 'tryAgain'),
      with: 'answer',
      when: ({ place, back }) => place !== 'replace' && back === 'no',
      main: ({ hasWords }) => !hasWords,
    },
    run: ({ conversation }) => void conversation.again(),
  },
  {
    id: 'again-with',
    keys: 'Ctrl+Shift+R',
    icon: RotateCcw,
    when: hasEnded,
    hint: { at: 9, name: 'anotherModel', with: 'answer', when: ({ hasWords }) => !hasWords },
    run: toggleView('again-with'),
  },
  {
    id: 'swap-answers',
    keys: 'Ctrl+Shift+S',
    icon: ArrowUpDown,
    when: (context) => hasEnded(context) && context.hasFormer,
    hint: { at: 7, name: 'swapAnswers', with: 'answer' },
    run: ({ conversation }) => conversation.swap(),
  },
  {
    id: 'receipt',
    keys: 'Ctrl+I',
    icon: ReceiptText,
    when: (context) => hasEnded(context) && context.hasWords,
    run: ({ conversation, openReceipt }) => {
      const answer = conversation.messages.at(-1);
      if (answer?.role === 'assistant' && answer.receipt !== null) openReceipt.toggle(answer.id);
    },
  },
  editLast,
];
