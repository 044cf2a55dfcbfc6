import { isAltGraph, type KeyPress } from '../../app/key-of.ts';
import { combinationOf } from '../../overlay/commands/combination.ts';
import { actionCommands } from './actions.ts';
import { answerCommands } from './answer.ts';
import { chatCommands } from './chat.ts';
import type { WindowCommand, WindowContext } from './command.ts';
import { windowCommands } from './window.ts';

/** Every command of the main window, in the order of the list under Ctrl+K. */
export const commands: readonly WindowCommand[] = [
  ...chatCommands,
  ...answerCommands,
  ...actionCommands,
  ...windowCommands,
];

/** The command that a key press means now; null when it means none. */
export function findWindowCommand(press: KeyPress, platform: string, context: WindowContext): WindowCommand | null {
  if (isAltGraph(press)) return null;
  const combination = combinationOf(press, platform);
  const means = ({ keys, also = [], when }: WindowCommand) =>
    (keys === combination || also.includes(combination)) && when(context);
  return commands.find(means) ?? null;
}
