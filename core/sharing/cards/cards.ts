import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AtomFile, UsedAction } from '../../../contract/atom.ts';
import { stepsDone } from '../../../contract/atom-steps.ts';
import {
  type Card,
  type CardClaims,
  type CardPage,
  type CardPageWords,
  type CardSource,
  cardTextLimit,
} from '../../../contract/card.ts';
import type { Message } from '../../../contract/conversation.ts';
import { AppError } from '../../../contract/errors.ts';
import { pixelsHash, withCardChunk } from '../../../models/sight/card/card-chunk.ts';
import type { AuthorKey } from '../author-key.ts';
import { canonicalJson, contentHash } from '../canonical.ts';
import { isSealed, type Signer, seal } from '../seal.ts';
import { codeOf } from './card-code.ts';
import { htmlCard } from './html-card.ts';
import { signCard, wordsHash } from './sign-card.ts';

export interface CardsDeps {
  readonly author: AuthorKey;
  /** An answer with its question. Throws `conversation/not-found`. */
  readonly answerOf: (answerId: string) => { readonly answer: Message | undefined; readonly question: Message | null };
  /** The file of an action as it is now, and whether it is one of Beckon's own; null where there is none any more. */
  readonly atomOf: (id: string) => { readonly file: AtomFile; readonly builtIn: boolean } | null;
  readonly receiptOf: (answerId: string) => string | null;
  readonly sourcesOf: (answerId: string) => Promise<readonly CardSource[]>;
  readonly toHtml: (markdown: string) => string | null;
  /** A host as others may know it; empty for one of the person's own network. */
  readonly nameHost: (host: string) => string;
  readonly nameFile: (title: string) => string;
  readonly writePieces: (path: string, pieces: Iterable<string | Uint8Array>) => Promise<void>;
}

export interface CardLook {
  readonly authorName: string | null;
  readonly language: CardPage['language'];
  readonly theme: CardPage['theme'];
}

/** A card that is being made: what the page shows, and what goes into its file. */
export interface MadeCard {
  readonly id: string;
  readonly fileName: string;
  readonly page: CardPage;
  readonly card: Card;
}

interface Draft extends MadeCard {
  readonly signer: Signer;
  readonly claims: CardClaims;
}

/** Cards that are drawn at once. */
const mostDrafts = 8;

/** Answers as pictures and pages that say what made them. */
export class Cards {
  readonly #deps: CardsDeps;
  readonly #drafts = new Map<string, Draft>();

  constructor(deps: CardsDeps) {
    this.#deps = deps;
  }

  /** Throws `card/no-answer`, `card/too-long`, `conversation/not-found` and what `AuthorKey.use` throws. */
  async make(answerId: string, { authorName, language, theme }: CardLook): Promise<MadeCard> {
    const { author, answerOf, receiptOf, sourcesOf, nameFile, nameHost } = this.#deps;
    const { answer, question } = answerOf(answerId);
    const text = answer?.text.trim() ?? '';
    if (answer?.role !== 'assistant' || text === '' || answer.state === 'growing')
      throw new AppError('card/no-answer', 'nothing to draw');
    if (text.length > cardTextLimit)
      throw new AppError('card/too-long', `${text.length} characters`, { values: { most: cardTextLimit } });
    const signer = author.use(authorName);
    const used = question?.action ?? null;
    const file = used === null ? null : this.#fileOf(used, signer);
    const said = { text: text.toWellFormed(), sources: [...(await sourcesOf(answerId))] };
    const call = answer.receipt?.entries.at(-1);
    const claims: CardClaims = {
      card: 1,
      by: { name: signer.name, key: signer.key },
      atom: file === null ? null : { id: file.id, name: file.name, hash: contentHash(file) },
      words: wordsHash(said),
      receipt: receiptOf(answerId),
      model: (call?.modelName ?? '').slice(0, 200).toWellFormed(),
      host: call?.host == null ? null : nameHost(call.host),
      at: answer.createdAt,
      pixels: null,
    };
    const card = signCard(claims, signer, { file: file as Card['file'], said });
    const { rows, holdsAction } = codeOf(card);
    const { model, host, at, receipt } = claims;
    const action = used?.name[language] ?? null;
    const page: CardPage = {
      ...{ words: said, by: signer.name, action, model, host, at, receipt },
      ...{ code: [...rows], holdsAction, language, theme },
    };
    const fileName = nameFile(action ?? text.slice(0, 60));
    const draft = { id: randomUUID(), fileName, page, card, signer, claims };
    this.#drafts.set(draft.id, draft);
    for (const id of this.#drafts.keys()) if (this.#drafts.size > mostDrafts) this.#drafts.delete(id);
    return draft;
  }

  /**
   * Writes a picture that was drawn, with its card in its data; beside it the card as a file of its own where the code on the
   * picture does not hold the action, since many programs keep nothing but the pixels. Answers that file's name. Throws
   * `card/gone`, `card/not-drawn`, `export/not-written` and `disk/…`.
   */
  async finish(id: string, drawn: string, to: string): Promise<{ readonly beside: boolean }> {
    const draft = this.#take(id);
    const { signer, claims, card, page } = draft;
    const png = await readFile(drawn).catch((error: unknown) => {
      throw new AppError('card/not-drawn', String(error), {}, error);
    });
    const { file, said } = card;
    const signed = signCard({ ...claims, pixels: pixelsHash(png) }, signer, { file, said });
    const { writePieces } = this.#deps;
    await writePieces(to, [withCardChunk(png, JSON.stringify(signed))]);
    const beside = card.file !== null && !page.holdsAction;
    if (beside) await writePieces(`${to.replace(/\.png$/i, '')}.card.json`, [`${JSON.stringify(card, null, 2)}\n`]);
    return { beside };
  }

  /** Writes a card as a page. Throws `card/gone`, `export/not-written` and `disk/…`. */
  async writePage(id: string, to: string, words: CardPageWords): Promise<void> {
    const { card, page } = this.#take(id);
    const { writePieces, toHtml } = this.#deps;
    await writePieces(to, [htmlCard(card, page, words, toHtml)]);
  }

  #take(id: string): Draft {
    const draft = this.#drafts.get(id);
    if (draft === undefined) throw new AppError('card/gone', `no card ${id}`);
    return draft;
  }

  /** Null where the action is another one now than the answer was made by: a card never says what is not so. */
  #fileOf(used: UsedAction, signer: Signer): AtomFile | null {
    const found = this.#deps.atomOf(used.id);
    if (found === null || !isStill(found.file, used)) return null;
    // Beckon's own need no signature, and what somebody else signed stays theirs.
    return found.builtIn || isSealed(found.file) ? found.file : seal(found.file, signer);
  }
}

/** Whether a file still asks or does what an answer was made by. */
function isStill(file: AtomFile, used: UsedAction): boolean {
  if (file.atom === 1) return used.steps === undefined && Object.values(file.prompt).includes(used.instruction);
  return used.steps !== undefined && canonicalJson(stepsDone(file.steps)) === canonicalJson(used.steps);
}
