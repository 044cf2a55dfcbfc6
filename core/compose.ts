import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import type { coreContract, coreInternalContract, LibraryState } from '../contract/core.ts';
import { type Disposable, DisposableStore } from '../contract/disposable.ts';
import { toErrorShape } from '../contract/errors.ts';
import { systemLanguage } from '../contract/system-language.ts';
import { loadCatalogue } from '../models/catalogue/catalogue.ts';
import { ModelDownloads } from '../models/download/model-downloads.ts';
import { LocalEmbeddings } from '../models/engine/local-embeddings.ts';
import { LocalModels } from '../models/engine/local-models.ts';
import { makeFastCopy } from '../models/fast-copy/make-fast-copy.ts';
import { ModelJobs } from '../models/jobs/model-jobs.ts';
import { freeSpace } from '../models/jobs/require-space.ts';
import type { Handlers } from '../wire/server.ts';
import { StateSource } from '../wire/state-source.ts';
import { Atoms } from './atoms/atoms.ts';
import { Context } from './context/context.ts';
import { Conversations } from './conversations/conversations.ts';
import { SearchIndex } from './conversations/search-index.ts';
import { readQuestion } from './conversations/text.ts';
import { Caretaker } from './database/caretaker.ts';
import { ChatNotices } from './database/chat-notices.ts';
import { LiveDatabase } from './database/live-database.ts';
import { DesktopProcess } from './desktop/desktop-process.ts';
import { graphicsCardLine, routeLines, runDoctor } from './doctor/doctor.ts';
import { findGraphicsCard, systemCardFolders } from './doctor/graphics-card.ts';
import { Egress } from './egress/egress.ts';
import type { EntryPaths } from './entry-paths.ts';
import { Files } from './files/files.ts';
import { groundAnswer } from './grounding/answer-grounding.ts';
import { IndexCache } from './grounding/index-cache.ts';
import { SentenceMeanings } from './grounding/sentence-meanings.ts';
import { createHandlers } from './handlers.ts';
import { createFileLog } from './logs/file-log.ts';
import { CopyWhenIdle } from './models/copy-when-idle.ts';
import { FastCopies } from './models/fast-copies.ts';
import { ModelLibrary } from './models/model-library.ts';
import { createSourceProbe } from './models/source-probe.ts';
import { waitForModel } from './models/wait-for-model.ts';
import type { Host } from './ports.ts';
import type { Folders } from './profile/folders.ts';
import { PutBackJournal } from './put-back/journal.ts';
import { PutBack } from './put-back/put-back.ts';
import { ReadAhead } from './read-ahead/read-ahead.ts';
import { Runs } from './runs/runs.ts';
import { Servers } from './servers/servers.ts';
import { hasKeys } from './settings/environment-keys.ts';
import { languageOfText } from './text-language.ts';

export interface Core {
  readonly handlers: Handlers<typeof coreContract>;
  readonly internalHandlers: Handlers<typeof coreInternalContract>;
  readonly host: Host;
  /** Does what a process that runs for long does now and then; for one that ends soon, before it ends. */
  rest(): Promise<void>;
  /** Stops runs, stores what they have, closes the database and ends the processes core started. */
  stop(): Promise<void>;
}

export interface CoreSurroundings {
  readonly version: string;
  readonly folders: Folders;
  readonly entries: EntryPaths;
  readonly host: Host;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False where the disk is full or may not be written to: chats can be read, and nothing is stored. */
  readonly mayWrite: boolean;
  /** Called when another process asked for the profile, after core has stopped. */
  readonly onHandedOver: () => void;
  readonly onShutDown: () => void;
}

