import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileFacts } from '../contract/context.ts';
import { AppError, fromErrorShape } from '../contract/errors.ts';
import { withDiskFull } from '../core/disk-full.ts';
import { type SayWords, sayFullExtent, sayNote } from '../locales/say-locator.ts';
import { showHiddenInLine } from '../locales/show-hidden.ts';
import { readStream } from './read-stream.ts';
import type { CommandInput } from './run-cli.ts';
import { readStandardInput } from './standard-input.ts';

/** A text to ask about: a file that core opens, or what came through a pipe. */
export type Source = { readonly path: string } | { readonly name: string; readonly bytes: Buffer };

/** Whether an argument of `--file` means the standard input. */
export function isStandardInput(file: string): boolean {
  return ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'].includes(file);
}

/** Reads what `--file` names as far as only this process can: pipes, process substitutions, the standard input. */
export async function readSources(files: readonly string[], input: CommandInput): Promise<Source[]> {
  const sources: Source[] = [];
  for (const file of files) {
    const onWaiting = () => noteWaiting(input, file);
    if (isStandardInput(file)) {
      sources.push({ name: nameOfInput(input), bytes: await readStandardInput('typed-too', onWaiting) });
      continue;
    }
    const path = toPath(file);
    if (!isStream(path)) sources.push({ path });
    else sources.push({ name: nameOfPipe(path, input), bytes: await readPipe(path, onWaiting) });
  }
  return sources;
}

export function nameOfInput({ words }: CommandInput): string {
  return words.say('standardInput');
}

export function noteWaiting({ terminal, words }: CommandInput, file: string): void {
  if (terminal.isWatched)
    terminal.note(words.say('waiting', { file: isStandardInput(file) ? words.say('standardInput') : file }));
}

/** Hands sources to core and answers the ids to ask with; one that cannot be read ends the command. */
export async function takeAlong(sources: readonly Source[], input: CommandInput): Promise<string[]> {
  if (sources.length === 0) return [];
  const { session } = input;
  const folder = join(session.profile, `${pipedPrefix}${randomUUID()}`);
  try {
    const paths = sources.map((source, index) => ('path' in source ? source.path : keepPiped(folder, index, source)));
    const chips = await session.client.call('file.add', { paths, shown: false });
    const failed = chips.find(({ status }) => status !== 'ready');
    if (failed !== undefined) {
      const { cause, title } = failed;
      const values = { ...cause?.values, file: title ?? '' };
      throw fromErrorShape({ code: 'file/unreadable', message: 'not read', ...cause, values });
    }
    for (const { title, file } of chips) noteReading(title ?? '', file, input);
    return chips.map(({ id }) => id);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    removeLeft(session.profile);
  }
}

/** Says what of a file was not read, and what was guessed. */
function noteReading(title: string, file: FileFacts | undefined, { terminal, words }: CommandInput): void {
  const { extent = null, notes = [] } = file ?? {};
  const say: SayWords = (key, values) => words.sayIn('locators', key, values);
  if (extent !== null && extent.read < extent.total)
    terminal.note(
      extent.unit === 'page'
        ? words.say('filePartly', { file: title, read: extent.read, count: extent.total })
        : `${showHiddenInLine(title)}: ${sayFullExtent(say, extent)}`,
    );
  // A guess is for who can look at the answer; a script was never told of its own encoding.
  for (const note of notes)
    if (note.note !== 'encoding-guessed' || terminal.isWatched)
      terminal.note(`${showHiddenInLine(title)}: ${sayNote(say, note)}`);
}

const pipedPrefix = 'piped-';
const leftAfterMs = 600_000;

/** Core opens it like any file, so that it is decoded and judged like any; it is gone when that is done. */
function keepPiped(
  folder: string,
  index: number,
  { name, bytes }: { readonly name: string; readonly bytes: Buffer },
): string {
  const inner = join(folder, String(index));
  const path = join(inner, basename(name) || 'text');
  try {
    mkdirSync(inner, { recursive: true, mode: 0o700 });
    writeFileSync(path, bytes, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw withDiskFull(error);
  }
  return path;
}

/** What a command that was killed could not take away. */
function removeLeft(profile: string): void {
  for (const name of readdirSync(profile)) {
    if (!name.startsWith(pipedPrefix)) continue;
    const path = join(profile, name);
    if (Date.now() - (look(path)?.mtimeMs ?? 0) > leftAfterMs) rmSync(path, { recursive: true, force: true });
  }
}

function toPath(file: string): string {
  if (!file.startsWith('file:')) return resolve(file);
  try {
    return fileURLToPath(file);
  } catch (error) {
    throw new AppError('file/not-found', String(error), { values: { file } }, error);
  }
}

/** A pipe, also a named one, or whatever this process has open: core could not open that, or would open its own. */
function isStream(path: string): boolean {
  if (/^\/(dev\/fd|proc\/(self|thread-self|\d+)\/fd)\//.test(path)) return look(path)?.isDirectory() === false;
  const stats = look(path);
  return stats?.isFIFO() === true || stats?.isCharacterDevice() === true;
}

function look(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

async function readPipe(path: string, onWaiting: () => void): Promise<Buffer> {
  try {
    return await readStream(createReadStream(path), { onWaiting });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code === 'EACCES' ? 'file/no-permission' : 'file/unreadable';
    throw new AppError(code, String(error), { values: { file: basename(path) } }, error);
  }
}

function nameOfPipe(path: string, { words }: CommandInput): string {
  return /^\/(dev|proc)\//.test(path) ? words.say('pipe') : basename(path);
}
