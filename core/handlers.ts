import type { coreContract, coreInternalContract, LibraryState } from '../contract/core.ts';
import type { DoctorLine } from '../contract/doctor.ts';
import type { Grounding } from '../contract/grounding.ts';
import type { LocalModels } from '../models/engine/local-models.ts';
import type { ModelJobs } from '../models/jobs/model-jobs.ts';
import type { Handlers } from '../wire/server.ts';
import type { StateSource } from '../wire/state-source.ts';
import type { Atoms } from './atoms/atoms.ts';
import type { CoreSurroundings } from './compose.ts';
import type { Context } from './context/context.ts';
import type { Conversations } from './conversations/conversations.ts';
import type { ChatNotices } from './database/chat-notices.ts';
import type { DesktopProcess } from './desktop/desktop-process.ts';
import type { Files } from './files/files.ts';
import type { ModelLibrary } from './models/model-library.ts';
import { initialsOf } from './pinyin.ts';
import type { PutBack } from './put-back/put-back.ts';
import type { Queries } from './queries.ts';
import type { Runs } from './runs/runs.ts';
import type { Servers } from './servers/servers.ts';

export interface HandlerParts {
  readonly conversations: Conversations;
  readonly runs: Runs;
  readonly context: Context;
  readonly atoms: Atoms;
  readonly putBack: PutBack;
  readonly copy: (text: string) => Promise<boolean>;
  readonly files: Files;
  readonly models: ModelLibrary;
  readonly servers: Servers;
  readonly local: LocalModels;
  readonly jobs: ModelJobs;
  readonly desktop: DesktopProcess;
  readonly ground: (messageId: string, byMeaning: boolean) => Promise<Grounding>;
  readonly doctor: () => Promise<readonly DoctorLine[]>;
  readonly lookAtCard: () => DoctorLine;
  readonly tryRoutes: () => Promise<readonly DoctorLine[]>;
  readonly notices: ChatNotices;
  readonly database: Queries;
  readonly library: StateSource<LibraryState>;
}

interface CoreHandlers {
  readonly handlers: Handlers<typeof coreContract>;
  readonly internalHandlers: Handlers<typeof coreInternalContract>;
}

/** One line an endpoint: what is asked, and who does it. */
export function createHandlers(parts: HandlerParts, around: CoreSurroundings, stop: () => Promise<void>): CoreHandlers {
  const { conversations, runs, models, servers, local, jobs } = parts;
  const handlers: Handlers<typeof coreContract> = {
    requests: {
      'core.info': () => ({
        version: around.version,
        processId: process.pid,
        face: around.host.face,
        profile: around.folders.profile,
      }),
      'core.handOver': async () => {
        await stop();
        setImmediate(around.onHandedOver);
        return null;
      },
      'conversation.list': ({ query, limit, after }) =>
        conversations.list(query, limit, after).map((item) => runs.withRun(item)),
      'conversation.search': ({ query, limit }) => conversations.search(query, limit),
      'conversation.get': ({ conversationId }) => runs.withRun(conversations.get(conversationId)),
      'conversation.rename': ({ conversationId, title }) => nothing(conversations.rename(conversationId, title)),
      'conversation.delete': ({ conversationId }) => {
        const deleted = conversations.delete(conversationId);
        runs.cancelIn(conversationId);
        return deleted;
      },
      'conversation.restore': ({ conversationId }) => nothing(conversations.restore(conversationId)),
      'run.start': async (input) => {
        // A question may be asked while its file is still being read.
        await parts.files.settled(input.chipIds);
        return runs.start(input);
      },
      'run.again': ({ conversationId, modelId }) => runs.again(conversationId, modelId),
      'run.continue': ({ conversationId }) => runs.continue(conversationId),
      'run.cancel': ({ runId }) => nothing(runs.cancel(runId)),
      'model.list': () => models.list(),
      'model.choose': async ({ modelId }) => nothing(await models.choose(modelId)),
      'model.download': ({ modelId }) => ({ jobId: models.download(modelId) }),
      'model.remove': async ({ modelId }) => nothing(await models.remove(modelId)),
      'model.makeFastCopy': async ({ modelId }) => ({ jobId: await models.makeFastCopy(modelId) }),
      'model.removeFastCopy': ({ modelId }) => nothing(models.removeFastCopy(modelId)),
      'model.ensureStarter': async () => ({ jobId: await models.ensureStarter() }),
      'job.pause': ({ jobId }) => nothing(jobs.pause(jobId)),
      'job.resume': ({ jobId }) => nothing(jobs.resume(jobId)),
      'job.cancel': async ({ jobId }) => nothing(await jobs.cancel(jobId)),
      'engine.warm': async () => {
        await warm(models);
        return null;
      },
      'engine.unload': () => nothing(local.unload()),
      'server.test': (input) => servers.test(input),
      'server.change': (input) => servers.change(input),
      'server.add': (input) => servers.add(input),
      'server.list': () => servers.list(),
      'server.remove': async ({ serverId }) => nothing(await servers.remove(serverId)),
      'context.capture': async () => {
        // Other applications are asked first; they answer while the files of actions are looked at.
        const captured = parts.context.capture();
        parts.atoms.refresh();
        return nothing(await captured);
      },
      'context.turn': async ({ chipId, on }) => nothing(await parts.context.turn(chipId, on)),
      'context.remove': ({ chipId }) => {
        parts.files.cancel(chipId);
        return nothing(parts.context.remove(chipId));
      },
      'context.clear': () => nothing(parts.context.clear()),
      'answer.putBack': ({ messageId, mode, leftOut }) => parts.putBack.write(messageId, mode, leftOut),
      'answer.changes': ({ messageId }) => parts.putBack.changes(messageId),
      'answer.undoPutBack': () => parts.putBack.undo(),
      'answer.grounding': ({ messageId, byMeaning }) => parts.ground(messageId, byMeaning),
      'window.active': () => parts.desktop.activeWindow(),
      'notice.list': () => parts.notices.state.value.notices,
      'notice.seen': ({ id }) => nothing(parts.notices.seen(id, parts.database)),
      'pinyin.initials': ({ texts }) => ({ initials: texts.map(initialsOf) }),
      'doctor.run': () => parts.doctor(),
      'doctor.graphicsCard': () => parts.lookAtCard(),
      'doctor.capture': () => parts.tryRoutes(),
    },
    streams: { 'run.attach': ({ runId }, signal) => runs.attach(runId, signal) },
    states: {
      engine: local.state,
      jobs: jobs.state,
      library: parts.library,
      context: parts.context.state,
      atoms: parts.atoms.state,
      putBack: parts.putBack.state,
      notices: parts.notices.state,
    },
  };
  const internalHandlers: Handlers<typeof coreInternalContract> = {
    requests: {
      'model.addFile': ({ path }) => models.addFile(path),
      'file.add': ({ paths, shown }) => parts.files.add(paths, shown),
      'pointer.pressed': () => parts.desktop.pointerPressed(),
      'clipboard.copy': ({ text }) => parts.copy(text),
      'core.shutDown': async () => {
        await stop();
        setImmediate(around.onShutDown);
        return null;
      },
    },
    streams: {},
    states: {},
  };
  return { handlers, internalHandlers };
}

function nothing(_done: unknown): null {
  return null;
}

/** Warming is a hint: what is wrong is said when a question is asked, and by the engine's state. */
async function warm(models: ModelLibrary): Promise<void> {
  try {
    await (await models.find(null)).model.warm();
  } catch {
    // See above.
  }
}
