import { join } from 'node:path';
import { joinRoutes } from '../../contract/join-routes.ts';
import type { atomsRoutes } from '../../contract/routes/atoms.ts';
import { writeJson } from '../../text/write-json.ts';
import type { Handlers } from '../../wire/server.ts';
import { Atoms } from '../atoms/atoms.ts';
import { compareLines } from '../atoms/compare-lines.ts';
import { hashOf, OwnFiles } from '../atoms/own-files.ts';
import { judgeAtomFile, readAtomFile, stepsIn, typesAlong } from '../atoms/read-atom-file.ts';
import { requireAgreed } from '../atoms/save-gate.ts';
import { Versions } from '../atoms/versions.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { Drafts } from '../drafts.ts';
import type { InstalledModels } from '../models/installed-models.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import { loadDictionary } from '../pinyin.ts';
import type { Servers } from '../servers/servers.ts';
import { stepKinds } from '../steps/step-kinds.ts';
import type { CoreBase } from '../surroundings.ts';
import { composeExpand } from './expanding.ts';
import { nothing } from './nothing.ts';
import { composeSharing } from './sharing.ts';
import { composeTrials } from './trials.ts';

export interface AtomNeeds {
  readonly conversations: Conversations;
  readonly models: ModelChoice;
  readonly installed: InstalledModels;
  readonly servers: Servers;
  readonly drafts: Drafts;
}

/** The actions on text, what their editor asks, and those that are given and taken. */
export function composeAtoms(base: CoreBase, { conversations, models, installed, servers, drafts }: AtomNeeds) {
  const { folders } = base;
  const atoms = new Atoms(folders.atoms, () => conversations.actionUse(), loadDictionary);
  atoms.refresh();
  const expand = composeExpand(base, atoms);
  const trials = composeTrials(base, { models, servers, drafts, expand });
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
      'atom.plan': (input) => trials.labelsAlong(input),
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
    streams: { 'atom.try': (input, signal) => trials.tried(input, signal) },
    states: { atoms: atoms.state },
  };
  const handlers = joinRoutes(own, composeSharing(base, { atoms, models, installed, isBound, expand }).handlers);
  return { atoms, handlers };
}

/** A built-in action is opened as the file that it would be. */
function openById(id: string, atoms: Atoms, files: OwnFiles) {
  const { file, from } = atoms.find(id);
  if (from !== null) return files.open(from);
  const text = writeJson(file);
  return { file: null, text, hash: hashOf(text) };
}

type SaveInput = Parameters<Handlers<typeof atomsRoutes>['requests']['atom.save']>[0];
