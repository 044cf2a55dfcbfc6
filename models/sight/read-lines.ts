import { pictureLineLimit, type SightPart } from '../../contract/sight.ts';
import { type Bitmap, isUpright, type Patch, seePatch } from './bitmap.ts';
import { findText } from './find-text.ts';
import { lettersOf, type Recognised } from './letters.ts';
import { markText } from './mark-text.ts';
import type { ReadingModels } from './reading-models.ts';
import { inReadingOrder } from './reading-order.ts';

/** What the recogniser was trained on. */
const lineHeight = 48;
const widthUnit = 8;
const widestLine = 4800;
const colours = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] } as const;
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
  const lines = inReadingOrder(await look(models, bitmap)).slice(0, pictureLineLimit);
  yield { type: 'found', lines: lines.length };
  for (const parts of lines) {
    const read: (Recognised & { readonly patch: Patch })[] = [];
    for (const patch of parts) read.push({ ...(await readPatch(models, bitmap, patch)), patch });
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

async function readPatch(models: ReadingModels, bitmap: Bitmap, patch: Patch): Promise<Recognised> {
  const line = lying(patch);
  const natural = (line.width / line.height) * lineHeight;
  const width = Math.min(widestLine, Math.max(lineHeight, Math.ceil(natural / widthUnit) * widthUnit));
  const view = seePatch(bitmap, line, { width, height: lineHeight, ...colours });
  const { likely, steps } = await models.read(view, width, lineHeight);
  return lettersOf(likely, steps, models.letters);
}

/** A line that stands upright is laid down to its left, as the recogniser learned it: its head comes first. */
function lying(patch: Patch): Patch {
  if (!isUpright(patch)) return patch;
  return { ...patch, width: patch.height, height: patch.width, angle: patch.angle + Math.PI / 2 };
}

function boxAround(parts: readonly Patch[], { width, height }: Bitmap) {
  const clamp = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most));
  const left = clamp(Math.min(...parts.map((part) => part.x - part.width / 2)), width);
  const top = clamp(Math.min(...parts.map((part) => part.y - part.height / 2)), height);
  const right = clamp(Math.max(...parts.map((part) => part.x + part.width / 2)), width);
  const bottom = clamp(Math.max(...parts.map((part) => part.y + part.height / 2)), height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
