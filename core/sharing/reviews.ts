import type { AtomFile } from '../../contract/atom.ts';
import type { ToldCard } from '../../contract/card.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import type { AtomProof, AtomReview, Imported } from '../../contract/sharing.ts';
import { findCard, type ReadPicture } from './cards/find-card.ts';
import { toldCard } from './cards/told-card.ts';
import type { Here } from './doubts.ts';
import type { ReadFile } from './read-paths.ts';
import { readShared, type SharedFile } from './read-shared.ts';
import { reviewOf } from './review.ts';

export interface ReviewsDeps {
  /** Beckon's own atoms, and the person's, as their files are now. */
  readonly all: () => readonly Here[];
  readonly proofsOf: (hash: string) => readonly AtomProof[];
  /** Runs examples that need no model, at once and within a bound. */
  readonly proveAtOnce: (file: AtomFile, here: AtomFile | null) => Promise<AtomProof | null>;
  /** Atoms made from what other programs have; null for what is none of that. */
  readonly convert: (read: ReadFile) => Converted | null;
  /** Looks into a stranger's picture for an answer card. */
  readonly readPicture: ReadPicture;
}

export interface Converted {
  readonly file: AtomFile;
  readonly madeFrom: NonNullable<AtomReview['madeFrom']>;
}

export interface Reviewed {
  readonly read: SharedFile;
  readonly review: AtomReview;
}

/** The oldest are forgotten; whoever waits that long reads anew. */
const mostPending = 300;

/** Reads strangers' files, and keeps what each says until the person has decided about it. */
export class Reviews {
  readonly #deps: ReviewsDeps;
  readonly #ownKey: () => string | null;
  readonly #pending = new Map<string, Reviewed>();

  /** `ownKey`: the key by which the person signs; null where there is none. */
  constructor(deps: ReviewsDeps, ownKey: () => string | null) {
    this.#deps = deps;
    this.#ownKey = ownKey;
  }

  /** Each file ends in a review, in a card, or in a reason. */
  async read(files: readonly ReadFile[]): Promise<Imported> {
    const reviews: AtomReview[] = [];
    const refused: Imported['refused'][number][] = [];
    const cards: ToldCard[] = [];
    for (const file of files) {
      try {
        const one = await this.#readOne(file);
        if ('reviewId' in one) reviews.push(one);
        else cards.push(one);
      } catch (error) {
        refused.push({ fileName: file.fileName, error: toErrorShape(error) });
      }
    }
    return { reviews, refused, cards };
  }

  /** An answer card, what lies in one, or an action's file. */
  async #readOne(read: ReadFile): Promise<AtomReview | ToldCard> {
    if ('error' in read) return this.#review(read);
    const { fileName, bytes } = read;
    const found = await findCard(bytes, fileName, this.#deps.readPicture);
    if (found === null) return this.#review(read);
    const told = toldCard(found, fileName, this.#deps.all(), this.#ownKey());
    const { file } = found.card;
    if (file === null) return told;
    return this.#review({ fileName, bytes: Buffer.from(JSON.stringify(file)) }, told);
  }

  async #review(read: ReadFile, card: ToldCard | null = null): Promise<AtomReview> {
    const { all, convert, proofsOf, proveAtOnce } = this.#deps;
    const converted = convert(read);
    if (converted === null && 'error' in read) throw errorOf(read);
    const shared =
      converted !== null
        ? { fileName: read.fileName, raw: converted.file, file: converted.file, unknown: [] }
        : readShared((read as Extract<ReadFile, { bytes: unknown }>).bytes, read.fileName);
    const known = all();
    const told = await reviewOf(shared, known, this.#ownKey(), converted?.madeFrom ?? null);
    const here = known.find(({ file }) => file.id === shared.file.id)?.file ?? null;
    const isPlain = told.atom.touches.model === 'none' && shared.unknown.length === 0;
    const atOnce = isPlain ? await proveAtOnce(shared.file, here) : null;
    const proofs = atOnce === null ? proofsOf(told.atom.hash) : [atOnce];
    const review = { ...told, proofs, card };
    this.#pending.set(review.reviewId, { read: shared, review });
    for (const id of this.#pending.keys()) if (this.#pending.size > mostPending) this.#pending.delete(id);
    return review;
  }

  /** Throws `atom/review-gone`. */
  need(reviewId: string): Reviewed {
    const pending = this.#pending.get(reviewId);
    if (pending === undefined) throw new AppError('atom/review-gone', `no review ${reviewId}`);
    return pending;
  }

  forget(reviewId: string): void {
    this.#pending.delete(reviewId);
  }
}

function errorOf(read: ReadFile): AppError {
  const { code, message, values } = (read as Extract<ReadFile, { error: unknown }>).error;
  return new AppError(code, message, values === undefined ? {} : ({ values } as never));
}
