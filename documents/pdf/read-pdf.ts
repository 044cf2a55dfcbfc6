import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '../../contract/errors.ts';
import { type DocumentReader, numberOfToken } from '../document-reader.ts';
import { readBytes } from '../input.ts';
import { type Annotation, commentsOf, formValues, withValues } from './form-values.ts';
import { PageFurniture } from './page-furniture.ts';
import { pageText } from './page-text.ts';
import { characterMapFolder, loadPdfLibrary } from './pdf-library.ts';

/** A larger one would not fit beside what the library makes of it. */
const pdfLimitBytes = 200_000_000;

/** A PDF with less holds pictures of pages, as far as text goes. */
const withoutText = { below: 3, code: 'file/pdf-no-text' } as const;

/** The text of a PDF, each page a section, until its end or the end of its time. Throws `file/…`. */
export const readPdf: DocumentReader = async function* (input, { resume, isOver }) {
  if (input.bytes > pdfLimitBytes) throw new AppError('file/too-large', `a PDF of ${input.bytes} bytes`);
  const done = numberOfToken(resume);
  const library = await loadPdfLibrary();
  const task = library.getDocument({
    data: new Uint8Array(readBytes(input, 0, input.bytes)),
    verbosity: library.VerbosityLevel.ERRORS,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    cMapUrl: characterMapFolder(),
    cMapPacked: true,
    useWasm: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    stopAtErrors: false,
  });
  const document = await task.promise.catch((error: unknown) => {
    throw asAppError(error);
  });
  if (!(document.numPages > 0)) throw new AppError('file/pdf-damaged', `${document.numPages} pages`);
  yield { type: 'kind', kind: 'pdf', unit: 'page', total: document.numPages, withoutText };
  const furniture = new PageFurniture();
  for (let page = done + 1; page <= document.numPages; page += 1) {
    // One page at least, so that the next reader has less to do.
    if (page > done + 1 && isOver()) return 'stopped';
    const text = await textOfPage(document, page, furniture).catch((error: unknown) => {
      throw asAppError(error);
    });
    const locator = { unit: 'page', first: page, last: page } as const;
    yield { type: 'section', locator, text, read: page, resume: String(page) };
  }
  return 'whole';
};

async function textOfPage(document: PDFDocumentProxy, number: number, furniture: PageFurniture): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const annotations: readonly Annotation[] = await page.getAnnotations();
  page.cleanup();
  const pieces = furniture.without(
    items.flatMap((item) => ('str' in item ? [item] : [])),
    number,
  );
  const text = pageText(withValues(pieces, formValues(annotations)));
  return [isUnreadable(text) ? '' : text, commentsOf(annotations)].filter((part) => part !== '').join('\n\n');
}

const fewestCharacters = 20;
const mostUnknown = 0.3;

/** Letters of a font that does not say which they are come as signs without a meaning: no words are better than these. */
function isUnreadable(text: string): boolean {
  const characters = [...text.replaceAll(/\s/g, '')];
  const unknown = characters.filter((character) => /[\ufffd\p{Co}\p{Cc}\p{Cn}]/u.test(character)).length;
  return characters.length >= fewestCharacters && unknown > characters.length * mostUnknown;
}

function asAppError(error: unknown): AppError {
  const { name = '', message = '' } = error as { name?: string; message?: string };
  if (name === 'PasswordException') return new AppError('file/pdf-password', message);
  return new AppError('file/pdf-damaged', `${name}: ${message}`);
}
