import { Sparkle } from 'lucide-react';
import type { Command } from './command.ts';

/** Does what the notice under the input offers. It has its key before a mark in the answer has it. */
export const takeNotice: Command = {
  id: 'notice',
  keys: 'Ctrl+Down',
  icon: Sparkle,
  when: ({ hasNotice }) => hasNotice,
  run: ({ notice, box, ask, act }) => {
    const action = notice?.error.action;
    if (notice?.act) notice.act();
    // What was refused is still in the input.
    else if (box.text.trim() !== '' && (action === 'try-again' || action === 'free-space')) void ask(box.text);
    else if (action !== undefined && (action !== 'shorten' || box.text === '')) act(action);
  },
};

export const nextMark: Command = {
  id: 'next-mark',
  keys: 'Ctrl+Down',
  icon: Sparkle,
  when: ({ hasMarks, hasNotice }) => hasMarks && !hasNotice,
  hint: { at: 5, name: 'nextMark', with: 'answer' },
  run: ({ lookedUp }) => lookedUp.next(),
};

/** What wants to be looked at. */
export const attentionCommands: readonly Command[] = [takeNotice, nextMark];
