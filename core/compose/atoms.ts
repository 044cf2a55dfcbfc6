import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { joinRoutes } from '../../contract/join-routes.ts';
import type { atomsRoutes } from '../../contract/routes/atoms.ts';
import { languageOfText } from '../../text/language.ts';
import { writeJson } from '../../text/write-json.ts';
import type { Handlers } from '../../wire/server.ts';
import { trySteps } from '../answers/try-steps.ts';
import { Atoms } from '../atoms/atoms.ts';
import { compareLines } from '../atoms/compare-lines.ts';
import { hashOf, OwnFiles } from '../atoms/own-files.ts';
import { judgeAtomFile, replacesIn, stepsIn, typesAlong } from '../atoms/read-atom-file.ts';
import { Versions } from '../atoms/versions.ts';

import type { Conversations } from '../conversations/conversations.ts';
import type { InstalledModels } from '../models/installed-models.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import { loadDictionary } from '../pinyin.ts';
import { toRichText } from '../put-back/rich-text.ts';
import { stepKinds } from '../steps/step-kinds.ts';
import { textValue } from '../steps/value.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';
import { composeSharing } from './sharing.ts';

export interface AtomNeeds {
  readonly conversations: Conversations;
  readonly models: ModelChoice;
  readonly installed: InstalledModels;
}

/** The actions on text, what their editor asks, and those that are given and taken. */
export function composeAtoms(base: CoreBase, { conversations, models, installed }: AtomNeeds) {
  const { folders } = base;
  const atoms = new Atoms(folders.atoms, () => conversations.actionUse(), loadDictionary);
  atoms.refresh();
  const versions = new Versions(join(folders.profile, 'atom-versions'));
  const files = new OwnFiles(folders.atoms, versions, (id) => atoms.ownerOf(id));
  const own: Handlers<typeof atomsRoutes> = {
    requests: {
      'atom.refresh': () => nothing(atoms.refresh()),
      'atom.kinds': () => stepKinds(),
      'atom.open': ({ id }) => openById(id, atoms, files),
      'atom.openFile': ({ file }) => files.open(file),
      'atom.check': ({ text }) => {
        const read = judgeAtomFile(text);
        return { faults: 'faults' in read ? read.faults : [], types: typesAlong(stepsIn(text)) };
      },
      'atom.save': ({ file, text, basis }) => {
        const saved = files.save(file, text, basis);
        atoms.refresh();
        return saved;
      },
      'atom.remove': ({ file }) => {
        const removed = files.remove(file);
        atoms.refresh();
        return removed;
      },
      'atom.versions': ({ file }) => versions.list(file),
      'atom.version': ({ file, version }) => ({ text: versions.read(file, version) }),
      'atom.compare': ({ before, after }) => compareLines(before, after),
    },
    streams: { 'atom.try': (input, signal) => tried(input, signal, models) },
    states: { atoms: atoms.state },
  };
  const handlers = joinRoutes(own, composeSharing(base, { atoms, models, installed }).handlers);
  return { atoms, handlers };
}

/** A built-in action is opened as the file that it would be. */
function openById(id: string, atoms: Atoms, files: OwnFiles) {
  const { file, from } = atoms.find(id);
  if (from !== null) return files.open(from);
  const text = writeJson(file);
  return { file: null, text, hash: hashOf(text) };
}

type TryInput = Parameters<Handlers<typeof atomsRoutes>['streams']['atom.try']>[0];

function tried({ text, sample, from, given, asksModel, modelId }: TryInput, signal: AbortSignal, models: ModelChoice) {
  const tools = {
    language: languageOfText(sample),
    now: new Date(),
    plainOf: (markdown: string) => toRichText(markdown)?.text ?? markdown,
  };
  return trySteps({
    ...{ steps: stepsIn(text), from, value: given ?? textValue(sample), tools, asksModel, signal },
    replaces: replacesIn(text),
    trialId: `trial-${randomUUID()}`,
    askModel: async () => {
      const { model, sampling } = await models.find(modelId);
      return { model, sampling, identity: model.identity };
    },
  });
}
