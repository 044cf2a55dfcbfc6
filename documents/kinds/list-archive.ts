import { AppError } from '../../contract/errors.ts';
import { lineSlicesOf } from '../../text/slices.ts';
import type { ReadSpan } from '../document-reader.ts';
import { sectionCharacters } from '../text/read-text.ts';
import type { OpenedZip } from './opened-zip.ts';
import { type Numbered, numberedSections } from './sections.ts';

/** The files in an archive with their sizes, one a line; nothing of them is unpacked. */
export async function* listArchive({ zip }: OpenedZip, span: ReadSpan): Numbered {
  const files = zip.members.filter(({ isFolder }) => !isFolder);
  if (files.length === 0) throw new AppError('file/empty', 'no files in it');
  yield {
    type: 'kind',
    kind: 'archive',
    unit: 'file',
    total: files.length,
    withoutText: { below: 1, code: 'file/empty' },
  };
  const lines = files.map(({ name, bytes, isLocked }) => {
    const oneLine = name.replaceAll(/[\p{Cc}\u2028\u2029]/gu, '\uFFFD');
    return `${oneLine}\t${bytes} B${isLocked ? '\t(encrypted)' : ''}`;
  });
  const text = lines.join('\n');
  const sections = [...lineSlicesOf(text, sectionCharacters)].map(({ start, end, first, last }) => ({
    locator: { unit: 'line' as const, first, last },
    text: text.slice(start, end),
    read: last,
  }));
  return yield* numberedSections(asStream(sections), span);
}

async function* asStream<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
