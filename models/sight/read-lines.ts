import { pictureLineLimit, type SightPart } from '../../contract/sight.ts';
import type { Bitmap, Patch } from './bitmap.ts';
import { findText } from './find-text.ts';
import type { Recognised } from './letters.ts';
import { LineReader } from './line-reader.ts';
import { markText } from './mark-text.ts';
import type { ReadingModels } from './reading-models.ts';
import { inReadingOrder } from './reading-order.ts';

/** Letters that are smaller than this in what the detector sees run into each other. */
const leastSeen = 18;
/** A picture is looked at no finer than this, and in no more pixels. */
const finest = 2;
const mostSeen = 9_000_000;
const firstSide = 1600;
const longestText = 2000;
/** Between cells lies at least this, in heights of a line. */
const cellGap = 1;

/** Reads a picture line by line, in the order of reading. */
export async function* readLines(models: ReadingModels, bitmap: Bitmap): AsyncGenerator<SightPart> {
  const { lines, patches } = await new LineReader(models, bitmap).rightWayUp(await look(models, bitmap));
  const rows = inReadingOrder(patches).slice(0, pictureLineLimit);
  yield { type: 'found', lines: rows.length };
  for (const parts of rows) {
    const read: (Recognised & { readonly patch: Patch })[] = [];
    for (const patch of parts) read.push({ ...(await lines.read(patch)), patch });
    const texts = read.filter(({ text }) => text.trim() !== '');
    if (texts.length === 0) continue;
    const confidence = Math.min(...texts.map((each) => each.confidence));
    yield { type: 'line', text: joined(texts), confidence, box: boxAround(parts, bitmap) };
  }
  yield { type: 'finish' };
}

/** The parts of a line; cells of a table stand apart, as they do when a table is copied. */
function joined(parts: readonly { readonly text: string; readonly patch: Patch }[]): string {
  let line = '';
  let end = Infinity;
  for (const { text, patch } of parts) {
    const gap = patch.x - patch.width / 2 - end;
    line += `${line === '' ? '' : gap >= cellGap * patch.height ? '\t' : ' '}${text.trim()}`;
    end = patch.x + patch.width / 2;
  }
  return line.slice(0, longestText).toWellFormed();
}

/** Where text stands. What turns out to be small print is looked at again, finer. */
async function look(models: ReadingModels, bitmap: Bitmap): Promise<Patch[]> {
  const side = Math.max(bitmap.width, bitmap.height);
  const most = Math.min(finest, Math.sqrt(mostSeen / (bitmap.width * bitmap.height)));
  const first = Math.min(most, firstSide / side);
  const found = findText(await markText(models, bitmap, first), bitmap);
  const heights = found.map(({ height }) => height).sort((one, other) => one - other);
  // Below a quarter of all lines there are always some that are smaller still.
  const small = heights[heights.length >> 2] ?? Infinity;
  const wanted = Math.min(most, leastSeen / small);
  if (wanted <= first * 1.2) return found;
  return findText(await markText(models, bitmap, wanted), bitmap);
}

function boxAround(parts: readonly Patch[], { width, height }: Bitmap) {
  const clamp = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most));
  const left = clamp(Math.min(...parts.map((part) => part.x - part.width / 2)), width);
  const top = clamp(Math.min(...parts.map((part) => part.y - part.height / 2)), height);
  const right = clamp(Math.max(...parts.map((part) => part.x + part.width / 2)), width);
  const bottom = clamp(Math.max(...parts.map((part) => part.y + part.height / 2)), height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
