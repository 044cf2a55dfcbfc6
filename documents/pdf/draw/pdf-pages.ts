import { AppError } from '../../../contract/errors.ts';
import type { GreyPicture } from './grey-png.ts';
import type { PdfEngine } from './pdf-engine.ts';

/** Letters of a page of print are 30 pixels high then, and small print is still read. */
const pixelsOfPoint = 200 / 72;
/** A page that is small on paper, such as a receipt, is drawn as large as a camera would take it. */
const leastSide = 1600;
const mostPixelsOfPoint = 600 / 72;
/** A page says any size of itself: no picture has more pixels than these, or a longer side. */
const mostPixels = 8_000_000;
const longestSide = 10_000;

const grey = 1;
const white = 0xffffffff;
/** A page is drawn as a viewer shows it, with its annotations, in shades of grey (FPDF_ANNOT, FPDF_GRAYSCALE). */
const drawFlags = 0x01 | 0x08;
const imageType = 3;
const formType = 5;
const mostObjects = 5000;

/** The pages of one PDF, to be looked at and drawn, one at a time. */
export class PdfPages {
  readonly #engine: PdfEngine;
  readonly #document: number;

  /** Throws `file/pdf-damaged`. */
  constructor(engine: PdfEngine, content: Uint8Array) {
    this.#engine = engine;
    // The file stays in the engine's memory, which reads from it until the process ends.
    const place = engine._malloc(content.length);
    if (place === 0) throw new AppError('file/too-much-memory', `${content.length} bytes`);
    engine.HEAPU8.set(content, place);
    this.#document = engine._FPDF_LoadMemDocument(place, content.length, 0);
    if (this.#document === 0) throw new AppError('file/pdf-damaged', 'it could not be opened to be drawn');
  }

  /** Does something with a page, counted from 1; null where it cannot be opened or has no size. */
  with<Value>(number: number, use: (page: PdfPage) => Value): Value | null {
    const engine = this.#engine;
    const page = engine._FPDF_LoadPage(this.#document, number - 1);
    if (page === 0) return null;
    try {
      const [width, height] = [engine._FPDF_GetPageWidthF(page), engine._FPDF_GetPageHeightF(page)];
      return width > 0 && height > 0 && width * height < Infinity
        ? use(new PdfPage(engine, page, width, height))
        : null;
    } finally {
      engine._FPDF_ClosePage(page);
    }
  }
}

/** A page that is open; sizes are in points, as it is seen. */
export class PdfPage {
  readonly #engine: PdfEngine;
  readonly #page: number;
  readonly #width: number;
  readonly #height: number;

  constructor(engine: PdfEngine, page: number, width: number, height: number) {
    this.#engine = engine;
    this.#page = page;
    this.#width = width;
    this.#height = height;
  }

  /** Whether nothing is on it, seen or not. */
  get isEmpty(): boolean {
    return this.#engine._FPDFPage_CountObjects(this.#page) <= 0;
  }

  /** How much of it lies under images, from 0; those that lie over each other count twice. */
  get imageShare(): number {
    const { _FPDFPage_CountObjects: count, _FPDFPage_GetObject: at } = this.#engine;
    const objects = Math.min(count(this.#page), mostObjects);
    let area = 0;
    for (let index = 0; index < objects; index += 1) {
      const object = at(this.#page, index);
      if (this.#hasImage(object)) area += this.#areaOf(object);
    }
    return area / (this.#width * this.#height);
  }

  /** All that is seen on it. */
  draw(): GreyPicture {
    const { width, height } = this.#pixels();
    const engine = this.#engine;
    const place = engine._malloc(width * height);
    if (place === 0) throw new AppError('file/too-much-memory', `${width} by ${height} pixels`);
    const bitmap = engine._FPDFBitmap_CreateEx(width, height, grey, place, width);
    try {
      engine._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white);
      engine._FPDF_RenderPageBitmap(bitmap, this.#page, 0, 0, width, height, 0, drawFlags);
      // A copy: the place is given back.
      return { width, height, pixels: engine.HEAPU8.slice(place, place + width * height) };
    } finally {
      engine._FPDFBitmap_Destroy(bitmap);
      engine._free(place);
    }
  }

  /** Whether an object is an image, or a form that one was put into, as programs do that stamp pages. */
  #hasImage(object: number): boolean {
    const engine = this.#engine;
    const type = engine._FPDFPageObj_GetType(object);
    if (type !== formType) return type === imageType;
    const inside = Math.min(engine._FPDFFormObj_CountObjects(object), mostObjects);
    for (let index = 0; index < inside; index += 1)
      if (engine._FPDFPageObj_GetType(engine._FPDFFormObj_GetObject(object, index)) === imageType) return true;
    return false;
  }

  #areaOf(object: number): number {
    const engine = this.#engine;
    const place = engine._malloc(16);
    try {
      if (engine._FPDFPageObj_GetBounds(object, place, place + 4, place + 8, place + 12) === 0) return 0;
      const [left = 0, bottom = 0, right = 0, top = 0] = engine.HEAPF32.subarray(place >> 2, (place >> 2) + 4);
      return Math.max(0, right - left) * Math.max(0, top - bottom);
    } finally {
      engine._free(place);
    }
  }

  #pixels(): { readonly width: number; readonly height: number } {
    const [long, area] = [Math.max(this.#width, this.#height), this.#width * this.#height];
    const wanted = Math.min(Math.max(pixelsOfPoint, leastSide / long), mostPixelsOfPoint);
    const scale = Math.min(wanted, Math.sqrt(mostPixels / area), longestSide / long);
    const pixels = (side: number) => Math.max(1, Math.round(side * scale));
    return { width: pixels(this.#width), height: pixels(this.#height) };
  }
}
