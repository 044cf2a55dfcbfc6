import type { AtomFile } from '../../contract/atom.ts';
import { AppError } from '../../contract/errors.ts';
import type { AtomProof, AtomReview, Author, Imported, KeptAtom } from '../../contract/sharing.ts';
import { StateSource } from '../../wire/state-source.ts';
import { touchesNothing, widenedBy } from '../steps/touches.ts';
import type { AtomFolder } from './atom-folder.ts';
import type { AuthorKey } from './author-key.ts';
import { contentHash } from './canonical.ts';
import { isPicture, type ReadFile, readPaths } from './read-paths.ts';
import { asksFirst } from './review.ts';
import { Reviews, type ReviewsDeps } from './reviews.ts';
import { fingerprintOf, seal } from './seal.ts';
import { originsOf, sealOf, toldOf } from './told.ts';

export interface SharingDeps extends ReviewsDeps {
  readonly author: AuthorKey;
  readonly folder: AtomFolder;
  /** The name of the person's own file with an id, also of one that cannot run; null where there is none. */
  readonly ownFile: (id: string) => string | null;
  /** Whether a key or a model of its own waits for what has an id: whatever takes the id takes these over. */
  readonly isBound: (id: string) => boolean;
  /** Has the list of actions read anew. */
  readonly onChange: () => void;
}

const nothingRead: Imported = { reviews: [], refused: [], cards: [] };
/** What a text without a file is called where it is told of. */
const pastedName = 'pasted.json';
/** Atoms given and taken: reads strangers' files for the person's word, adds what they agreed to, and signs what they give away. */
export class Sharing {
  readonly importing = new StateSource<Imported>(nothingRead);
  readonly #deps: SharingDeps;
  readonly #reviews: Reviews;

  constructor(deps: SharingDeps) {
    this.#deps = deps;
    this.#reviews = new Reviews(deps, () => this.#ownKey());
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
    return this.#reviews.read(files);
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
      const read = await this.#reviews.read([file]);
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

  /** Throws `atom/asks-first` unless `agreed` names it, as the person was asked in a window of main's. */
  add(reviewId: string, agreed: string | null = null): { readonly file: string } {
    const { read, review } = this.#reviews.need(reviewId);
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
    if (reviewId !== null) this.#reviews.forget(reviewId);
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
    const { read } = this.#reviews.need(reviewId);
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
}
