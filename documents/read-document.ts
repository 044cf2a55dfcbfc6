import { betweenSections, documentTextLimitBytes, sectionLimit } from '../contract/document.ts';
import { AppError } from '../contract/errors.ts';
import type { Locator } from '../contract/locator.ts';
import type { ReaderPart } from '../contract/reader.ts';
import type { DocumentPart, DocumentReader, Ended, ReadSpan } from './document-reader.ts';
import { type DocumentInput, readBytes } from './input.ts';
import { NotYet } from './not-yet.ts';
import { readPdf } from './pdf/read-pdf.ts';
import { type Format, type PlainKind, sniff, sniffBytes } from './sniff.ts';
import { readMarkdown } from './text/read-markdown.ts';
import { readText } from './text/read-text.ts';

/** The reader of each kind that is told by its beginning. */
const readers: Readonly<Record<PlainKind, DocumentReader>> = {
  text: readText('text'),
  code: readText('code'),
  table: later(async () => (await import('./text/read-table.ts')).readTable),
  markdown: readMarkdown,
  pdf: readPdf,
};

/** The reader of each format, loaded when a file has it: none pays for the libraries of the others. */
const formats: Readonly<Record<Format, DocumentReader>> = {
  zip: later(async () => (await import('./kinds/read-zip.ts')).readZip),
  compound: later(async () => (await import('./kinds/old/read-compound.ts')).readCompound),
  oldSheet: later(async () => (await import('./kinds/old/read-compound.ts')).readOldSheet),
  rtf: later(async () => (await import('./kinds/rtf/read-rtf.ts')).readRtf),
  html: later(async () => (await import('./kinds/html/read-html.ts')).readHtml),
  mail: later(async () => (await import('./kinds/mail/read-mail.ts')).readMail),
  subtitles: later(async () => (await import('./kinds/read-subtitles.ts')).readSubtitles),
};

function later(load: () => Promise<DocumentReader>): DocumentReader {
  return async function* (input, span) {
    const reader = await load();
    return yield* reader(input, span);
  };
}

/** A document's kind, its sections and how it ended, within the limits of text and sections. Throws `file/…`. */
export async function* readDocument(input: DocumentInput, span: ReadSpan): AsyncGenerator<ReaderPart> {
  const head = readBytes(input, 0, sniffBytes);
  if (head.length === 0) throw new AppError('file/empty', 'the file is empty');
  const found = sniff(head, input.name);
  if ('notYet' in found) {
    if (found.notYet !== null) throw new NotYet(found.notYet);
    throw new AppError('file/binary', 'no text');
  }
  const reader = 'format' in found ? formats[found.format] : readers[found.kind];
  const ended = yield* withinLimits(reader(input, span));
  yield { type: 'finish', whole: ended === 'whole' };
}

/** What a reader says, as far as a document is taken. */
async function* withinLimits(parts: ReturnType<DocumentReader>): AsyncGenerator<DocumentPart, Ended> {
  let bytes = 0;
  let sections = 0;
  let before: Locator | null = null;
  try {
    for (let next = await parts.next(); ; next = await parts.next()) {
      if (next.done === true) return next.value;
      const part = next.value;
      if (part.type === 'section') {
        bytes += Buffer.byteLength(part.text) + (before === null ? 0 : betweenSections(before, part.locator).length);
        sections += 1;
        if (bytes > documentTextLimitBytes || sections > sectionLimit) return 'stopped';
        before = part.locator;
      }
      yield part;
    }
  } finally {
    // What the reader holds open goes, also when nobody wants the rest.
    await parts.return('stopped');
  }
}
