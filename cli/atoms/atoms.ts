import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fromErrorShape } from '../../contract/errors.ts';
import type { KeptAtom } from '../../contract/sharing.ts';
import { nameOf } from '../../locales/say-atom.ts';
import { askLine, canAsk } from '../ask-line.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandInput } from '../run-cli.ts';
import { nearest } from '../table/nearest.ts';
import { add, notFound, verify } from './add-atoms.ts';
import { keptLines, listLines, planLines } from './atom-lines.ts';
import { atomWords } from './atom-words.ts';
import { prove } from './prove-atom.ts';
import { skillOf, writeSkill } from './skill.ts';

/** `beckon atoms`: what actions there are and what they may touch; gives them away, takes them, tries them. */
export async function atoms(input: CommandInput): Promise<number> {
  const { part, args } = input;
  const [value = ''] = args;
  switch (part) {
    case 'show':
      // An id is never the name of a file that is there.
      if (/[./\\]/.test(value) && existsSync(resolve(value))) return verify(input, value);
      return show(input, await find(input, value), keptLines);
    case 'plan':
      return show(input, await find(input, value), planLines);
    case 'export':
      return exportOne(input, await find(input, value));
    case 'add':
      return add(input, value, false);
    case 'update':
      return add(input, value, true);
    case 'verify':
      return verify(input, value);
    case 'prove':
      return prove(input, await find(input, value));
    case 'remove':
      return remove(input, value);
    default:
      return list(input);
  }
}

async function list(input: CommandInput): Promise<number> {
  const { session, terminal, words, json } = input;
  const all = await session.client.call('sharing.list', {});
  if (json) terminal.json(all);
  else for (const line of listLines(all, { words, columns: terminal.columns })) terminal.line(line);
  return exitCodes.done;
}

function show({ terminal, words, json }: CommandInput, kept: KeptAtom, lines: typeof keptLines): number {
  if (json) terminal.json(kept);
  else for (const line of lines(kept, { words, columns: terminal.columns })) terminal.line(line);
  return exitCodes.done;
}

/** The signed file, on standard output or at a place. The first time a name is asked for. */
async function exportOne(input: CommandInput, { atom }: KeptAtom): Promise<number> {
  const { session, terminal, words, name, to, skill } = input;
  const first = await session.client.request('sharing.export', { atomId: atom.id, authorName: name });
  const isNameless = !first.ok && first.error.code === 'atom/author-wanted';
  if (!first.ok && !(isNameless && canAsk(terminal))) throw fromErrorShape(first.error);
  const authorName = isNameless ? await askLine(terminal, words.say('atoms.askName')) : name;
  const signed = first.ok ? first.value : await session.client.call('sharing.export', { atomId: atom.id, authorName });
  if (skill) return exportSkill(input, atom, signed);
  const { text } = signed;
  if (to === null) {
    terminal.rawAnswer(text);
    return exitCodes.done;
  }
  await session.client.call('sharing.exportTo', { atomId: atom.id, authorName: null, path: resolve(to) });
  terminal.line(words.say('atoms.exported', { name: nameOf(atomWords(words), atom), file: to }));
  return exitCodes.done;
}

/** The folder of a skill, or its text alone on standard output. */
function exportSkill({ terminal, words, to }: CommandInput, atom: KeptAtom['atom'], signed: SignedFile): number {
  const skill = skillOf(atom, atomWords(words));
  if (to === null) terminal.rawAnswer(skill);
  else {
    writeSkill(to, skill, signed);
    terminal.line(words.say('atoms.exported', { name: nameOf(atomWords(words), atom), file: to }));
  }
  return exitCodes.done;
}

interface SignedFile {
  readonly text: string;
  readonly fileName: string;
}

async function remove({ session, terminal, words, json }: CommandInput, id: string): Promise<number> {
  const { file } = await session.client.call('sharing.remove', { atomId: id });
  if (json) terminal.json({ id, file });
  else terminal.line(words.say('atoms.removed', { id, file }));
  return exitCodes.done;
}

/** By id, or by a name in either language. What is near is told. */
async function find({ session, terminal, words }: CommandInput, typed: string): Promise<KeptAtom> {
  const all = await session.client.call('sharing.list', {});
  const wanted = typed.toLowerCase();
  const byId = all.find(({ atom }) => atom.id === wanted);
  const byName = all.filter(({ atom }) =>
    [atom.name.en, atom.name['zh-CN']].some((one) => one.toLowerCase() === wanted),
  );
  const found = byId ?? (byName.length === 1 ? byName[0] : undefined);
  if (found !== undefined) return found;
  const near = nearest(
    typed,
    all.map(({ atom }) => atom.id),
  );
  if (near !== null) terminal.note(words.say('wrong.meant', { meant: near }));
  throw notFound(typed);
}
