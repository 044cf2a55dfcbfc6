import { CircleSlash, Eye, MonitorDot, Send } from 'lucide-react';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

/** What is shown before it is sent, and what can be done with it then. */
export const sendingCommands: readonly Command[] = [
  {
    id: 'look',
    // Before sending.
    keys: 'Ctrl+B',
    icon: Eye,
    when: ({ goesAway, sheet, input, hasChips }) => goesAway && sheet === 'none' && (input === 'text' || hasChips),
    keyWhen: ({ view }) => view === 'box' || view === 'rewrite' || view === 'translate' || view === 'tidy',
    hint: { at: 2, name: 'look', with: 'box' },
    run: ({ look }) => look(),
  },
  {
    id: 'send-shown',
    keys: 'Enter',
    icon: Send,
    when: isShown,
    inSheet: true,
    hint: { at: 1, name: ({ sheet }) => (sheet === 'stays' ? 'ask' : 'sendShown'), with: 'box', main: () => true },
    run: ({ conversation }) => conversation.sheet?.send(),
  },
  {
    id: 'here-instead',
    keys: 'Alt+Enter',
    icon: MonitorDot,
    when: ({ sheet }) => sheet === 'leaves',
    inSheet: true,
    hint: { at: 2, name: 'hereInstead', with: 'box' },
    run: ({ conversation }) => conversation.sheet?.here?.(),
  },
  {
    id: 'cancel-sending',
    keys: 'Escape',
    icon: CircleSlash,
    when: isShown,
    inSheet: true,
    hint: { at: 3, name: ({ sheet }) => (sheet === 'follows' ? 'stopHere' : 'cancelSending'), with: 'box' },
    run: ({ conversation }) => conversation.sheet?.cancel(),
  },
];

function isShown({ sheet }: CommandContext): boolean {
  return sheet !== 'none';
}
