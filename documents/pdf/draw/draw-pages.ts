import type { AskedPage, DrawnPart } from '../../../contract/reader.ts';
import { type DocumentInput, readBytes } from '../../input.ts';
import { greyPng } from './grey-png.ts';
import { loadPdfEngine } from './pdf-engine.ts';
import { type PdfPage, PdfPages } from './pdf-pages.ts';

/** Bytes of a picture that go in one message. */
const chunkBytes = 1_000_000;
/** A page with a few words of its own is a picture where images cover at least so much of it. */
const leastImageShare = 0.5;

type Holds = Extract<DrawnPart, { type: 'page' }>['holds'];

/**
 * Tells of each page whether it is a picture, and where it `draws`, brings that. A page that cannot be opened counts as a
 * picture without bytes. Throws `file/…`.
 */
export async function* drawPages(
  input: DocumentInput,
  pages: readonly AskedPage[],
  draws: boolean,
): AsyncGenerator<DrawnPart> {
  const document = new PdfPages(await loadPdfEngine(), readBytes(input, 0, input.bytes));
  for (const asked of pages) {
    const found = document.with(asked.page, (page) => lookAt(page, asked, draws));
    const { holds, picture } = found ?? { holds: 'scan', picture: nothing };
    for (let at = 0; at < picture.length; at += chunkBytes)
      yield { type: 'bytes', bytes: picture.subarray(at, at + chunkBytes).toString('base64') };
    yield { type: 'page', page: asked.page, holds };
  }
  yield { type: 'finish' };
}

const nothing = Buffer.alloc(0);

/** What a page is; that nothing is seen of what it has is found out by drawing it alone, which takes longer. */
function lookAt(page: PdfPage, { textLayer }: AskedPage, draws: boolean): { holds: Holds; picture: Buffer } {
  const isText = textLayer === 'little' && page.imageShare < leastImageShare;
  if (isText || page.isEmpty) return { holds: isText ? 'text' : 'blank', picture: nothing };
  if (!draws) return { holds: 'scan', picture: nothing };
  const drawn = page.draw();
  const isBlank = drawn.pixels.every((pixel) => pixel === drawn.pixels[0]);
  return isBlank ? { holds: 'blank', picture: nothing } : { holds: 'scan', picture: greyPng(drawn) };
}
