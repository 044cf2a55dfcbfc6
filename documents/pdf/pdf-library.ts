import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Pdf from 'pdfjs-dist/legacy/build/pdf.mjs';

/**
 * The PDF library with its worker in this thread, and without what draws: no canvas, no fonts, no scripts, no fetching.
 * `DOMMatrix` is only asked for when a page is drawn, which is never done here.
 */
export async function loadPdfLibrary(): Promise<typeof Pdf> {
  const globals = globalThis as { DOMMatrix?: unknown; Path2D?: unknown; ImageData?: unknown; pdfjsWorker?: unknown };
  globals.DOMMatrix ??= class {};
  globals.Path2D ??= class {};
  globals.ImageData ??= class {};
  globals.pdfjsWorker = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

/**
 * Tables from Adobe that tell the characters of fonts which are not in the file, as in many Chinese PDFs; with a slash at
 * its end. In the package they lie beside the library, when shipped beside the reader's bundle.
 */
export function characterMapFolder(script = process.argv[1] ?? ''): string {
  const folder = script.endsWith('.ts')
    ? join(dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json'))), 'cmaps')
    : join(dirname(script), 'cmaps');
  return `${folder}/`;
}
