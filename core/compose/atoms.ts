import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { stepsDone } from '../../contract/atom-steps.ts';
import { joinRoutes } from '../../contract/join-routes.ts';
import type { Recipient } from '../../contract/label.ts';
import type { atomsRoutes } from '../../contract/routes/atoms.ts';
import { languageOfText } from '../../text/language.ts';
import { writeJson } from '../../text/write-json.ts';
import type { Handlers } from '../../wire/server.ts';
import { trySteps } from '../answers/try-steps.ts';
import { Atoms } from '../atoms/atoms.ts';
import { compareLines } from '../atoms/compare-lines.ts';
import { hashOf, OwnFiles } from '../atoms/own-files.ts';
import { judgeAtomFile, readAtomFile, replacesIn, stampOf, stepsIn, typesAlong } from '../atoms/read-atom-file.ts';
import { requireAgreed } from '../atoms/save-gate.ts';
import { Versions } from '../atoms/versions.ts';

import type { Conversations } from '../conversations/conversations.ts';
import type { InstalledModels } from '../models/installed-models.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import { loadDictionary } from '../pinyin.ts';
import { toRichText } from '../put-back/rich-text.ts';
import { recipientOfServer } from '../servers/recipient.ts';
import type { Servers } from '../servers/servers.ts';
import { labelOf, planLabels } from '../steps/labels.ts';
import { stepKinds } from '../steps/step-kinds.ts';
import { textValue } from '../steps/value.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';
import { composeSharing } from './sharing.ts';

export interface AtomNeeds {
  readonly conversations: Conversations;
  readonly models: ModelChoice;
  readonly installed: InstalledModels;
  readonly servers: Servers;
}

/** The actions on text, what their editor asks, and those that are given and taken. */
export function composeAtoms(base: CoreBase, { conversations, models, installed, servers }: AtomNeeds) {
  const { folders } = base;
  const atoms = new Atoms(folders.atoms, () => conversations.actionUse(), loadDictionary);
  atoms.refresh();
  const versions = new Versions(join(folders.profile, 'atom-versions'));
  const files = new OwnFiles(folders.atoms, versions, (id) => atoms.ownerOf(id));
  const isBound = (id: string) => {
    const { actionHotkeys, actionModels } = base.host.settings();
    return actionHotkeys[id] !== undefined || actionModels[id] !== undefined;
  };
  const save = ({ file, text, basis }: SaveInput, agreed: string | null) => {
    const read = readAtomFile(text, file ?? 'action.json');
    const here = atoms.all().find((one) => one.file.id === read.id)?.file ?? null;
    const wasHere = versions.isNewest(file ?? `${read.id}.json`, text);
    requireAgreed(read, { here, wasHere, isBound: isBound(read.id) }, agreed);
    const saved = files.save(file, text, basis);
    atoms.refresh();
    return saved;
  };
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
      'atom.plan': (input) => labelsAlong(input, base, models, servers),
      'atom.save': (input) => save(input, null),
      'atom.saveAnyway': ({ name, ...input }) => save(input, name),
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
  const handlers = joinRoutes(own, composeSharing(base, { atoms, models, installed, isBound }).handlers);
  return { atoms, handlers };
}

/** Where the values of what is being edited can go. */
async function labelsAlong({ text, modelId }: PlanInput, { host }: CoreBase, models: ModelChoice, servers: Servers) {
  const steps = stepsIn(text);
  const asks = stepsDone(steps.filter((step) => step !== null)).some((step) => step.do === 'prompt');
  const { id = '', permissions = {} } = stampOf(text);
  const wanted = modelId ?? host.settings().actionModels[id] ?? null;
  const here = permissions.model === 'here' ? 'here' : 'anywhere';
  return planLabels({
    ...{ steps, output: replacesIn(text) ? 'replace' : 'show' },
    first: { ...labelOf('selection'), reach: here },
    to: asks ? await askedBy(wanted, models, servers) : null,
  });
}

/** A built-in action is opened as the file that it would be. */
function openById(id: string, atoms: Atoms, files: OwnFiles) {
  const { file, from } = atoms.find(id);
  if (from !== null) return files.open(from);
  const text = writeJson(file);
  return { file: null, text, hash: hashOf(text) };
}

/** Who is asked where a model is wanted, or the chosen one; null where nothing can answer. */
async function askedBy(modelId: string | null, models: ModelChoice, servers: Servers): Promise<Recipient | null> {
  const id = modelId !== null && (await models.exists(modelId)) ? modelId : await models.chosenId();
  if (id === null) return null;
  const served = servers.served(id);
  if (served !== null) return recipientOfServer(served.server);
  return { host: null, name: '', place: 'this-machine', training: 'no' };
}

type PlanInput = Parameters<Handlers<typeof atomsRoutes>['requests']['atom.plan']>[0];
type SaveInput = Parameters<Handlers<typeof atomsRoutes>['requests']['atom.save']>[0];
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
