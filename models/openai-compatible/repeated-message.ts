import type { ChunkPart } from './chunk.ts';

export interface GivenSoFar {
  readonly text: string;
  readonly thinking: string;
}

/**
 * The parts of a message of which only what is new counts: some servers end an answer that came in pieces with one message
 * that says all of it again, or send a message that grows.
 */
export function onlyNew(parts: readonly ChunkPart[], given: GivenSoFar): readonly ChunkPart[] {
  if (!parts.some(({ type }) => type === 'whole')) return parts;
  const isLast = parts.some(({ type }) => type === 'reason');
  return withoutRepeat(withoutRepeat(parts, 'text', given.text, isLast), 'thinking', given.thinking, isLast);
}

function withoutRepeat(
  parts: readonly ChunkPart[],
  type: 'text' | 'thinking',
  before: string,
  isLast: boolean,
): readonly ChunkPart[] {
  const known = before.trim();
  const said = parts
    .map((part) => (part.type === type ? part.text : ''))
    .join('')
    .trim();
  // Pieces may come as messages, too, and be the same by chance.
  const repeats = known !== '' && said.startsWith(known) && (isLast || said.length > known.length);
  if (!repeats) return parts;
  const space = before.slice(before.trimEnd().length);
  const behind = said.slice(known.length);
  const rest = behind.startsWith(space) ? behind.slice(space.length) : behind;
  const others = parts.filter((part) => part.type !== type);
  return rest === '' ? others : [{ type, text: rest }, ...others];
}
