import { AppError } from '../../../contract/errors.ts';
import type { ReadSpan } from '../../document-reader.ts';
import { decodeText } from '../../text/decode.ts';
import { walkXml } from '../../xml/read-xml.ts';
import { resolvePart } from '../../zip/relationships.ts';
import { BlockSections } from '../blocks.ts';
import { HtmlBlocks } from '../html/html-blocks.ts';
import type { OpenedZip } from '../opened-zip.ts';
import { type KindNote, type KindSection, type Numbered, numberedSections } from '../sections.ts';

/** An e-book: its chapters in the order they are read (EPUB 3, 5), each under its headings. */
export async function* readEpub(opened: OpenedZip, span: ReadSpan): Numbered {
  const chapters = await chaptersOf(opened);
  yield { type: 'kind', kind: 'book', unit: 'paragraph', total: null, withoutText: { below: 1, code: 'file/empty' } };
  return yield* numberedSections(sectionsOf(opened, chapters), span);
}

async function* sectionsOf(opened: OpenedZip, chapters: readonly string[]): AsyncGenerator<KindSection | KindNote> {
  const sections = new BlockSections();
  for (const chapter of chapters) {
    const html = new HtmlBlocks(opened.budget);
    html.write(await textOfPart(opened, chapter));
    html.end();
    for (const block of html.blocks) if (block.where !== 'aside') sections.add(block);
    yield* sections.take();
  }
  yield* sections.end();
}

async function textOfPart({ zip }: OpenedZip, part: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of zip.chunks(part)) chunks.push(chunk);
  return decodeText(Buffer.concat(chunks)) ?? '';
}

/** The parts of the chapters. Throws `file/locked` for a book whose text is encrypted. */
async function chaptersOf(opened: OpenedZip): Promise<readonly string[]> {
  const { zip, budget } = opened;
  let list = '';
  await walkXml(zip.chunks('META-INF/container.xml'), budget, {
    open: (name, get) => {
      if (list === '' && /(^|:)rootfile$/.test(name)) list = get('full-path') ?? '';
    },
  });
  if (list === '' || !zip.has(list)) throw new AppError('file/damaged', 'its list of chapters is missing');
  const items = new Map<string, string>();
  const chapters: string[] = [];
  await walkXml(zip.chunks(list), budget, {
    open: (name, get) => {
      if (/(^|:)item$/.test(name)) {
        const part = resolvePart(list, decodeAddress(get('href') ?? ''));
        if (part !== null) items.set(get('id') ?? '', part);
      } else if (/(^|:)itemref$/.test(name)) {
        const part = items.get(get('idref') ?? '');
        if (part !== undefined && zip.has(part)) chapters.push(part);
      }
    },
  });
  const locked = await lockedParts(opened);
  if (chapters.length > 0 && chapters.every((part) => locked.has(part)))
    throw new AppError('file/locked', 'its chapters are encrypted');
  return chapters;
}

/** Parts that cannot be read without a key; fonts are often among them, which says nothing of the text. */
async function lockedParts({ zip, budget }: OpenedZip): Promise<ReadonlySet<string>> {
  const parts = new Set<string>();
  await walkXml(zip.chunks('META-INF/encryption.xml'), budget, {
    open: (name, get) => {
      if (/(^|:)CipherReference$/.test(name)) parts.add(decodeAddress(get('URI') ?? ''));
    },
  });
  return parts;
}

function decodeAddress(address: string): string {
  const path = address.replace(/#.*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
