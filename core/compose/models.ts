import { freemem, totalmem } from 'node:os';
import { isHere } from '../../contract/model.ts';
import type { modelsRoutes } from '../../contract/routes/models.ts';
import { loadCatalogue } from '../../models/catalogue/catalogue.ts';
import { loadSightModel } from '../../models/catalogue/sight-model.ts';
import { freeSpace } from '../../models/disk-space.ts';
import { LocalModels } from '../../models/engine/local-models.ts';
import { makeFastCopy } from '../../models/fast-copy/make-fast-copy.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Egress } from '../egress/egress.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Library } from '../library.ts';
import { admitDownload } from '../models/admit-download.ts';
import { CopyWhenIdle } from '../models/copy-when-idle.ts';
import { FastCopies } from '../models/fast-copies.ts';
import { InstalledModels } from '../models/installed-models.ts';
import { ModelChanges } from '../models/model-changes.ts';
import { ModelChoice } from '../models/model-choice.ts';
import { ModelDownloads } from '../models/model-downloads.ts';
import { ModelList } from '../models/model-list.ts';
import { ModelRows } from '../models/model-rows.ts';
import { ModelSpeeds } from '../models/model-speeds.ts';
import { SightModels } from '../models/sight-models.ts';
import { createSourceProbe } from '../models/source-probe.ts';
import { StarterModel } from '../models/starter-model.ts';
import type { Queries } from '../queries.ts';
import type { Servers } from '../servers/servers.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

/** Long enough for the first questions to a new model. */
const copyAfterMs = 120_000;
/** A disk with less than this is left to the person. */
const roomForCopiesBytes = 20e9;

export interface ModelNeeds {
  readonly egress: Egress;
  readonly database: Queries;
  readonly jobs: Jobs;
  readonly library: Library;
  readonly servers: Servers;
}

/** The models of this machine and of servers, the engine that runs the local ones, and the work of getting them. */
export function composeModels(base: CoreBase, { egress, database, jobs, library, servers }: ModelNeeds) {
  const { folders, host, store, log } = base;
  const catalogue = loadCatalogue();
  const sightModel = loadSightModel();
  const fetched = [...catalogue, sightModel.detector, sightModel.recogniser];
  const fetchDownload = egress.fetchFor('download', admitDownload(fetched));
  const sight = new SightModels({ model: sightModel, folder: folders.models, fetch: fetchDownload, jobs });
  const downloads = new ModelDownloads({
    folder: folders.models,
    fetch: fetchDownload,
    jobs,
    onInstalled: (row) => {
      log.write('model-installed', { model: row.id });
      copyWhenIdle.arrived(row.id);
    },
  });
  const fastCopies = createFastCopies(base);
  const local = store.add(createLocalModels(base));
  fastCopies.removeUnfinished();
  const shelf = { host, catalogue, folder: folders.models };
  const memory = () => ({ totalBytes: totalmem(), freeBytes: freemem() + heldBytes(local) });
  const installed = new InstalledModels(shelf);
  const speeds = new ModelSpeeds(database);
  const choice = new ModelChoice({ host, installed, local, fastCopies, servers });
  const rows = new ModelRows({ speeds, memory });
  const list = new ModelList({ ...shelf, installed, choice, rows, fastCopies, servers, sight });
  const onChange = () => library.modelsChanged();
  const changes = new ModelChanges({ ...shelf, installed, list, local, downloads, fastCopies, sight, jobs, onChange });
  const sourceAnswers = createSourceProbe(fetchDownload);
  const starter = new StarterModel({ ...shelf, choice, downloads, jobs, memory, sourceAnswers });
  const isBusy = () => library.isAnswering || jobs.isBusy;
  const copyWhenIdle = store.add(createCopyWhenIdle(base, list, changes, isBusy));
  const handlers = modelHandlers({ list, changes, choice, starter, local });
  return { installed, choice, list, speeds, local, sight, handlers };
}

function createFastCopies({ folders, entries, log }: CoreBase): FastCopies {
  const engine = {
    node: entries.node,
    entry: entries.engine,
    log: (text: string) => log.write('fast-copy', { detail: text }),
  };
  return new FastCopies({
    folder: folders.models,
    // Other processors have packed arithmetic for more formats, and Apple's are not what does the work there.
    processorGains: process.arch === 'x64',
    write: (files, signal, onBytes) => makeFastCopy(engine, files, signal, onBytes),
    onReady: (modelId) => log.write('fast-copy-made', { model: modelId }),
  });
}

function createLocalModels({ entries, host, log }: CoreBase): LocalModels {
  return new LocalModels({
    node: entries.node,
    entry: entries.engine,
    idleMinutes: () => host.settings().idleMinutes,
    log: (text) => log.write('engine', { detail: text }),
  });
}

function createCopyWhenIdle(
  { folders, host }: CoreBase,
  list: ModelList,
  changes: ModelChanges,
  isBusy: () => boolean,
): CopyWhenIdle {
  return new CopyWhenIdle({
    // A command in a terminal is over before a copy would be.
    isWanted: () => host.face === 'app' && host.settings().fastCopies,
    isBusy,
    hasRoom: async () => (await freeSpace(folders.models)) > roomForCopiesBytes,
    make: async (modelId) => {
      const row = (await list.list()).filter(isHere).find(({ id }) => id === modelId);
      if (row?.fastCopy?.status === 'possible') await changes.makeFastCopy(modelId);
    },
    idleMs: copyAfterMs,
  });
}

/** What the loaded model takes already counts as free for the same model. */
function heldBytes(local: LocalModels): number {
  return local.state.value.status === 'ready' ? local.residentBytes : 0;
}

interface HandledModels {
  readonly list: ModelList;
  readonly changes: ModelChanges;
  readonly choice: ModelChoice;
  readonly starter: StarterModel;
  readonly local: LocalModels;
}

function modelHandlers({ list, changes, choice, starter, local }: HandledModels): Handlers<typeof modelsRoutes> {
  return {
    requests: {
      'model.list': () => list.list(),
      'model.choose': async ({ modelId }) => nothing(await changes.choose(modelId)),
      'model.download': ({ modelId }) => ({ jobId: changes.download(modelId) }),
      'model.remove': async ({ modelId }) => nothing(await changes.remove(modelId)),
      'model.makeFastCopy': async ({ modelId }) => ({ jobId: await changes.makeFastCopy(modelId) }),
      'model.removeFastCopy': ({ modelId }) => nothing(changes.removeFastCopy(modelId)),
      'model.ensureStarter': async () => ({ jobId: await starter.ensure() }),
      'model.addFile': ({ path }) => changes.addFile(path),
      'engine.warm': async () => nothing(await warm(choice)),
      'engine.unload': () => nothing(local.unload()),
    },
    streams: {},
    states: { engine: local.state },
  };
}

/** Warming is a hint: what is wrong is said when a question is asked, and by the engine's state. */
async function warm(choice: ModelChoice): Promise<void> {
  try {
    await (await choice.find(null)).model.warm();
  } catch {
    // See above.
  }
}
