import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PDFiumModule } from '@hyzyla/pdfium';

/** What is used of the engine that draws pages: PDFium's own functions, by its own names. Places in its memory are numbers. */
export interface PdfEngine {
  readonly HEAPU8: Uint8Array;
  readonly HEAPF32: Float32Array;
  _malloc(bytes: number): number;
  _free(place: number): void;
  _FPDF_InitLibrary(): void;
  _FPDF_LoadMemDocument(place: number, bytes: number, password: number): number;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidthF(page: number): number;
  _FPDF_GetPageHeightF(page: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
  _FPDFFormObj_CountObjects(form: number): number;
  _FPDFFormObj_GetObject(form: number, index: number): number;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, place: number, stride: number): number;
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): void;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    turned: number,
    flags: number,
  ): void;
}

/** The engine, in WebAssembly: what it does to its memory stays in it, and it opens nothing. */
export async function loadPdfEngine(): Promise<PdfEngine> {
  const wasm = readFileSync(engineFile());
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  const engine = (await PDFiumModule({ wasmBinary })) as unknown as PdfEngine;
  engine._FPDF_InitLibrary();
  return engine;
}

/** In the package, or beside the reader's bundle when shipped. */
function engineFile(script = process.argv[1] ?? ''): string {
  if (script.endsWith('.ts')) return fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'));
  return join(dirname(script), 'pdfium.wasm');
}
