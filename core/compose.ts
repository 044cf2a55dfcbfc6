import type { coreContract } from '../contract/core.ts';
import { DisposableStore } from '../contract/disposable.ts';
import { joinRoutes } from '../contract/join-routes.ts';
import type { Handlers } from '../wire/server.ts';
import { composeAnswers } from './compose/answers.ts';
import { composeAtoms } from './compose/atoms.ts';
import { composeCalls } from './compose/calls.ts';
import { composeCards } from './compose/cards.ts';
import { composeContext } from './compose/context.ts';
import { composeConversations } from './compose/conversations.ts';
import { composeDeeds } from './compose/deeds.ts';
import { composeDesktop } from './compose/desktop.ts';
import { composeDoctor } from './compose/doctor.ts';
import { composeEgress } from './compose/egress.ts';
import { composeExports } from './compose/exports.ts';
import { composeJobs } from './compose/jobs.ts';
import { composeLibrary } from './compose/library.ts';
import { composeLifecycle } from './compose/lifecycle.ts';
import { composeModels } from './compose/models.ts';
import { composePinyin } from './compose/pinyin.ts';
import { composePutBack } from './compose/put-back.ts';
import { composeRules } from './compose/rules.ts';
import { composeServers } from './compose/servers.ts';
import { composeStorage } from './compose/storage.ts';
import { createFileLog } from './logs/file-log.ts';
import type { Host } from './ports.ts';
import type { CoreBase, CoreSurroundings } from './surroundings.ts';

export interface Core {
  readonly handlers: Handlers<typeof coreContract>;
  readonly host: Host;
  /** Does what a process that runs for long does now and then; for one that ends soon, before it ends. */
  rest(): Promise<void>;
  /** Stops runs, stores what they have, closes the database and ends the processes core started. */
  stop(): Promise<void>;
}

/** A question in a chat of its own, to the model that is chosen. */
const noChat = { conversationId: null, text: '', modelId: null, editsMessageId: null } as const;

/** Builds core from its features, each from those above it. The profile is owned by this process when this is called. */
export function composeCore(surroundings: CoreSurroundings): Core {
  const { host, version, mayWrite } = surroundings;
  const store = new DisposableStore();
  const log = createFileLog(surroundings.folders.logs, 'core');
  const base: CoreBase = { ...surroundings, store, log };

  const { library, ...libraryPart } = composeLibrary();
  const { database, conversations, receipts, notices, caretaker, ...storagePart } = composeStorage(base, library);
  const egress = composeEgress(base);
  const ruled = composeRules(base, conversations);
  const { servers, asked, ...serving } = composeServers(base, { ...ruled, egress, receipts, conversations, notices });
  const { jobs, ...jobsPart } = composeJobs(base);
  const modelNeeds = { egress, database, jobs, library, servers };
  const { installed, choice, list, speeds, local, sight, ...modelsPart } = composeModels(base, modelNeeds);
  const { desktop, copy, applications, ...desktopPart } = composeDesktop(base);
  const { atoms, ...atomsPart } = composeAtoms(base, { ...ruled, conversations, models: choice, installed, servers });
  const atHand = { desktop, applications, copy, conversations, notices, models: choice, atoms, sight };
  const { context, files, readAhead, forgetRead, ...contextPart } = composeContext(base, atHand);
  const { putBack, journal, ...putBackPart } = composePutBack(base, atHand);
  const { deedsOf, ...deedsPart } = composeDeeds(base);
  const asking = { ...ruled, ...atHand, deedsOf, asked, context, files, readAhead, putBack, speeds, jobs, library };
  const { answers, ...answersPart } = composeAnswers(base, asking, { receipts, notices });
  const stop = once(() => {
    journal.leave();
    return answers.stopAll().finally(() => store.dispose());
  });
  const handlers: Handlers<typeof coreContract> = joinRoutes(
    composeLifecycle(base, stop).handlers,
    composeConversations(conversations, answers, forgetRead).handlers,
    composeExports(base, conversations).handlers,
    answersPart.handlers,
    ruled.handlers,
    deedsPart.handlers,
    modelsPart.handlers,
    jobsPart.handlers,
    serving.handlers,
    contextPart.handlers,
    atomsPart.handlers,
    composeCalls({ context, atoms, start: (question) => answers.start({ ...noChat, ...question }) }).handlers,
    putBackPart.handlers,
    composeCards(base, { atoms, conversations, receipts, installed }).handlers,
    desktopPart.handlers,
    storagePart.handlers,
    composeDoctor(base, { models: list, local, database, notices, desktop, egress, rules: ruled.rules }).handlers,
    composePinyin().handlers,
    libraryPart.handlers,
  );
  log.write('core-started', { face: host.face, version });
  return { host, rest: () => restOf(host.face === 'cli' && mayWrite ? caretaker : null), stop, handlers };
}

/** What a command does before it ends, where it owns the profile. */
function restOf(caretaker: { beforeEnd(): Promise<void> } | null): Promise<void> {
  return caretaker?.beforeEnd() ?? Promise.resolve();
}

/** Work that is begun once, however often it is asked for. */
function once(work: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | null = null;
  return () => {
    begun ??= work();
    return begun;
  };
}
