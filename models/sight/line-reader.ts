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
/** EXIF's number for a camera that was held upside down. */
const upsideDown = 3;

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

  /** Turns a picture and its lines the way up in which they can be read: pages are put into scanners upside down. */
  async rightWayUp(
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

/** A line that stands upright is laid down to its left, as the recogniser learned it: its head comes first. */
function lying(patch: Patch): Patch {
  if (!isUpright(patch)) return patch;
  return { ...patch, width: patch.height, height: patch.width, angle: patch.angle + Math.PI / 2 };
}