/** Builds core from its parts. The profile is owned by this process when this is called. */
export function composeCore(surroundings: CoreSurroundings): Core {
  const { folders, entries, host, env } = surroundings;
  const store = new DisposableStore();
  const log = createFileLog(folders.logs, 'core');

  const notices = new ChatNotices();
  const { mayWrite } = surroundings;
  const database = store.add(
    new LiveDatabase(folders.database, {
      mayWrite,
      onMended: (report) => {
        log.write('database-mended', { total: report.total, kept: report.kept, lostMessages: report.lostMessages });
        notices.mended(report);
      },
    }),
  );
  notices.begin(database);
  const library = new StateSource<LibraryState>({ conversationsRevision: 0, modelsRevision: 0, runningRuns: [] });
  const onConversations = () => library.update({ conversationsRevision: library.value.conversationsRevision + 1 });
  const onPutOff = (error: unknown) => log.write('tidying-put-off', { detail: toErrorShape(error).message });
  const searchIndex = mayWrite ? store.add(new SearchIndex(database, folders.searchIndex)) : null;
  const conversations = store.add(new Conversations(database, onConversations, onPutOff, searchIndex));
  const caretaker = store.add(
    new Caretaker({
      path: folders.database,
      node: entries.node,
      entry: entries.care,
      log,
      wasLeftOpen: database.wasLeftOpen,
      onDamaged: () => {
        database.mend();
        onConversations();
      },
    }),
  );

  // Proxies that only the system knows are those of the app; a terminal has its own in the environment.
  const askSystem = async (url: string) => (await host.resolveProxy?.(url).catch(() => null)) ?? 'DIRECT';
  const egress = new Egress({ isOffline: () => host.settings().offline, log, proxies: { env, askSystem } });
  const jobs = store.add(new ModelJobs());
  const downloads = new ModelDownloads({
    folder: folders.models,
    fetch: egress.fetchFor('model-download'),
    jobs,
    onInstalled: (row) => {
      log.write('model-installed', { model: row.id });
      copyWhenIdle.arrived(row.id);
    },
  });
  const fastCopies = new FastCopies({
    folder: folders.models,
    // Other processors have packed arithmetic for more formats, and Apple's are not what does the work there.
    processorGains: process.arch === 'x64',
    write: (files, signal, onBytes) =>
      makeFastCopy(
        { node: entries.node, entry: entries.engine, log: (text) => log.write('fast-copy', { detail: text }) },
        files,
        signal,
        onBytes,
      ),
    onReady: (modelId) => log.write('fast-copy-made', { model: modelId }),
  });
  const local = store.add(
    new LocalModels({
      node: entries.node,
      entry: entries.engine,
      idleMinutes: () => host.settings().idleMinutes,
      log: (text) => log.write('engine', { detail: text }),
    }),
  );
  fastCopies.removeUnfinished();
  const servers = new Servers(host, egress.fetchFor('server'));
  const models = new ModelLibrary({
    host,
    catalogue: loadCatalogue(),
    folder: folders.models,
    database,
    local,
    downloads,
    fastCopies,
    jobs,
    servers,
    memory: () => ({
      totalBytes: totalmem(),
      freeBytes: freemem() + (local.state.value.status === 'ready' ? residentOf(local) : 0),
    }),
    sourceAnswers: createSourceProbe(egress.fetchFor('model-download')),
    onChange: () => library.update({ modelsRevision: library.value.modelsRevision + 1 }),
  });
  const copyWhenIdle = store.add(
    new CopyWhenIdle({
      // A command in a terminal is over before a copy would be.
      isWanted: () => host.face === 'app' && host.settings().fastCopies,
      isBusy: () => library.value.runningRuns.length > 0 || jobs.state.value.jobs.length > 0,
      hasRoom: async () => (await freeSpace(folders.models)) > roomForCopiesBytes,
      make: async (modelId) => {
        const row = (await models.list()).find(({ id }) => id === modelId);
        if (row?.fastCopy?.status === 'possible') await models.makeFastCopy(modelId);
      },
      idleMs: copyAfterMs,
    }),
  );
  const desktop = store.add(
    new DesktopProcess({
      node: entries.node,
      entry: entries.desktop,
      shellProcessId: host.face === 'app' ? process.ppid : null,
      log: (detail) => log.write('desktop', { detail }),
    }),
  );
  const readAhead = store.add(new ReadAhead(async () => (await models.find(null)).model, readAheadAfterMs));
  const context = new Context({
    capture: () => desktop.captureSelection(),
    describeClipboard: () => desktop.describeClipboard(),
    readClipboard: () => desktop.readClipboardText(),
    now: Date.now,
    onText: (text) => readAhead.start(text),
  });
  const files = store.add(
    new Files({
      node: entries.node,
      entry: entries.reader,
      codeFolder: entries.code,
      now: Date.now,
      onChip: (chip, attachment, shown) => {
        if (shown) context.keep(chip, attachment);
        else if (attachment !== null) context.keepUnseen(chip.id, attachment);
      },
      chipCount: () => context.fileCount,
    }),
  );
  const atoms = new Atoms(folders.atoms, () => conversations.actionUse());
  const copy = async (text: string) => {
    const { status } = await desktop.writeClipboardText(text);
    return status === 'available' || host.writeClipboard(text);
  };
  const journal = new PutBackJournal(join(folders.profile, 'put-back.json'), process.ppid);
  // A cli that asks one question shows no notice, and would use it up.
  if (host.face === 'app') notices.putBackLost(journal.takeLost());
  const putBack = new PutBack({
    copy,
    journal,
    write: (targetId, text, mode, rich) => desktop.putBack(targetId, text, mode, rich),
    undo: (targetId) => desktop.undoPutBack(targetId),
    setOverlayVisible: (visible) => host.setOverlayVisible(visible),
    conversationOf: (messageId) => conversations.conversationOf(messageId),
    attachmentsOf: (conversationId) => conversations.attachmentsOf(conversationId),
  });
  const runs = new Runs({
    conversations,
    readQuestion,
    takeChips: (chipIds) => context.take(chipIds),
    whyNothing: () => context.whyNothing,
    chooseAction: (actionId, text) => atoms.use(actionId, languageOfText(text)),
    nameOf: (action) => action.name[personsLanguage(host, env)],
    onAsked: (questionId, attachments) => {
      readAhead.stop();
      putBack.remember(questionId, attachments);
    },
    chooseModel: (modelId, onWaiting, signal) =>
      waitForModel(() => models.find(modelId), jobs.state, onWaiting, signal),
    onMeasured: (modelId, wordsPerSecond) => models.remember(modelId, wordsPerSecond),
    onChange: (runningRuns) =>
      library.update({ runningRuns, conversationsRevision: library.value.conversationsRevision + 1 }),
  });
  let stopped: Promise<void> | null = null;
  const stop = () => {
    journal.leave();
    stopped ??= runs.stopAll().finally(() => store.dispose());
    return stopped;
  };
  const graphicsCard = () => findGraphicsCard(process.platform, systemCardFolders);
  const doctor = () =>
    runDoctor({
      host,
      models: () => models.list(),
      engine: () => local.state.value,
      database,
      notices: () => notices.state.value.notices,
      profile: folders.profile,
      env,
      keysInEnvironment: hasKeys(env),
      describeDesktop: () => desktop.describe(),
      probeEngine: () => local.probe(),
      graphicsCard: graphicsCard(),
      proxyTo: (url) => egress.routeFor(url),
    });
  // A moment later, so that starting it does not slow the start of everything else.
  if (host.face === 'app') store.add(after(desktopStartDelayMs, () => desktop.start()));
  if (host.face === 'app' && mayWrite) caretaker.start();
  atoms.refresh();
  const embeddings = store.add(
    new LocalEmbeddings({
      node: entries.node,
      entry: entries.engine,
      idleMs: embeddingIdleMs,
      log: (text) => log.write('embedding-engine', { detail: text }),
    }),
  );
  const meanings = new SentenceMeanings({ findModel: () => models.findEmbedding(), embeddings, log });
  const indexes = new IndexCache();
  const ground = (messageId: string, byMeaning: boolean) =>
    groundAnswer(messageId, byMeaning, {
      indexes,
      meanings,
      conversationOf: (id) => conversations.conversationOf(id),
      attachmentsOf: (id) => conversations.attachmentsOf(id),
    });
  const asking = { ground, conversations, runs, context, atoms, putBack, files };
  const tryRoutes = async () => routeLines(await desktop.selfTest());
  const looks = { copy, doctor, tryRoutes, lookAtCard: () => graphicsCardLine(graphicsCard()) };
  const parts = { ...asking, ...looks, models, servers, local, jobs, desktop, notices, library, database };
  log.write('core-started', { face: host.face, version: surroundings.version });
  const rest = async () => {
    if (host.face === 'cli' && mayWrite) await caretaker.beforeEnd();
  };
  return { host, rest, stop, ...createHandlers(parts, surroundings, stop) };
}

const desktopStartDelayMs = 400;
/** Long enough for the first questions to a new model. */
const copyAfterMs = 120_000;
/** A disk with less than this is left to the person. */
const roomForCopiesBytes = 20e9;
/** Starting an engine takes a processor for itself, which the window needs until its first picture. */
const readAheadAfterMs = 30;
/** Long enough for the next answer about the same text, short enough not to take memory from the model that answers. */
const embeddingIdleMs = 60_000;

function after(ms: number, work: () => void): Disposable {
  const timer = setTimeout(work, ms);
  timer.unref();
  return { dispose: () => clearTimeout(timer) };
}

/** The language the person reads: their setting, else the system's. */
function personsLanguage(host: Host, env: CoreSurroundings['env']): 'en' | 'zh-CN' {
  const { language } = host.settings();
  if (language !== 'system') return language;
  return systemLanguage(env);
}

/** What the loaded model takes already counts as free for the same model. */
function residentOf(local: LocalModels): number {
  return local.residentBytes;
}
