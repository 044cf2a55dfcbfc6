import type { KeyPress } from '../../app/key-of.ts';
import { combinationOf } from './combination.ts';
import type { Command } from './command.ts';
import type { KeyMoment } from './context.ts';
import { commandGroups } from './groups.ts';

/** Every command, in the order of the list under Ctrl+K. */
export const commands: readonly Command[] = commandGroups.flatMap((group) => group.commands);

/** The command that a key press means at this moment; null when it means none. */
export function findCommand(press: KeyPress, platform: string, moment: KeyMoment): Command | null {
  const combination = combinationOf(press, platform);
  return commands.find((command) => keysNow(command, moment).includes(combination)) ?? null;
}

/** The keys that run a command at this moment, with the one to tell people first. */
export function keysNow(command: Command, moment: KeyMoment): readonly string[] {
  const { keys, when, keyWhen, otherKey, inSheet = false } = command;
  if (!when(moment) || (moment.sheet !== 'none') !== inSheet) return [];
  return [
    ...(otherKey?.when(moment) ? [otherKey.keys] : []),
    ...(keys !== null && (keyWhen?.(moment) ?? true) ? [keys] : []),
  ];
}
