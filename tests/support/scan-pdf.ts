import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJpegHeader } from '../../models/sight/decode/jpeg-header.ts';
import { checkout } from './beckon-app.ts';

export interface ScanPage {
  /** The file of a JPEG that fills the page; left out for a page without a picture. */
  readonly jpeg?: Buffer;
  /** An image as a PDF has it, in place of `jpeg`: what stands in its dictionary, and its bytes. */
  readonly image?: { readonly about: string; readonly bytes: Buffer };
  /** A line of real text, as scanners stamp one on. */
  readonly stamp?: string;
  readonly rotate?: 0 | 90 | 180 | 270;
  /** As the file says it; A4 where it is left out. */
  readonly box?: string;
}

/** A PDF of scanned pages, of our own making. */
export function makeScanPdf(pages: readonly ScanPage[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const places: number[] = [];
  let length = parts[0]?.length ?? 0;
  const write = (content: Buffer) => {
    parts.push(content);
    length += content.length;
  };
  const put = (number: number, about: string, stream?: Buffer): number => {
    places[number - 1] = length;
    const tail = stream === undefined ? [] : [Buffer.from('\nstream\n'), stream, Buffer.from('\nendstream')];
    write(Buffer.concat([Buffer.from(`${number} 0 obj\n${about}`), ...tail, Buffer.from('\nendobj\n')]));
    return number;
  };
  const [tree, root, font] = [1, 2, 3];
  let last = font;
  const add = (about: string, stream?: Buffer): number => {
    last += 1;
    return put(last, about, stream);
  };
  const filled = new Map<ScanPage, string>();
  const kids = pages.map((page) => {
    const about = filled.get(page) ?? contentOf(page, font, add);
    // A page that comes again shares all it shows.
    filled.set(page, about);
    return add(`<</Type/Page/Parent ${tree} 0 R${about}>>`);
  });
  put(tree, `<</Type/Pages/Count ${kids.length}/Kids[${kids.map((kid) => `${kid} 0 R`).join(' ')}]>>`);
  put(root, `<</Type/Catalog/Pages ${tree} 0 R>>`);
  put(font, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>');
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const start = length;
  write(Buffer.from(`xref\n0 ${places.length + 1}\n0000000000 65535 f \n${table}`));
  write(Buffer.from(`trailer<</Size ${places.length + 1}/Root ${root} 0 R>>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}

/** What a page shows, as its dictionary says it. */
function contentOf(page: ScanPage, font: number, add: (about: string, stream?: Buffer) => number): string {
  const { about, bytes } = page.image ?? asImage(page.jpeg);
  const image = add(`<</Type/XObject/Subtype/Image${about}/Length ${bytes.length}>>`, bytes);
  const drawn = bytes.length === 0 ? '' : 'q 595 0 0 842 0 0 cm /Im Do Q ';
  const stamped = page.stamp === undefined ? '' : `BT /F 8 Tf 20 20 Td (${page.stamp}) Tj ET`;
  const content = add(`<</Length ${drawn.length + stamped.length}>>`, Buffer.from(drawn + stamped));
  const resources = `<</XObject<</Im ${image} 0 R>>/Font<</F ${font} 0 R>>>>`;
  const shape = `/MediaBox${page.box ?? '[0 0 595 842]'}/Rotate ${page.rotate ?? 0}`;
  return `${shape}/Contents ${content} 0 R/Resources${resources}`;
}

function asImage(jpeg: Buffer | undefined): { about: string; bytes: Buffer } {
  if (jpeg === undefined)
    return { about: '/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray', bytes: Buffer.alloc(0) };
  const { width, height } = readJpegHeader(jpeg);
  const about = `/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode`;
  return { about, bytes: jpeg };
}

const corpus = join(checkout, 'tests', 'corpus', 'scans');

/** A scanned page of the corpus, and what stands on it. */
export function scannedPage(language: 'en' | 'zh'): { readonly jpeg: Buffer; readonly text: string } {
  const jpeg = readFileSync(join(corpus, `page-${language}.jpg`));
  return { jpeg, text: readFileSync(join(corpus, `page-${language}.txt`), 'utf8') };
}

/** The English page with its text, and the same with letters that mean nothing. */
export function textPdf(letters: 'right' | 'lost'): Buffer {
  const right = readFileSync(join(corpus, 'text-en.pdf'));
  return letters === 'right'
    ? right
    : Buffer.from(right.toString('latin1').replaceAll('/ToUnicode', '/ToNothing'), 'latin1');
}
