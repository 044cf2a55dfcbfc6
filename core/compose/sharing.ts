import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { sharingRoutes } from '../../contract/routes/sharing.ts';
import { SightProcess } from '../../models/sight/sight-process.ts';
import { languageOfText } from '../../text/language.ts';
import type { Handlers } from '../../wire/server.ts';
import { answerBySteps } from '../answers/by-steps.ts';
import type { Asked } from '../answers/make-step.ts';
import type { Atoms } from '../atoms/atoms.ts';
import { writeWhole } from '../exports/whole-file.ts';
import type { InstalledModels } from '../models/installed-models.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import { ProofBook } from '../proof/proof-book.ts';
import type { MakeResult } from '../proof/prove.ts';
import { Prover, type ProvingModel } from '../proof/prover.ts';
import { toRichText } from '../put-back/rich-text.ts';
import { AtomFolder } from '../sharing/atom-folder.ts';
import { AuthorKey } from '../sharing/author-key.ts';
import { contentHash } from '../sharing/canonical.ts';
import { convertForeign } from '../sharing/foreign.ts';
import { readPaths } from '../sharing/read-paths.ts';
import { Sharing } from '../sharing/sharing.ts';
import type { CoreBase } from '../surroundings.ts';
import type { Expand } from './expanding.ts';
import { nothing } from './nothing.ts';

/** Longest that one step of an example may take: nobody agreed to anything yet. */
const exampleStepMs = 1000;
/** The process that looks for cards is small, since it has no models, and begins at once: it need not stay for long. */
const pictureIdleMs = 10_000;

export interface SharingNeeds {
  readonly atoms: Atoms;
  readonly models: ModelChoice;
  readonly installed: InstalledModels;
  /** Whether a key or a model of its own waits for what has an id. */
  readonly isBound: (id: string) => boolean;
  readonly expand: Expand;
}

/** Atoms given and taken, and their examples run here. */
export function composeSharing(
  { folders, entries, store }: CoreBase,
  { atoms, models, installed, isBound, expand }: SharingNeeds,
) {
  const book = new ProofBook(join(folders.profile, 'proofs.json'));
  const prover = new Prover({
    makePlain: makeWith(expand, () => Promise.reject(new AppError('model/none', 'an atom without a model asked one'))),
    modelOf: (modelId) => provingModel(models, installed, modelId, expand),
    book,
    hashOf: contentHash,
    now: Date.now,
  });
  // Cards are looked for by a process of its own: the one that reads the words of pictures may be busy with a long one.
  const pictures = store.add(
    new SightProcess({
      node: entries.node,
      entry: entries.sight,
      codeFolders: entries.sightCode,
      idleMs: pictureIdleMs,
    }),
  );
  const sharing = new Sharing({
    author: new AuthorKey(join(folders.profile, 'author.json')),
    folder: new AtomFolder(folders.atoms),
    all: () => atoms.all(),
    ownFile: (id) => atoms.ownFile(id),
    isBound,
    onChange: () => atoms.refresh(),
    proofsOf: (hash) => book.of(hash),
    proveAtOnce: (file, here) => prover.atOnce(file, here),
    convert: convertForeign,
    readPicture: (bytes) => pictures.card(bytes, new AbortController().signal),
  });
  return { handlers: sharingHandlers(sharing, prover) };
}

function sharingHandlers(sharing: Sharing, prover: Prover): Handlers<typeof sharingRoutes> {
  return {
    requests: {
      'sharing.list': () => sharing.list(),
      'sharing.read': async ({ paths, shown }) => {
        if (!shown) return sharing.read(paths);
        await sharing.show(paths);
        return sharing.importing.value;
      },
      'sharing.readText': async ({ text }) => nothing(await sharing.show({ text })),
      'sharing.readPicture': async ({ name, bytes }) => {
        const picture = { fileName: name, bytes: Buffer.from(bytes, 'base64') };
        return { found: await sharing.look([picture]) };
      },
      'sharing.look': async ({ paths }) => ({ found: await sharing.look(readPaths(paths)) }),
      'sharing.add': ({ reviewId }) => sharing.add(reviewId),
      'sharing.addAnyway': ({ reviewId, name }) => sharing.add(reviewId, name),
      'sharing.leave': ({ reviewId }) => nothing(sharing.leave(reviewId)),
      'sharing.remove': ({ atomId }) => sharing.remove(atomId),
      'sharing.author': () => sharing.author,
      'sharing.export': ({ atomId, authorName }) => sharing.export(atomId, authorName),
      'sharing.exportTo': async ({ atomId, authorName, path }) => {
        const { text } = sharing.export(atomId, authorName);
        return nothing(await writeWhole(path, [text], new AbortController().signal));
      },
    },
    streams: {
      'sharing.prove': ({ atomId, reviewId, modelId }, signal) => {
        if (reviewId === null) return prover.run(sharing.fileOf(atomId ?? ''), null, modelId, signal, () => {});
        const { file, here } = sharing.reviewed(reviewId);
        return prover.run(file, here, modelId, signal, (proof) => sharing.proved(reviewId, proof));
      },
    },
    states: { importing: sharing.importing },
  };
}

/** The model that is asked for, the chosen one, or the best that is here; never one elsewhere. */
async function provingModel(
  models: ModelChoice,
  installed: InstalledModels,
  modelId: string | null,
  expand: Expand,
): Promise<ProvingModel> {
  const found = await models.find(modelId).catch((error: unknown) => {
    if (modelId !== null) throw error;
    return null;
  });
  const isHere = found?.model.identity.where === 'device';
  if (modelId !== null && !isHere) throw new AppError('atom/proved-here-only', `${modelId} is elsewhere`);
  const best = installed.rows('chat')[0];
  if (!isHere && best === undefined) throw new AppError('model/none', 'no model is installed', { action: 'get-model' });
  const { model, sampling } = isHere && found !== null ? found : await models.find(best?.id ?? null);
  const { id, name } = model.identity;
  // As little chance as there can be: the same comes of the same.
  const make = makeWith(expand, () => Promise.resolve({ model, sampling: { ...sampling, temperature: 0 } }));
  return { id, name, make, load: () => model.warm() };
}

function makeWith(expand: Expand, askModel: () => Promise<Asked>): MakeResult {
  return async (given, text, output, signal) => {
    const { steps, places } = expand('', given);
    let result = '';
    let error = null;
    const tools = {
      language: languageOfText(text),
      now: new Date(),
      plainOf: (markdown: string) => toRichText(markdown)?.text ?? markdown,
      limitMs: exampleStepMs,
    };
    const work = { steps, places, output, text, answerId: 'proof', tools, askModel, signal, onPlan: () => {} };
    for await (const part of answerBySteps(work)) {
      if (part.type === 'text-delta') result += part.text;
      if (part.type === 'text-was-thinking') result = '';
      if (part.type === 'failure') error = part.error;
    }
    return { text: result, error };
  };
}
