import { AppError } from '../../contract/errors.ts';
import { type Accessible, roles } from './accessible.ts';
import { ifRefused } from './ask-again.ts';
import { changedMiddle } from './changed-middle.ts';

/** Selected text in an object, and the object itself. */
export interface FoundText {
  readonly object: Accessible;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly editable: boolean;
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
  const writes = interfaces.some((name) => name.endsWith('.EditableText'));
  const editable = writes && states.includes('editable') && toolkit !== saysDoneAndDoesNothing;
  return { object, start, end, text, editable, whole: role === roles.text || role === roles.entry };
}

/** Firefox answers each write with "done" and leaves the text as it was (seen in 102 to 140). */
const saysDoneAndDoesNothing = 'gecko';

/** Something written into an object, enough to take it back. */
export interface Written {
  readonly object: Accessible;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

/**
 * Writes `text` over the range of `found`, leaving alone what both have in common at the ends, and reads back what is there then: applications answer "done" and do nothing.
 * Null when it is not there; then the range holds again what it held. Throws `put-back/changed` when it was changed before,
 * and `put-back/unchecked` when the application stopped answering in the middle.
 */
export async function writeText(found: FoundText, text: string): Promise<Written | null> {
  const { start, end } = found;
  const object = found.object.patient();
  if ((await object.role()) === roles.passwordText) throw new AppError('put-back/not-editable', 'a password field');
  if ((await object.text(start, end)) !== found.text)
    throw new AppError('put-back/changed', 'the text at the place is another one');
  const { head, tail, before, after } = changedMiddle(found.text, text);
  const [from, to] = [start + head, end - tail];
  const lengthBefore = await object.length();
  try {
    if (to > from) await object.deleteText(from, to);
    const written = await insert(object, from, after, lengthBefore - (to - from));
    if (written !== null) return { object, start, end: written + tail, before: found.text, after: text };
    if (before !== '') await insert(object, from, before, await object.length());
    return null;
  } catch (error) {
    // It does what it was asked for all the same, however late: nobody can say that nothing was changed.
    throw new AppError('put-back/unchecked', `no answer while it was written: ${String(error)}`);
  }
}

/** Takes a `writeText` back; throws `put-back/changed` when what it wrote is not there any more. */
export async function takeBack({ object, start, end, before, after }: Written): Promise<boolean> {
  return (await writeText({ object, start, end, text: after, editable: true, whole: false }, before)) !== null;
}

/** Tries the two ways to count a length; answers the end of the text, or null when neither put it there. */
async function insert(object: Accessible, at: number, text: string, lengthWithout: number): Promise<number | null> {
  if (text === '') return (await object.length()) === lengthWithout ? at : null;
  const bytes = Buffer.byteLength(text, 'utf8');
  const characters = [...text].length;
  const countsBytes = (await object.toolkit().catch(() => '')).includes('gtk');
  for (const length of countsBytes ? [bytes, characters] : [characters, bytes]) {
    await object.insertText(at, text, length);
    // Some count in code points, some in UTF-16 units.
    for (const end of new Set([at + characters, at + text.length]))
      if ((await object.text(at, end)) === text && (await object.length()) - lengthWithout === end - at) return end;
    const added = (await object.length()) - lengthWithout;
    if (added > 0) await object.deleteText(at, at + added);
    if (bytes === characters) return null;
  }
  return null;
}
