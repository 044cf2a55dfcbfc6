import { type Bitmap, isUpright, type Patch, seePatch } from './bitmap.ts';
import { turned } from './decode/turned.ts';
import { lettersOf, type Recognised } from './letters.ts';
import type { ReadingModels } from './reading-models.ts';

/** What the recogniser was trained on. */
const lineHeight = 48;
const widthUnit = 8;
const widestLine = 4800;
const colours = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] } as const;
/** The longest lines tell which way a picture stands: less sure than this they are tried upside down, and have to gain so much. */
const tried = 2;
const sureFrom = 0.85;
const leastGain = 0.1;
/** EXIF's numbers for a camera that was held upside down, and on its side. */
const upsideDown = 3;
const onItsSide = 8;
/** The share of the length of all lines that has to stand upright for the whole picture to be laid down with them. */
const mostUpright = 2 / 3;

/** Reads lines of one picture, each once. */
export class LineReader {
  readonly bitmap: Bitmap;
  readonly #models: ReadingModels;
  readonly #known = new Map<Patch, Recognised>();

  constructor(models: ReadingModels, bitmap: Bitmap) {
    this.#models = models;
    this.bitmap = bitmap;
  }

  async read(patch: Patch): Promise<Recognised> {
    const known = this.#known.get(patch) ?? (await this.#read(lying(patch)));
    this.#known.set(patch, known);
    return known;
  }

  /**
   * Turns a picture and its lines the way up in which they can be read: pages are put into scanners upside down and on their
   * side. Where nearly all lines stand upright, as in old Chinese books, they lie afterwards, short ones too: their order is
   * that of lines, and what begins level is told from what only lies level.
   */
  async rightWayUp(
    patches: readonly Patch[],
  ): Promise<{ readonly lines: LineReader; readonly patches: readonly Patch[] }> {
    if (mostStandUpright(patches)) {
      const laid = new LineReader(this.#models, turned(this.bitmap, onItsSide));
      return laid.#headUp(patches.map((patch) => laidDown(patch, this.bitmap.width)));
    }
    return this.#headUp(patches);
  }

  async #headUp(
    patches: readonly Patch[],
  ): Promise<{ readonly lines: LineReader; readonly patches: readonly Patch[] }> {
    const longest = [...patches].sort((one, other) => lengthOf(other) - lengthOf(one)).slice(0, tried);
    const asItIs = await this.#sureness(longest);
    if (longest.length === 0 || asItIs >= sureFrom) return { lines: this, patches };
    const other = new LineReader(this.#models, turned(this.bitmap, upsideDown));
    const turnedAround = (patch: Patch) => ({
      ...patch,
      x: this.bitmap.width - patch.x,
      y: this.bitmap.height - patch.y,
    });
    const gains = (await other.#sureness(longest.map(turnedAround))) >= asItIs + leastGain;
    return gains ? { lines: other, patches: patches.map(turnedAround) } : { lines: this, patches };
  }

  async #sureness(patches: readonly Patch[]): Promise<number> {
    let sum = 0;
    for (const patch of patches) sum += (await this.read(patch)).confidence;
    return sum / Math.max(1, patches.length);
  }

  async #read(line: Patch): Promise<Recognised> {
    const natural = (line.width / line.height) * lineHeight;
    const width = Math.min(widestLine, Math.max(lineHeight, Math.ceil(natural / widthUnit) * widthUnit));
    const view = seePatch(this.bitmap, line, { width, height: lineHeight, ...colours });
    const { likely, steps } = await this.#models.read(view, width, lineHeight);
    return lettersOf(likely, steps, this.#models.letters);
  }
}

function lengthOf({ width, height }: Patch): number {
  return Math.max(width, height);
}

function mostStandUpright(patches: readonly Patch[]): boolean {
  const lengthsOf = (some: readonly Patch[]) => some.reduce((sum, patch) => sum + lengthOf(patch), 0);
  const upright = patches.filter(isUpright);
  return upright.length > 0 && lengthsOf(upright) > mostUpright * lengthsOf(patches);
}

/** Where a patch lies once its picture, so many pixels wide, is turned a quarter to the left. */
function laidDown({ x, y, width, height, angle }: Patch, pictureWidth: number): Patch {
  return { x: y, y: pictureWidth - x, width: height, height: width, angle };
}

/** A line that stands upright is laid down to its left, as the recogniser learned it: its head comes first. */
function lying(patch: Patch): Patch {
  if (!isUpright(patch)) return patch;
  return { ...patch, width: patch.height, height: patch.width, angle: patch.angle + Math.PI / 2 };
}
