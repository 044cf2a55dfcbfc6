import { closeSync, openSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { betweenSections, locatorOf, type TextPositions } from '../../contract/document.ts';
import type { Locator } from '../../contract/locator.ts';
import { type ReaderPart, readerPartSchema } from '../../contract/reader.ts';
import { readDocument } from '../../documents/read-document.ts';

export type Section = Extract<ReaderPart, { type: 'section' }>;

/** What a reader says of a file in this process, every part checked by its schema. */
export interface ReadParts {
  readonly parts: readonly ReaderPart[];
  readonly sections: readonly Section[];
  readonly text: string;
  readonly positions: TextPositions;
}

/** Reads a whole file, or from where a token says. Throws what the reader throws. */
export async function readParts(path: string, resume: string | null = null, name = basename(path)): Promise<ReadParts> {
  const descriptor = openSync(path, 'r');
  const parts: ReaderPart[] = [];
  try {
    const span = { resume, isOver: () => false };
    for await (const part of readDocument({ descriptor, name, bytes: statSync(path).size }, span))
      parts.push(readerPartSchema.parse(part));
  } finally {
    closeSync(descriptor);
  }
  const sections = parts.filter((part) => part.type === 'section');
  return { parts, sections, ...joined(sections) };
}

function joined(sections: readonly Section[]): Pick<ReadParts, 'text' | 'positions'> {
  let text = '';
  const starts: { readonly start: number; readonly locator: Locator }[] = [];
  for (const [index, section] of sections.entries()) {
    const before = sections[index - 1];
    if (before !== undefined) text += betweenSections(before.locator, section.locator);
    starts.push({ start: text.length, locator: section.locator });
    text += section.text;
  }
  const read = sections.at(-1)?.read ?? 0;
  return { text, positions: { unit: 'page', read, total: read, sections: starts } };
}

/** Where a text stands first, in short: `Chapter > Part`, `Plan!7`, the number of a slide or a page; null where it is nowhere. */
export function placeOf({ text, positions }: ReadParts, said: string): string | null {
  const at = text.indexOf(said);
  const locator = at < 0 ? null : locatorOf(positions, text, at, at + said.length);
  if (locator === null) return null;
  switch (locator.unit) {
    case 'heading':
      return locator.path.join(' > ');
    case 'cells':
      return `${locator.sheet}!${locator.from.row}`;
    case 'time':
      return `${locator.startMs}`;
    default:
      return `${locator.first}`;
  }
}
