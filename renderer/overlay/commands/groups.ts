import { answerCommands } from './answer.ts';
import { askFirstCommands } from './ask-first.ts';
import { attentionCommands } from './attention.ts';
import { changeCommands } from './changes.ts';
import type { Command } from './command.ts';
import { helpCommands } from './help.ts';
import { placeCommands } from './places.ts';
import { putBackCommands } from './put-back.ts';
import { sendingCommands } from './sending.ts';

/** What commands are for; the name of each is `keyGroup.<name>` in `locales/`. */
export type CommandGroup = 'putBack' | 'answer' | 'places';

/** Every command by what it is for, in the order of the list under Ctrl+K. */
export const commandGroups: readonly { readonly name: CommandGroup; readonly commands: readonly Command[] }[] = [
  { name: 'putBack', commands: [...putBackCommands, ...askFirstCommands, ...changeCommands] },
  { name: 'answer', commands: [...sendingCommands, ...answerCommands, ...attentionCommands] },
  { name: 'places', commands: [...placeCommands, ...helpCommands] },
];

export function groupOf(command: Command): CommandGroup {
  return commandGroups.find(({ commands }) => commands.includes(command))?.name ?? 'places';
}
