import type { i18n } from 'i18next';
import type { NamedCommand } from '../rows.ts';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import type { CommandContext } from './context.ts';

/** First letters of the pinyin of Chinese names, by name; what is not in it is not found by pinyin. */
export type Initials = Readonly<Record<string, string>>;

/** The commands that work now, named in the shown language and findable in both. */
export function nameCommands(
  translator: i18n,
  context: CommandContext,
  initials: Initials = {},
): readonly NamedCommand[] {
  return commands.filter(({ when }) => when(context)).map((command) => nameCommand(translator, command, initials));
}

/** Their Chinese names, whichever language is shown. */
export function chineseNames(translator: i18n): readonly string[] {
  return commands.map(({ id }) => nameIn(translator, id, 'zh-CN'));
}

function nameCommand(translator: i18n, command: Command, initials: Initials): NamedCommand {
  const chinese = nameIn(translator, command.id, 'zh-CN');
  const pinyin = initials[chinese];
  return {
    command,
    name: translator.t(`command.${command.id}`, { ns: 'overlay' }),
    aliases: [nameIn(translator, command.id, 'en'), chinese, ...(pinyin === undefined ? [] : [pinyin])],
  };
}

function nameIn(translator: i18n, id: string, language: string): string {
  return translator.t(`command.${id}`, { ns: 'overlay', lng: language });
}
