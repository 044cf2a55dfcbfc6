import { statfsSync } from 'node:fs';
import type { RouteReport } from '../../contract/desktop.ts';
import type { DoctorLine } from '../../contract/doctor.ts';
import { type AppErrorShape, type ErrorCode, toErrorShape } from '../../contract/errors.ts';
import type { EngineState, ModelRow } from '../../contract/model.ts';
import type { CoreNotice } from '../../contract/routes/notices.ts';
import { othersWrite } from '../own-folder.ts';
import type { Host } from '../ports.ts';
import type { Queries } from '../queries.ts';
import type { GraphicsCard } from './graphics-card.ts';

export interface DoctorParts {
  readonly host: Host;
  readonly models: () => Promise<readonly ModelRow[]>;
  readonly engine: () => EngineState;
  readonly database: Queries;
  /** Why the chats could not be opened. */
  readonly chatsClosed: AppErrorShape | null;
  /** What the person has not seen yet. */
  readonly notices: () => readonly CoreNotice[];
  readonly profile: string;
  /** The folder of the models, which may be one that a person shares with others. */
  readonly modelFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the environment has keys of servers, which the cli takes them from. */
  readonly keysInEnvironment: boolean;
  /** What is said of those that could be meant for several servers. */
  readonly unclearKeys: () => readonly AppErrorShape[];
  readonly describeDesktop: () => Promise<{
    readonly system: string;
    readonly compositor: string | null;
    readonly selectionRoutes: readonly string[];
    readonly selectionCause?: AppErrorShape;
  } | null>;
  /** Starts the engine for a moment when it sleeps: whether its native library can be loaded at all. */
  readonly probeEngine: () => Promise<void>;
  readonly graphicsCard: GraphicsCard;
  /** How a host outside would be reached; rejects where the proxy that is named cannot be used. */
  readonly proxyTo: (
    url: string,
  ) => Promise<{ readonly kind: 'direct' } | { readonly kind: 'proxy'; readonly proxy: URL }>;
}

const lowDiskBytes = 2 * 1024 ** 3;

/** Looks at everything the main job needs: each line is ok, or a cause with a next step. */
export async function runDoctor(parts: DoctorParts): Promise<readonly DoctorLine[]> {
  return [
    line('runtime', 'ok', { node: process.versions.node }),
    await checkLibraries(parts),
    await checkDisplay(parts),
    await checkSelection(parts),
    await checkHotkey(parts),
    await checkModel(parts),
    ...checkServers(parts),
    ...(await checkFastCopy(parts)),
    checkEngine(parts),
    ...(await checkKeyStore(parts)),
    checkDisk(parts),
    checkDatabase(parts),
    await checkNetwork(parts),
    graphicsCardLine(parts.graphicsCard),
  ];
}

/** The ways to other applications, as they did just now. */
export function routeLines(reports: readonly RouteReport[]): readonly DoctorLine[] {
  const statuses = { works: 'ok', fails: 'failed', absent: 'warning' } as const;
  return reports.map(({ route, status, values, cause }) => line(`route-${route}`, statuses[status], values, cause));
}

type Values = Readonly<Record<string, string | number>>;

function line(
  check: DoctorLine['check'],
  status: DoctorLine['status'],
  values: Values = {},
  error: DoctorLine['error'] = null,
): DoctorLine {
  return { check, status, values, error };
}

async function checkLibraries({ probeEngine }: DoctorParts): Promise<DoctorLine> {
  try {
    await probeEngine();
    return line('libraries', 'ok');
  } catch (error) {
    return line('libraries', 'failed', {}, toErrorShape(error));
  }
}

async function checkDisplay({ env, describeDesktop }: DoctorParts): Promise<DoctorLine> {
  if (process.platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return line(
      'display',
      'warning',
      {},
      { code: 'display/none', message: 'neither DISPLAY nor WAYLAND_DISPLAY is set' },
    );
  }
  const desktop = await describeDesktop();
  if (desktop === null) return line('display', 'failed', {}, { code: 'desktop/not-answering', message: 'no answer' });
  if (desktop.system === 'none') return line('display', 'failed', {}, { code: 'display/none', message: 'no display' });
  return line('display', 'ok', { system: desktop.system, manager: desktop.compositor ?? '' });
}

/** Which ways to selected text work here: tried, not guessed. */
async function checkSelection({ describeDesktop }: DoctorParts): Promise<DoctorLine> {
  const desktop = await describeDesktop();
  if (desktop === null || desktop.selectionRoutes.length === 0) {
    const system = desktop?.system ?? 'none';
    const unknown: AppErrorShape = { code: 'capture/compositor-unsupported', message: `no route on ${system}` };
    const error = desktop?.selectionCause ?? unknown;
    return line('selection', system === 'none' ? 'unknown' : 'failed', { system }, error);
  }
  return line('selection', desktop.selectionRoutes.includes('accessibility') ? 'ok' : 'warning');
}

