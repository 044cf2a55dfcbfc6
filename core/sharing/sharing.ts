import type { AtomFile } from '../../contract/atom.ts';
import type { ToldCard } from '../../contract/card.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import type { AtomProof, AtomReview, Author, Imported, KeptAtom } from '../../contract/sharing.ts';
import { StateSource } from '../../wire/state-source.ts';
import { touchesNothing, widenedBy } from '../steps/touches.ts';
import type { AtomFolder } from './atom-folder.ts';
import type { AuthorKey } from './author-key.ts';
import { contentHash } from './canonical.ts';
import { findCard, type ReadPicture } from './cards/find-card.ts';
import { toldCard } from './cards/told-card.ts';
import type { Here } from './doubts.ts';
import { isPicture, type ReadFile, readPaths } from './read-paths.ts';
import { readShared, type SharedFile } from './read-shared.ts';
import { asksFirst, reviewOf } from './review.ts';
import { fingerprintOf, seal } from './seal.ts';
import { originsOf, sealOf, toldOf } from './told.ts';

export interface SharingDeps {
  readonly author: AuthorKey;
  readonly folder: AtomFolder;
  /** Beckon's own atoms, and the person's, as their files are now. */
  readonly all: () => readonly Here[];
  /** The name of the person's own file with an id, also of one that cannot run; null where there is none. */
  readonly ownFile: (id: string) => string | null;
  /** Whether a key or a model of its own waits for what has an id: whatever takes the id takes these over. */
  readonly isBound: (id: string) => boolean;
  /** Has the list of actions read anew. */
  readonly onChange: () => void;
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

interface Pending {
  readonly read: SharedFile;
  readonly review: AtomReview;
}

const nothingRead: Imported = { reviews: [], refused: [], cards: [] };
/** What a text without a file is called where it is told of. */
const pastedName = 'pasted.json';
/** The oldest are forgotten; whoever waits that long reads anew. */
const mostPending = 300;

/** Atoms given and taken: reads strangers' files for the person's word, adds what they agreed to, and signs what they give away. */
export class Sharing {
  readonly importing = new StateSource<Imported>(nothingRead);
  readonly #deps: SharingDeps;
  readonly #pending = new Map<string, Pending>();

  constructor(deps: SharingDeps) {
    this.#deps = deps;
  }

  list(): readonly KeptAtom[] {
    const all = this.#deps.all();
    const ownKey = this.#ownKey();
    return all.map(({ file, from }) => {
      const others = all.filter((other) => other.file.id !== file.id).map((other) => other.file);
      const atom = toldOf(file);
      return {
        atom,
        builtIn: from === null,
        seal: sealOf(file, ownKey, others),
        from: originsOf(file),
        examples: file.examples?.length ?? 0,
        proofs: this.#deps.proofsOf(atom.hash),
      };
    });
  }

  /** Reads what lies at paths, or a text without one. Each file ends in a review or in a reason. */
  async read(from: readonly string[] | { readonly text: string }): Promise<Imported> {
    const files =
      'text' in from
        ? [{ fileName: pastedName, bytes: new TextEncoder().encode(from.text) }]
        : readPaths(from as readonly string[]);
    return this.#readAll(files);
  }

  async #readAll(files: readonly ReadFile[]): Promise<Imported> {
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

  /** Reads into the window's dialog. */
  async show(from: readonly string[] | { readonly text: string }): Promise<void> {
    this.leave(null);
    this.importing.update(await this.read(from));
  }

