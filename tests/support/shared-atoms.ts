import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AtomFile } from '../../contract/atom.ts';
import type { AtomReview, Imported } from '../../contract/sharing.ts';
import { answerBySteps } from '../../core/answers/by-steps.ts';
import { Atoms } from '../../core/atoms/atoms.ts';
import { ProofBook } from '../../core/proof/proof-book.ts';
import type { MakeResult } from '../../core/proof/prove.ts';
import { Prover, type ProvingModel } from '../../core/proof/prover.ts';
import { AtomFolder } from '../../core/sharing/atom-folder.ts';
import { AuthorKey } from '../../core/sharing/author-key.ts';
import { contentHash } from '../../core/sharing/canonical.ts';
import { convertForeign } from '../../core/sharing/foreign.ts';
import { Sharing } from '../../core/sharing/sharing.ts';
import { findCard } from '../../models/sight/card/find-card.ts';
import { languageOfText } from '../../text/language.ts';

/** A chain that anybody could share. */
export const figures: AtomFile = {
  atom: 2,
  id: 'figures',
  name: { en: 'Figures by size', 'zh-CN': '数字按大小' },
  input: 'selection',
  output: 'show',
  steps: [
    { do: 'extract', what: 'numbers' },
    { do: 'sort', by: 'number', order: 'down' },
    { do: 'join', with: ', ' },
  ],
  examples: [{ input: 'North 1,200 and south 90.', is: '1,200, 90' }],
};

/** An action of one prompt that anybody could share. */
export const pirate: AtomFile = {
  atom: 1,
  id: 'pirate',
  name: { en: 'Like a pirate', 'zh-CN': '海盗腔' },
  prompt: { en: 'Say it like a pirate.', 'zh-CN': '用海盗的口气说。' },
  input: 'selection',
  output: 'show',
  examples: [{ input: 'Hello there.', has: ['arr'] }],
};

export const makePlain: MakeResult = async (steps, text, output, signal) => {
  let result = '';
  let error = null;
  const tools = {
    language: languageOfText(text),
    now: new Date(),
    plainOf: (markdown: string) => markdown,
    limitMs: 1000,
  };
  const askModel = () => Promise.reject(new Error('no model'));
  const work = { steps, output, text, answerId: 'a', tools, askModel, signal, onPlan: () => {} };
  for await (const part of answerBySteps(work)) {
    if (part.type === 'text-delta') result += part.text;
    if (part.type === 'failure') error = part.error;
  }
  return { text: result, error };
};

/** A profile that gives and takes actions, on a disk of its own. */
export function sharingProfile(parent = mkdtempSync(join(tmpdir(), 'beckon-sharing-')), model?: ProvingModel) {
  const profile = mkdtempSync(join(parent, 'profile-'));
  const folder = join(profile, 'atoms');
  mkdirSync(folder, { mode: 0o700 });
  const atoms = new Atoms(folder, () => new Map());
  atoms.refresh();
  const book = new ProofBook(join(profile, 'proofs.json'));
  const prover = new Prover({
    makePlain,
    modelOf: () => (model === undefined ? Promise.reject(new Error('no model')) : Promise.resolve(model)),
    book,
    hashOf: contentHash,
    now: () => 5,
  });
  /** Ids that a key waits for. */
  const bound = new Set<string>();
  const sharing = new Sharing({
    isBound: (id) => bound.has(id),
    author: new AuthorKey(join(profile, 'author.json')),
    folder: new AtomFolder(folder),
    all: () => atoms.all(),
    ownFile: (id) => atoms.ownFile(id),
    onChange: () => atoms.refresh(),
    proofsOf: (hash) => book.of(hash),
    proveAtOnce: (file, here) => prover.atOnce(file, here),
    convert: convertForeign,
    readPicture: async (bytes) => findCard(Buffer.from(bytes)),
  });
  return { profile, folder, atoms, sharing, prover, book, bound };
}

/** Makes profiles in that folder, each with these actions in it. */
export function profilesIn(parent: string): (...files: readonly AtomFile[]) => ReturnType<typeof sharingProfile> {
  return (...files) => {
    const made = sharingProfile(parent);
    for (const file of files) writeFileSync(join(made.folder, `${file.id}.json`), JSON.stringify(file));
    made.atoms.refresh();
    return made;
  };
}

export function textOf(file: object): { readonly text: string } {
  return { text: JSON.stringify(file) };
}

/** The only review; throws with why there is none. */
export function onlyReview({ reviews, refused }: Imported): AtomReview {
  const [review] = reviews;
  if (review === undefined || reviews.length > 1) throw new Error(JSON.stringify(refused));
  return review;
}

export function codesOf({ refused }: Imported): readonly string[] {
  return refused.map(({ error }) => error.code);
}
