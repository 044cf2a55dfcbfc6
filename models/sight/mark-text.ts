import type { Bitmap } from './bitmap.ts';
import { seePatch } from './bitmap.ts';
import type { TextMap } from './find-text.ts';
import type { ReadingModels } from './reading-models.ts';

/** The longer side that is looked at in one piece, in pixels: what the model takes for it grows with the area. */
const pieceSide = 1600;
/** Pixels around a piece that it is looked at with: a letter at its edge is seen whole. */
const margin = 64;
/** The model halves a picture five times. */
const unit = 32;
const colours = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

/** Marks the text of a picture, scaled by a factor; what is larger than one piece then is looked at piece by piece. */
export async function markText(models: ReadingModels, bitmap: Bitmap, scale: number): Promise<TextMap> {
  const width = roundUp(bitmap.width * scale);
  const height = roundUp(bitmap.height * scale);
  const map = { width, height, likely: new Uint8Array(width * height) };
  for (const down of piecesOf(height))
    for (const across of piecesOf(width)) await markPiece(models, bitmap, map, across, down);
  return map;
}

interface Piece {
  /** What is looked at, and the part of it that counts. */
  readonly from: number;
  readonly to: number;
  readonly countsFrom: number;
  readonly countsTo: number;
}

function piecesOf(side: number): readonly Piece[] {
  if (side <= pieceSide) return [{ from: 0, to: side, countsFrom: 0, countsTo: side }];
  const count = Math.ceil(side / (pieceSide - 2 * margin));
  const step = roundUp(side / count);
  return Array.from({ length: count }, (_, index) => {
    const countsFrom = Math.min(side, index * step);
    const countsTo = Math.min(side, countsFrom + step);
    return { from: Math.max(0, countsFrom - margin), to: Math.min(side, countsTo + margin), countsFrom, countsTo };
  }).filter(({ countsFrom, countsTo }) => countsTo > countsFrom);
}

async function markPiece(
  models: ReadingModels,
  bitmap: Bitmap,
  map: TextMap,
  across: Piece,
  down: Piece,
): Promise<void> {
  const [width, height] = [across.to - across.from, down.to - down.from];
  const [byX, byY] = [bitmap.width / map.width, bitmap.height / map.height];
  const patch = {
    x: ((across.from + across.to) / 2) * byX,
    y: ((down.from + down.to) / 2) * byY,
    width: width * byX,
    height: height * byY,
    angle: 0,
  };
  const likely = await models.mark(seePatch(bitmap, patch, { width, height, ...colours }), width, height);
  for (let y = down.countsFrom; y < down.countsTo; y += 1)
    for (let x = across.countsFrom; x < across.countsTo; x += 1)
      map.likely[y * map.width + x] = Math.round(255 * (likely[(y - down.from) * width + x - across.from] as number));
}

function roundUp(side: number): number {
  return Math.max(unit, Math.ceil(side / unit) * unit);
}
