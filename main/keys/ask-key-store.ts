import { execFile } from 'node:child_process';

/** What a store would do if it were asked for a key now: answer, ask the person first, or nothing, since nobody is there. */
export type StoreAnswer = 'open' | 'locked' | 'absent';

export interface AskKeyStoreOptions {
  readonly node: string;
  readonly entry: string;
  /** What Electron calls the store, such as `gnome_libsecret`. */
  readonly backend: string;
  /** The name under which Electron keeps its key there. */
  readonly application: string;
  readonly env: NodeJS.ProcessEnv;
}

/** All that it needs to find the session's bus and what is set for its store, and what the bus needs to show a question. */
const passedOn = [
  ...([
    'DBUS_SESSION_BUS_ADDRESS',
    'XDG_RUNTIME_DIR',
    'XDG_CONFIG_HOME',
    'DISPLAY',
    'XAUTHORITY',
    'HOME',
    'PATH',
  ] as const),
];
const lookLimitMs = 15_000;
const unlockLimitMs = 6 * 60_000;

/**
 * Asks a key store of Linux by a process of its own whether it is open; with `unlock` it asks the person to open it before. One
 * that does not answer in time counts as locked.
 */
export function askKeyStore(act: 'look' | 'unlock', options: AskKeyStoreOptions): Promise<StoreAnswer> {
  const { node, entry, backend, application, env } = options;
  return new Promise((resolve) => {
    execFile(
      node,
      [entry, backend, application, act],
      {
        env: Object.fromEntries(passedOn.map((name) => [name, env[name]])),
        // A folder that nobody else can put programs or modules into.
        cwd: '/',
        timeout: act === 'look' ? lookLimitMs : unlockLimitMs,
        killSignal: 'SIGKILL',
        windowsHide: true,
      },
      (error, told) => resolve(error === null && (told === 'open' || told === 'absent') ? told : 'locked'),
    );
  });
}
