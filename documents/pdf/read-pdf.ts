import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '../../contract/errors.ts';
import { type DocumentPart, type DocumentReader, numberOfToken } from '../document-reader.ts';
import { readBytes } from '../input.ts';
import { type Annotation, commentsOf, formValues, withValues } from './form-values.ts';
import { PageFurniture } from './page-furniture.ts';
import { pageText } from './page-text.ts';
import { characterMapFolder, loadPdfLibrary } from './pdf-library.ts';
import { textLayerOf } from './text-layer.ts';

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
    const found = await textOfPage(document, page, furniture).catch((error: unknown) => {
      throw asAppError(error);
    });
    const locator = { unit: 'page', first: page, last: page } as const;
    yield { type: 'section', locator, read: page, resume: String(page), ...found };
  }
  return 'whole';
};

type PageText = Pick<Extract<DocumentPart, { type: 'section' }>, 'text' | 'textLayer'>;

async function textOfPage(document: PDFDocumentProxy, number: number, furniture: PageFurniture): Promise<PageText> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const annotations: readonly Annotation[] = await page.getAnnotations();
  page.cleanup();
  const own = items.flatMap((item) => ('str' in item ? [item] : []));
  const pieces = furniture.without(own, number);
  const text = pageText(withValues(pieces, formValues(annotations)));
  const layer = textLayerOf(own.map(({ str }) => str).join(''));
  const readable = layer === 'unreadable' ? '' : text;
  const joined = [readable, commentsOf(annotations)].filter((part) => part !== '').join('\n\n');
  return layer === null ? { text: joined } : { text: joined, textLayer: layer };
}

function asAppError(error: unknown): AppError {
  const { name = '', message = '' } = error as { name?: string; message?: string };
  if (name === 'PasswordException') return new AppError('file/pdf-password', message);
  return new AppError('file/pdf-damaged', `${name}: ${message}`);
}
