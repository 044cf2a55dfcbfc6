import { AppError } from '../../contract/errors.ts';
import { toolkitOf } from '../applications/applications.ts';
import { type Accessible, roles } from './accessible.ts';
import { ifRefused, isBusy } from './ask-again.ts';
import { type ChangedMiddle, changedMiddle } from './changed-middle.ts';

/** An object that holds text, as it is read and written. */
export interface TextObject
  extends Pick<Accessible, 'role' | 'toolkit' | 'selection' | 'text' | 'length' | 'deleteText' | 'insertText'> {
  /** This object, with no limit of time. */
  patient(): TextObject;
}

/** Selected text in an object, and the object itself. */
export interface FoundText {
  readonly object: TextObject;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly editable: boolean;
  /** Whether people can write in it, also where this interface cannot. */
  readonly isField: boolean;
  /** Whether the object holds all of its text, so that nothing beyond it can be selected too. */
  readonly whole: boolean;
}

/**
 * The selected text of an object; null when it has none, or no text at all. Throws `capture/password-field` for a field
 * that hides what is in it: not even its length is read.
 */
export async function readSelectedText(object: Accessible, limitCharacters: number): Promise<FoundText | null> {
  // Asked for at once: each question alone would wait for two processes in turn.
  const [role, interfaces, states, toolkit] = await Promise.all([
    object.role(),
    object.interfaces(),
    object.states(),
    object.toolkit().catch(ifRefused('')),
  ]);
  if (role === roles.passwordText) throw new AppError('capture/password-field', 'a password field');
  if (!interfaces.some((name) => name.endsWith('.Text'))) return null;
  const range = await object.selection();
  if (range === null) return null;
  const [start, end] = range;
  if (end - start > limitCharacters)
    throw new AppError('capture/too-large', `${end - start} characters`, { values: { limitBytes: limitCharacters } });
  const text = await object.text(start, end);
  const isField = states.includes('editable');
  const writes = interfaces.some((name) => name.endsWith('.EditableText'));
  const editable = writes && isField && toolkitOf(toolkit).writes === 'done';
  return { object, start, end, text, editable, isField, whole: role === roles.text || role === roles.entry };
}

/** Something written into an object, enough to take it back. */
export interface Written {
  readonly object: TextObject;
  readonly start: number;
  /** Where it may end: applications count in different units, and one that stopped answering has not told which. */
  readonly ends: readonly number[];
  readonly before: string;
  readonly after: string;
  /** False where the application stopped answering after it was asked to change something: it does so however late. */
  readonly checked: boolean;
}

/**
 * Writes `text` over the range of `found`, leaving alone what both have in common at the ends, and reads back what is there
 * then: applications answer "done" and do nothing. Null when it is not there, and `put-back/refused` when it was refused;
 * then the range holds again what it held. Throws `put-back/changed` when it was changed before, and `put-back/unchecked`
 * when it was refused in the middle and what was there could not be written again.
 */
export async function writeText(found: FoundText, text: string): Promise<Written | null> {
  const { start, end } = found;
  const object = found.object.patient();
  if ((await object.role()) === roles.passwordText) throw new AppError('put-back/not-editable', 'a password field');
  if ((await object.text(start, end)) !== found.text)
    throw new AppError('put-back/changed', 'the text at the place is another one');
  const change = { object, found, lengthBefore: await object.length(), ...changedMiddle(found.text, text) };
  const written = (ends: readonly number[], checked: boolean): Written => {
    return { object, start, ends, before: found.text, after: text, checked };
  };
  try {
    const wholeEnd = await replaceMiddle(change);
    if (wholeEnd !== null) return written([wholeEnd], true);
    await restore(change);
    return null;
  } catch (error) {
    // It does what it was asked for all the same, however late: nobody can say that nothing was changed.
    if (isBusy(error)) return written(endsOf(start, text), false);
    if (error instanceof AppError) throw error;
    await restore(change);
    throw new AppError('put-back/refused', `the application did not take the text: ${String(error)}`);
  }
}

/** Takes a `writeText` back; throws `put-back/changed` when what it wrote is not there any more. */
export async function takeBack({ object, start, ends, before, after }: Written): Promise<Written | null> {
  for (const end of ends)
    if ((await object.text(start, end).catch(ifRefused(null))) === after)
      return writeText({ object, start, end, text: after, editable: true, isField: true, whole: false }, before);
  throw new AppError('put-back/changed', 'what was written is not there');
}

interface Change extends ChangedMiddle {
  readonly object: TextObject;
  readonly found: FoundText;
  readonly lengthBefore: number;
}

/** The end of the whole text then; null when it is not there. */
async function replaceMiddle({ object, found, head, tail, after, lengthBefore }: Change): Promise<number | null> {
  const [from, to] = [found.start + head, found.end - tail];
  if (to > from)
    await object.deleteText(from, to).catch((error) => {
      if (isBusy(error)) throw error;
      throw new AppError('put-back/refused', `the application did not take the text: ${String(error)}`);
    });
  const end = await insert(object, from, after, lengthBefore - (to - from));
  return end === null ? null : end + tail;
}

async function isAsBefore({ object, found: { start, end, text }, lengthBefore }: Change): Promise<boolean> {
  return (await object.text(start, end)) === text && (await object.length()) === lengthBefore;
}

/** Writes again what was there; throws `put-back/unchecked` where that cannot be done, since something was changed then. */
async function restore(change: Change): Promise<void> {
  const { object, found, head, tail, before, after, lengthBefore } = change;
  try {
    if (await isAsBefore(change)) return;
    const from = found.start + head;
    const lengthWithout = lengthBefore - (found.end - tail - from);
    const added = (await object.length()) - lengthWithout;
    const isOurs = added > 0 && after.startsWith(await object.text(from, from + added));
    if (isOurs) await object.deleteText(from, from + added);
    if (isOurs || added === 0) await insert(object, from, before, lengthWithout);
    if (await isAsBefore(change)) return;
  } catch {
    // It is gone, is busy or refuses that too.
  }
  throw new AppError('put-back/unchecked', 'what was there could not be written again');
}

/** Some count in code points, some in UTF-16 units. */
function endsOf(start: number, text: string): readonly number[] {
  return [...new Set([start + [...text].length, start + text.length])];
}

/** Tries the two ways to count a length; answers the end of the text, or null when neither put it there. */
async function insert(object: TextObject, at: number, text: string, lengthWithout: number): Promise<number | null> {
  if (text === '') return (await object.length()) === lengthWithout ? at : null;
  const bytes = Buffer.byteLength(text, 'utf8');
  const characters = [...text].length;
  const countsBytes = toolkitOf(await object.toolkit().catch(() => '')).lengths === 'bytes';
  for (const length of countsBytes ? [bytes, characters] : [characters, bytes]) {
    await object.insertText(at, text, length);
    for (const end of endsOf(at, text))
      if ((await object.text(at, end)) === text && (await object.length()) - lengthWithout === end - at) return end;
    const added = (await object.length()) - lengthWithout;
    if (added > 0) await object.deleteText(at, at + added);
    if (bytes === characters) return null;
  }
  return null;
}
