import { ArrowUpDown, Copy, Pencil, ReceiptText, RotateCcw, Sparkle, Square, StepForward } from 'lucide-react';
import type { WindowCommand, WindowContext } from './command.ts';

const hasEnded = ({ page, answer }: WindowContext) => page === 'chats' && (answer === 'done' || answer === 'cut');

/** What can be done with the last answer of the chat that is open. */
export const answerCommands: readonly WindowCommand[] = [
  {
    id: 'copy',
    keys: 'Ctrl+C',
    icon: Copy,
    group: 'answer',
    when: (context) => hasEnded(context) && !context.hasSelection,
    run: ({ chats }) => chats.copyAnswer(),
  },
  { id: 'again', keys: 'Ctrl+R', icon: RotateCcw, group: 'answer', when: hasEnded, run: ({ chats }) => chats.again() },
  {
    id: 'again-with',
    keys: 'Ctrl+Shift+R',
    icon: RotateCcw,
    group: 'answer',
    when: hasEnded,
    run: ({ chats }) => chats.againWith(),
  },
  {
    id: 'swap-answers',
    keys: 'Ctrl+Shift+S',
    icon: ArrowUpDown,
    group: 'answer',
    when: (context) => hasEnded(context) && context.hasFormer,
    run: ({ chats }) => chats.swapAnswers(),
  },
  {
    id: 'go-on',
    keys: 'Ctrl+G',
    icon: StepForward,
    group: 'answer',
    when: ({ page, answer }) => page === 'chats' && answer === 'cut',
    run: ({ chats }) => chats.goOn(),
  },
  {
    id: 'stop',
    keys: 'Ctrl+.',
    icon: Square,
    group: 'answer',
    when: ({ page, answer }) => page === 'chats' && answer === 'growing',
    run: ({ chats }) => chats.stop(),
  },
  {
    id: 'edit-last',
    keys: null,
    icon: Pencil,
    group: 'answer',
    when: (context) => hasEnded(context) && context.isInputEmpty,
    run: ({ chats }) => chats.editLast(),
  },
  {
    id: 'receipt',
    keys: 'Ctrl+I',
    icon: ReceiptText,
    group: 'answer',
    when: hasEnded,
    run: ({ chats }) => chats.receipt(),
  },
  {
    id: 'next-mark',
    keys: 'Ctrl+Down',
    icon: Sparkle,
    group: 'answer',
    when: ({ page, hasMarks }) => page === 'chats' && hasMarks,
    run: ({ chats }) => chats.nextMark(),
  },
];
