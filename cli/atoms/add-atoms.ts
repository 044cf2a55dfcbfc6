import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, fromErrorShape } from '../../contract/errors.ts';
import type { AtomReview, Imported } from '../../contract/sharing.ts';
import { isPinned, packHash } from '../../core/sharing/pack-hash.ts';
import { nameOf } from '../../locales/say-atom.ts';
import { askLine, canAsk } from '../ask-line.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandInput } from '../run-cli.ts';
import { cardLines, reviewLines } from './atom-lines.ts';
import { atomWords } from './atom-words.ts';

/** `beckon atoms verify FILE`: tells all of it, and adds nothing. */
export async function verify(input: CommandInput, path: string): Promise<number> {
  const read = await readPath(input, path);
  const pin = packHash(read);
  if (input.json) input.terminal.json({ ...withSentences(input, read), pin });
  else tell(input, read);
  if (!input.json && pin !== null && read.reviews.length > 1)
    input.terminal.line(input.words.say('atoms.pin', { pin }));
  return read.refused.length > 0 ? exitCodes.failed : exitCodes.done;
}

/** `beckon atoms add FILE|FOLDER` and `update`: tells all of each, and adds what the person agrees to. */
export async function add(input: CommandInput, path: string, isUpdate: boolean): Promise<number> {
  const { terminal, words, json, only } = input;
  const read = await readPath(input, path);
  let isWhole = read.refused.length === 0;
  if (!json) tell(input, { reviews: [], refused: read.refused, cards: read.cards });
  const wanted = read.reviews.filter(({ atom }) => only === null || only.split(',').includes(atom.id));
  const added: unknown[] = [];
  for (const review of wanted) {
    if (!json) for (const line of reviewLines(review, drawingOf(input))) terminal.line(line);
    const file = await addOne(input, review, isUpdate);
    if (file === null) isWhole = false;
    else added.push({ id: review.atom.id, hash: review.atom.hash, file });
  }
  if (json) terminal.json({ added, refused: withSentences(input, read).refused });
  else if (wanted.length === 0 && read.refused.length === 0) terminal.note(words.say('atoms.noneChosen'));
  return isWhole && wanted.length > 0 ? exitCodes.done : exitCodes.failed;
}

/** The name of its file; null where it was not added. */
async function addOne(input: CommandInput, review: AtomReview, isUpdate: boolean): Promise<string | null> {
  const { session, terminal, words, json } = input;
  const { reviewId, kind, atom } = review;
  const name = nameOf(atomWords(words), atom);
  if (kind === 'same') {
    terminal.note(words.say('atoms.alreadyHere', { name }));
    return null;
  }
  if (isUpdate && review.here === null) {
    terminal.note(words.say('atoms.notHere', { name, id: atom.id }));
    return null;
  }
  if (!(await agrees(input, review))) {
    terminal.note(words.say('atoms.notAdded', { name }));
    return null;
  }
  const answer = await session.client.request('sharing.add', { reviewId });
  if (!answer.ok && answer.error.code !== 'atom/asks-first') throw fromErrorShape(answer.error);
  if (!answer.ok && !(await agreesAnyway(input, review))) {
    terminal.note(words.say('atoms.notAdded', { name }));
    return null;
  }
  const anyway = { reviewId, name: atom.name.en };
  const { file } = answer.ok ? answer.value : await session.client.call('sharing.addAnyway', anyway);
  if (!json) terminal.line(words.say('atoms.added', { name, file, id: atom.id }));
  return file;
}

/** `--yes`, or what is typed; without either nothing is added. */
async function agrees({ terminal, words, yes }: CommandInput, { atom }: AtomReview): Promise<boolean> {
  if (yes !== null) return yes === '' || isHash(yes, atom.hash);
  if (!canAsk(terminal)) {
    terminal.note(words.say('atoms.yesWanted'));
    return false;
  }
  return /^(?:y|yes|是|好)$/i.test(await askLine(terminal, words.say('atoms.ask')));
}

/** What may do more than before is named by its hash, so that nobody agrees to it from habit. */
async function agreesAnyway({ terminal, words, yes }: CommandInput, { atom }: AtomReview): Promise<boolean> {
  const hash = atom.hash.slice(0, 8);
  if (yes !== null && yes !== '') return isHash(yes, atom.hash);
  if (yes === null && canAsk(terminal))
    return isHash(await askLine(terminal, words.say('atoms.askHash', { hash })), atom.hash);
  terminal.note(words.say('atoms.hashWanted', { hash }));
  return false;
}

function isHash(typed: string, hash: string): boolean {
  return typed.length >= 8 && hash.startsWith(typed.toLowerCase());
}

/** Throws `atom/other-pack` where it is not what `--pin` names. */
async function readPath({ session, pin }: CommandInput, path: string): Promise<Imported> {
  const whole = path.startsWith('file:') ? fileURLToPath(path) : resolve(path);
  const read = await session.client.call('sharing.read', { paths: [whole], shown: false });
  if (pin !== null && !isPinned(packHash(read), pin))
    throw new AppError('atom/other-pack', `not what ${pin} names`, { values: { file: basename(whole) } });
  return read;
}

function tell(input: CommandInput, { reviews, refused, cards }: Imported): void {
  const { terminal, words } = input;
  for (const card of cards) for (const line of cardLines(card, drawingOf(input))) terminal.line(line);
  for (const review of reviews) for (const line of reviewLines(review, drawingOf(input))) terminal.line(line);
  for (const { error } of refused) terminal.note(words.error(fromErrorShape(error)));
}

function withSentences({ words }: CommandInput, { reviews, refused, cards }: Imported) {
  return {
    reviews,
    cards,
    refused: refused.map(({ fileName, error }) => ({ fileName, error: words.withSentence(error) })),
  };
}

function drawingOf({ terminal, words }: CommandInput) {
  return { words, columns: terminal.columns };
}

/** Throws `action/not-found`. */
export function notFound(id: string): AppError {
  return new AppError('action/not-found', `no action ${id}`);
}
