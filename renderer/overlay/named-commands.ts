import type { i18n } from 'i18next';
import { type Command, type CommandId, commands, type KeyContext } from './keymap.ts';
import type { NamedCommand } from './rows.ts';

/** First letters of the pinyin of each command's Chinese name. */
const pinyinInitials: Readonly<Record<CommandId, string>> = {
  'new-chat': 'xdh',
  history: 'lsjl',
  pin: 'gd',
  models: 'xzmx',
  'open-window': 'zckzdk',
  settings: 'sz',
  actions: 'gdcz',
  copy: 'fzhd',
  again: 'cxhd',
  'go-on': 'jxhd',
  'again-with': 'hmxhd',
  stop: 'tz',
  'edit-last': 'xgwt',
  keys: 'kjj',
  notice: 'cltz',
  replace: 'th',
  'insert-below': 'crdxm',
  'undo-put-back': 'cxth',
  diff: 'xscy',
  'next-change': 'xycgd',
  'previous-change': 'sycgd',
  'leave-out': 'blzcgd',
  'next-mark': 'xycywzmydc',
  file: 'tjwj',
  quit: 'tc',
};

/** The commands that work now, named in the shown language and findable in both. */
export function nameCommands(translator: i18n, context: KeyContext): readonly NamedCommand[] {
  return commands.filter(({ when }) => when(context)).map((command) => nameCommand(translator, command));
}

function nameCommand(translator: i18n, { id, keys }: Command): NamedCommand {
  const inLanguage = (language: string) => translator.t(`command.${id}`, { ns: 'overlay', lng: language });
  return {
    command: id,
    keys,
    name: translator.t(`command.${id}`, { ns: 'overlay' }),
    aliases: [inLanguage('en'), inLanguage('zh-CN'), pinyinInitials[id]],
  };
}
