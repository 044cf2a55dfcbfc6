import { join } from 'node:path';
import { type AppErrorShape, toErrorShape } from '../contract/errors.ts';
import { readSettings } from '../contract/settings.ts';
import { parseSettings } from '../contract/settings-text.ts';
import { systemLanguage } from '../contract/system-language.ts';
import { readPlainText } from '../core/plain-files.ts';
import { findProfile } from '../core/profile/folders.ts';
import { variableFor } from '../core/settings/environment-keys.ts';
import { formatBytes, formatDuration } from '../locales/format.ts';
import type { Language } from '../locales/index.ts';
import { showHiddenInLine } from '../locales/show-hidden.ts';
import { createTranslator, sayError } from '../locales/translator.ts';
import type { Env } from './session.ts';

type Values = Readonly<Record<string, string | number>>;

/** The cli's words in the person's language: the setting, else the terminal's locale. */
export interface Words {
  readonly language: Language;
  say(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** A word of another part, such as `doctor`. */
  sayIn(part: string, key: string, values?: Readonly<Record<string, string | number>>): string;
  error(error: unknown): string;
  /** An error for programs, which may show a sentence to a person all the same. */
  withSentence(error: AppErrorShape): AppErrorShape & { readonly sentence: string };
  /** Sentences one after the other. */
  join(sentences: readonly string[]): string;
  /** What more there is to say of a command in its help; null where that is all. */
  more(command: string): string | null;
  /** A name from outside as it may stand within a line. */
  safe(name: string): string;
  bytes(bytes: number): string;
  duration(seconds: number): string;
}

export function createCliWords(env: Env): Words {
  const language = languageOf(env);
  const translator = createTranslator(language);
  const sayIn = (part: string, key: string, values: Readonly<Record<string, string | number>> = {}) =>
    translator.t(key, { ns: part, ...madeSafe(withKeysAsSaid(values)) });
  const say = (error: unknown) => sayError(translator, forTerminal(isShape(error) ? error : toErrorShape(error)));
  return {
    language,
    say: (key, values) => sayIn('cli', key, values),
    sayIn,
    error: say,
    withSentence: (error) => ({ ...error, sentence: say(error) }),
    join: (sentences) => sentences.join(language === 'zh-CN' ? '' : ' '),
    more: (command) => (translator.exists(`cli:more.${command}`) ? sayIn('cli', `more.${command}`) : null),
    safe: showHiddenInLine,
    bytes: formatBytes,
    duration: (seconds) => formatDuration(seconds, language),
  };
}

/** Their next step is another one in a terminal. */
const saidForTerminal: readonly string[] = ['picture/no-model', 'picture/model-damaged', 'sending/not-shown'];

/** What is done elsewhere than in the app is said as it is done here: a key by its variable, a model by its command. */
function forTerminal(error: AppErrorShape): AppErrorShape {
  if (saidForTerminal.includes(error.code)) return { ...error, values: { ...error.values, context: 'terminal' } };
  if (!hasVariable(error))
    return error.values === undefined ? error : { ...error, values: withKeysAsSaid(error.values) };
  const { host, context } = error.values ?? {};
  const isAnother = error.code === 'server/wrong-key' && context === 'another';
  const said = { context: isAnother ? 'another-terminal' : 'terminal', variable: variableFor(String(host ?? '')) };
  return { ...error, values: { ...error.values, ...said } };
}

/** Whether a key is missing that the environment could have; one that is locked up elsewhere has its own next step. */
function hasVariable({ code, values }: AppErrorShape): boolean {
  if (code === 'server/key-lost') return [undefined, 'environment'].includes(values?.['context'] as string | undefined);
  return code === 'server/wrong-key' || code === 'server/key-wanted';
}

/** Names come from outside: files, models, servers and chats. They turn nothing around and break no line. */
function madeSafe(values: Values): Values {
  return changed(values, (_, text) => showHiddenInLine(text));
}

/** A key is Ctrl to a person, however it is stored. */
function withKeysAsSaid(values: Values): Values {
  return changed(values, (name, text) =>
    ['hotkey', 'accelerator'].includes(name) ? text.replaceAll(/\bControl\b/g, 'Ctrl') : text,
  );
}

function changed(values: Values, change: (name: string, text: string) => string): Values {
  const entries = Object.entries(values);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? change(name, value) : value]),
  );
}

function isShape(error: unknown): error is AppErrorShape {
  return typeof error === 'object' && error !== null && !(error instanceof Error) && 'code' in error;
}

function languageOf(env: Env): Language {
  const fromSystem = systemLanguage(env);
  try {
    const { settings } = readSettings(parseSettings(readPlainText(join(findProfile(env), 'settings.json'))));
    return settings.language === 'system' ? fromSystem : settings.language;
  } catch {
    return fromSystem;
  }
}