async function checkHotkey({ host, env }: DoctorParts): Promise<DoctorLine> {
  const hotkey = host.settings().hotkey;
  const shell = await host.describe().catch(() => null);
  if (shell === null) return line('hotkey', 'unknown', { hotkey });
  const wayland = Boolean(env['WAYLAND_DISPLAY']);
  // There the desktop's own key counts, proved by the command that came by it.
  if (!shell.hotkeyRegistered && wayland && shell.hotkeyProvedAt !== null)
    return line('hotkey', 'ok', { hotkey, wayland: 1 });
  if (!shell.hotkeyRegistered) {
    const error = {
      code: 'hotkey/refused',
      message: 'not registered',
      values: { accelerator: hotkey },
      action: 'choose-hotkey',
    } as const;
    return line('hotkey', 'failed', { hotkey }, error);
  }
  // On Wayland a registration can be accepted and never fire: only a press proves it.
  return line('hotkey', shell.hotkeyProvedAt === null || wayland ? 'warning' : 'ok', {
    hotkey,
    wayland: wayland ? 1 : 0,
  });
}

/** Whether the model that answers could answer sooner; no line where it could not. */
async function checkFastCopy({ models }: DoctorParts): Promise<readonly DoctorLine[]> {
  const chosen = (await models()).find((row) => row.chosen);
  if (!chosen?.fastCopy) return [];
  const values = { model: chosen.name, id: chosen.id };
  return [line('fast-copy', chosen.fastCopy.status === 'ready' ? 'ok' : 'warning', values)];
}

async function checkModel({ models, modelFolder }: DoctorParts): Promise<DoctorLine> {
  const chosen = (await models()).find((row) => row.chosen);
  if (chosen === undefined)
    return line('model', 'failed', {}, { code: 'model/none', message: 'none installed', action: 'get-model' });
  const values = { model: chosen.name, needBytes: chosen.needBytes ?? 0, freeBytes: chosen.freeBytes ?? 0 };
  if (chosen.fit === 'no') {
    const error = {
      code: 'model/too-large-for-memory',
      message: 'does not fit',
      values,
      action: 'choose-model',
    } as const;
    return line('model', 'failed', values, error);
  }
  // A model is no code, and may be shared on purpose: it is told, and used.
  if (chosen.host === null && othersWrite(modelFolder)) {
    const error = { code: 'model/others-can-write', message: modelFolder, values: { folder: modelFolder } } as const;
    return line('model', 'warning', { ...values, context: 'shared' }, error);
  }
  return line('model', chosen.fit === 'tight' ? 'warning' : 'ok', values);
}

/** Each server of the settings file that is not used; one line where all are, none where there are none. */
function checkServers({ host }: DoctorParts): readonly DoctorLine[] {
  const unread = host.unreadServers?.() ?? [];
  if (unread.length === 0) return host.settings().servers.length === 0 ? [] : [line('servers', 'ok')];
  return unread.map((values) =>
    line('servers', 'warning', {}, { code: 'settings/server-unread', message: '', values: { ...values } }),
  );
}

function checkEngine({ engine }: DoctorParts): DoctorLine {
  const { status, error, networkOff } = engine();
  return line(
    'engine',
    status === 'failed' ? 'failed' : 'ok',
    { status, networkOff: networkOff === null ? '' : Number(networkOff) },
    error,
  );
}

async function checkKeyStore({ host, keysInEnvironment, unclearKeys }: DoctorParts): Promise<readonly DoctorLine[]> {
  const shell = await host.describe().catch(() => null);
  if (shell === null) {
    const unclear = unclearKeys().map((error) => line('key-store', 'failed', {}, error));
    if (unclear.length > 0) return unclear;
    return [line('key-store', keysInEnvironment ? 'ok' : 'unknown', { environment: Number(keysInEnvironment) })];
  }
  if (shell.keyStore === 'available') return [line('key-store', 'ok', { environment: 0 })];
  return [line('key-store', 'warning', {}, { code: 'key-store/unavailable', message: 'no key store' })];
}

function checkDisk({ profile }: DoctorParts): DoctorLine {
  const { bavail, bsize } = statfsSync(profile);
  const freeBytes = bavail * bsize;
  if (freeBytes < lowDiskBytes)
    return line('disk', 'warning', { freeBytes }, { code: 'disk/full', message: 'little space', action: 'free-space' });
  return line('disk', 'ok', { freeBytes });
}

function checkDatabase({ database, chatsClosed, notices }: DoctorParts): DoctorLine {
  if (chatsClosed !== null) return line('database', 'failed', {}, chatsClosed);
  try {
    const count = database.prepare('SELECT count(*) AS count FROM conversations WHERE deleted_at IS NULL').get();
    const values = { count: Number(count?.['count'] ?? 0) };
    const notice = notices().find(({ code }) => /^(database|disk)\//.test(code));
    if (notice === undefined) return line('database', 'ok', values);
    return line('database', 'warning', values, { code: notice.code as ErrorCode, message: '', values: notice.values });
  } catch (error) {
    return line('database', 'failed', {}, toErrorShape(error));
  }
}

/** Whether a proxy stands between, named without its user and password. Any host outside will do to ask about. */
async function checkNetwork({ host, proxyTo }: DoctorParts): Promise<DoctorLine> {
  const offline = host.settings().offline ? 1 : 0;
  try {
    const route = await proxyTo('https://huggingface.co/');
    if (route.kind === 'direct') return line('network', 'ok', { offline });
    return line('network', 'ok', { offline, context: 'proxy', proxy: route.proxy.host });
  } catch (error) {
    return line('network', 'warning', { offline }, toErrorShape(error));
  }
}

/** One line, for `beckon doctor` and the settings alike. */
export function graphicsCardLine({ status, vendor }: GraphicsCard): DoctorLine {
  if (status === 'found') return line('graphics-card', 'warning', { card: vendor });
  return line('graphics-card', status === 'unknown' ? 'unknown' : 'ok');
}
