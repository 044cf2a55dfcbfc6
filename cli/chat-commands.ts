import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { chatLines } from './chats.ts';
import { copyText } from './copy-text.ts';
import { columnsOf } from './drawing/cells.ts';
import { beside } from './drawing/layout.ts';
import { piece } from './drawing/pieces.ts';
import { findChats } from './history.ts';
import { nearest } from './table/nearest.ts';
import { isStandardInput } from './take-along.ts';
import type { Talk } from './talk.ts';

type ChatCommand = (talk: Talk, value: string) => Promise<void> | void;

const mostListed = 10;

/** What can be typed in a chat besides a question; `/quit` is the loop's. What each does is said under `cli.chatHelp`. */
const commands: Readonly<Record<string, ChatCommand>> = {
  new: (talk) => talk.beginNew(),
  model: (talk, value) => talk.chooseModel(value),
  history: listOrGoOn,
  file: takeFile,
  copy: copyAnswer,
  help: showHelp,
};

/** Runs a command; false for what is a question. */
export async function runChatCommand(talk: Talk, text: string): Promise<boolean> {
  const [, name, value = ''] = /^\/([a-z]+)(?:[ \t]+([^\n]+))?$/i.exec(text) ?? [];
  if (name === undefined) return false;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) await command(talk, value.trim());
  // With more behind it, it may well be a question about a path.
  else if (value === '') sayUnknown(talk, name);
  else return false;
  return true;
}

function sayUnknown({ input: { terminal, words } }: Talk, name: string): void {
  const meant = nearest(name, [...Object.keys(commands), 'quit']);
  const said = [words.say('notAChatCommand', { command: name })];
  if (meant !== null) said.push(words.say('wrong.meant', { meant: `/${meant}` }));
  terminal.line(words.join(said));
}

async function listOrGoOn(talk: Talk, value: string): Promise<void> {
  const { terminal, words } = talk.input;
  if (/^\d+$/.test(value)) {
    await talk.goOn(value);
    return;
  }
  const found = (await findChats(talk.input, value)).slice(0, mostListed);
  if (found.length === 0) terminal.line(words.say(value === '' ? 'noHistory' : 'noHits'));
  for (const line of chatLines(found, words, terminal.columns)) terminal.line(line);
  if (found.length > 0) terminal.line(words.say('historyHint'));
}

async function takeFile(talk: Talk, value: string): Promise<void> {
  const { terminal, words } = talk.input;
  const path = pathOf(value);
  if (path === '' || isStandardInput(path)) {
    terminal.line(words.say('fileWanted'));
    return;
  }
  if (!existsSync(path)) throw new AppError('file/not-found', path, { values: { file: basename(path) } });
  await talk.takeFile(path);
  terminal.line(words.say('fileWithNext', { file: path }));
}

/** As a shell would have read it, or a terminal that a file was dragged into: quoted, escaped, in the home folder. */
function pathOf(value: string): string {
  const [, , quoted] = /^(['"])(.*)\1$/.exec(value) ?? [];
  const path = quoted ?? (process.platform === 'win32' ? value : value.replaceAll(/\\(.)/g, '$1'));
  return path.replace(/^~(?=\/|$)/, homedir());
}

async function copyAnswer(talk: Talk): Promise<void> {
  const { terminal, words, env } = talk.input;
  const { lastAnswer } = talk;
  if (lastAnswer.trim() === '') terminal.line(words.say('copyNothing'));
  else if (await copyText(lastAnswer, env)) terminal.line(words.say('copied'));
  else if (terminal.isScreen) {
    terminal.copyThroughTerminal(lastAnswer);
    terminal.line(words.say('copySent'));
  } else terminal.line(words.say('copyNothing'));
}

function showHelp({ input: { terminal, words } }: Talk): void {
  const value = (kind: string) => words.say(`argument.${kind}`);
  const entries = [
    ['/new', 'new'],
    [`/model [${value('model')}]`, 'model'],
    [`/history [${value('chat')}]`, 'history'],
    [`/file ${value('path')}`, 'file'],
    ['/copy', 'copy'],
    ['/help', 'help'],
    ['/quit', 'quit'],
    ['Ctrl+C', 'stop'],
    ['\\', 'further'],
  ] as const;
  const column = Math.max(...entries.map(([written]) => columnsOf(written))) + 4;
  for (const [written, key] of entries) {
    const says = words.say(`chatHelp.${key}`);
    for (const line of beside([piece(`  ${written}`, 'strong')], says, column, terminal.columns ?? 80))
      terminal.line(line);
  }
}