  /** Shows in the window's dialog what of files are answer cards, or would be; of all others nothing is said. */
  async look(files: readonly ReadFile[]): Promise<boolean> {
    const shown: Imported[] = [];
    for (const file of files) {
      if ('error' in file || !isPicture(file.bytes)) continue;
      const read = await this.#readAll([file]);
      if (read.refused.every(({ error }) => error.code.startsWith('card/') && error.code !== 'card/none'))
        shown.push(read);
    }
    if (shown.length === 0) return false;
    this.leave(null);
    this.importing.update({
      reviews: shown.flatMap(({ reviews }) => reviews),
      refused: shown.flatMap(({ refused }) => refused),
      cards: shown.flatMap(({ cards }) => cards),
    });
    return true;
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

  /** Throws `atom/asks-first` unless `agreed` names it, as the person was asked in a window of main's. */
  add(reviewId: string, agreed: string | null = null): { readonly file: string } {
    const { read, review } = this.#need(reviewId);
    const { id, name } = review.atom;
    const isAsked = agreed !== null && [name.en, name['zh-CN']].includes(agreed);
    if (this.#asksFirst(review) && !isAsked) throw new AppError('atom/asks-first', `${id} may do more than before`);
    const { folder, ownFile, onChange } = this.#deps;
    const text = `${JSON.stringify(read.raw, null, 2)}\n`;
    const own = ownFile(id);
    const file = own === null ? folder.add(id, text) : folder.replace(own, text);
    this.leave(reviewId);
    onChange();
    return { file };
  }

  /** What is here may have changed since the file was read. */
  #asksFirst(review: AtomReview): boolean {
    const here = this.#deps.all().find(({ file }) => file.id === review.atom.id);
    const hash = here === undefined ? null : contentHash(here.file);
    if (hash !== (review.here?.atom.hash ?? null)) return true;
    const { id, touches } = review.atom;
    const takesOver = hash === null && this.#deps.isBound(id);
    return takesOver ? widenedBy(touchesNothing, touches).length > 0 : asksFirst(review);
  }

  /** Takes a review out of the dialog, or all that are in it. */
  leave(reviewId: string | null): void {
    const { reviews, refused, cards } = this.importing.value;
    if (reviewId !== null) this.#pending.delete(reviewId);
    const stay = reviewId === null ? [] : reviews.filter((review) => review.reviewId !== reviewId);
    const { refused: unread, cards: told } = reviewId === null ? nothingRead : { refused, cards };
    this.importing.update({ reviews: stay, refused: unread, cards: told });
  }

  /** Throws `atom/built-in` and `action/not-found`. */
  remove(id: string): { readonly file: string } {
    const name = this.#deps.ownFile(id);
    if (name === null) {
      if (this.#deps.all().some(({ file }) => file.id === id)) throw new AppError('atom/built-in', `${id} is built in`);
      throw new AppError('action/not-found', `no action ${id}`);
    }
    const file = this.#deps.folder.remove(name);
    this.#deps.onChange();
    return { file };
  }

  /** Throws `action/not-found` and what `AuthorKey.use` throws. */
  export(id: string, authorName: string | null): { readonly text: string; readonly fileName: string } {
    const file = this.fileOf(id);
    const signed = seal(file, this.#deps.author.use(authorName));
    return { text: `${JSON.stringify(signed, null, 2)}\n`, fileName: `${id}.json` };
  }

  get author(): Author | null {
    const signer = this.#deps.author.read();
    return signer === null ? null : { name: signer.name, fingerprint: fingerprintOf(signer.key) };
  }

  /** Throws `action/not-found`. */
  fileOf(id: string): AtomFile {
    const found = this.#deps.all().find(({ file }) => file.id === id)?.file;
    if (found === undefined) throw new AppError('action/not-found', `no action ${id}`);
    return found;
  }

  /** What a review would add, and the version that is here. Throws `atom/review-gone` and `atom/unknown-step`. */
  reviewed(reviewId: string): { readonly file: AtomFile; readonly here: AtomFile | null } {
    const { read } = this.#need(reviewId);
    const [first] = read.unknown;
    if (first !== undefined)
      throw new AppError('atom/unknown-step', first.name, {
        values: { file: read.fileName, name: first.name, step: first.at + 1 },
      });
    const here = this.#deps.all().find(({ file }) => file.id === read.file.id)?.file ?? null;
    return { file: read.file, here };
  }

  /** Shows what was proved of a file in the window's dialog, too. */
  proved(reviewId: string, proof: AtomProof): void {
    const { reviews } = this.importing.value;
    const withProof = (review: AtomReview): AtomReview => ({
      ...review,
      proofs: [...review.proofs.filter(({ model }) => model?.id !== proof.model?.id), proof],
    });
    if (!reviews.some((review) => review.reviewId === reviewId)) return;
    this.importing.update({
      reviews: reviews.map((review) => (review.reviewId === reviewId ? withProof(review) : review)),
    });
  }

  /** A key that cannot be read signs nothing, and no file here is its. */
  #ownKey(): string | null {
    try {
      return this.#deps.author.read()?.key ?? null;
    } catch {
      return null;
    }
  }

  #need(reviewId: string): Pending {
    const pending = this.#pending.get(reviewId);
    if (pending === undefined) throw new AppError('atom/review-gone', `no review ${reviewId}`);
    return pending;
  }
}

function errorOf(read: ReadFile): AppError {
  const { code, message, values } = (read as Extract<ReadFile, { error: unknown }>).error;
  return new AppError(code, message, values === undefined ? {} : ({ values } as never));
}
