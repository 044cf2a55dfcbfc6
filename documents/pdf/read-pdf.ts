import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { documentTextLimitBytes } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import type { ReaderPart } from '../../contract/reader.ts';
import { type DocumentInput, readBytes } from '../input.ts';
import { type Annotation, commentsOf, formValues, withValues } from './form-values.ts';
import { pageText } from './page-text.ts';
import { characterMapFolder, loadPdfLibrary } from './pdf-library.ts';

/** A larger one would not fit beside what the library makes of it. */
const pdfLimitBytes = 200_000_000;

export interface PageSpan {
  /** From 1. */
  readonly firstPage: number;
  /** Whether to stop at the next page. */
  readonly isOver: () => boolean;
}

/**
 * The text of a PDF, page by page, until its end, the limit of text or the end of its time: which pages are missing can be
 * counted. Throws `file/…`.
 */
export async function* readPdf(input: DocumentInput, { firstPage, isOver }: PageSpan): AsyncGenerator<ReaderPart> {
  if (input.bytes > pdfLimitBytes) throw new AppError('file/too-large', `a PDF of ${input.bytes} bytes`);
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
  yield { type: 'kind', kind: 'pdf', pages: document.numPages };
  let bytes = 0;
  for (let number = firstPage; number <= document.numPages; number += 1) {
    // One page at least, so that the next reader has less to do.
    if (number > firstPage && isOver()) break;
    const text = await textOfPage(document, number).catch((error: unknown) => {
      throw asAppError(error);
    });
    bytes += Buffer.byteLength(text) + 2;
    if (bytes > documentTextLimitBytes) break;
    yield { type: 'text', text };
  }
}

async function textOfPage(document: PDFDocumentProxy, number: number): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const annotations: readonly Annotation[] = await page.getAnnotations();
  page.cleanup();
  const pieces = items.flatMap((item) => ('str' in item ? [item] : []));
  const text = pageText(withValues(pieces, formValues(annotations)));
  return [text, commentsOf(annotations)].filter((part) => part !== '').join('\n\n');
}

function asAppError(error: unknown): AppError {
  const { name = '', message = '' } = error as { name?: string; message?: string };
  if (name === 'PasswordException') return new AppError('file/pdf-password', message);
  return new AppError('file/pdf-damaged', `${name}: ${message}`);
}
