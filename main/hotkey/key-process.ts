import { type ChildProcess, spawn } from 'node:child_process';
import type { Disposable } from '../../contract/disposable.ts';
import { type KeyOutcome, keyPressContract, keysContract, type ShadowRoom } from '../../contract/keys.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { type Handlers, serve } from '../../wire/server.ts';

/** What holds keys outside of this process. */
export interface KeyHolder extends Disposable {
  /** False when it cannot hold this key, or is gone. */
  hold(accelerator: string): Promise<boolean>;
  /** Resolves once it is free. */
  letGo(accelerator: string): Promise<void>;
  /** Keeps the overlay out of taskbars and tells of clicks beside all windows, until null is followed. */
  follow(overlay: number | null): void;
  /** Gives a window room for its own shadow; false where it cannot be seen through, or nobody is there to do it. */
  giveRoom(window: number, room: ShadowRoom): Promise<boolean>;
  /** Begins to look whether the person presses a key or clicks. */
  watchPerson(): void;
  /** Ends that, and says whether they did; null where nobody can tell. */
  personWentOn(): Promise<boolean | null>;
}

export interface KeyProcessOptions {
  readonly node: string;
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onPressed: (accelerator: string) => KeyOutcome;
  readonly onDesktopClicked: () => void;
  /** At its start too. */
  readonly onCompositor: (isRunning: boolean) => void;
  /** It ended, by itself or not: it holds nothing any more. */
  readonly onEnd: () => void;
}

/** All that it needs to find the display. */
const passedOn = ['DISPLAY', 'XAUTHORITY', 'HOME', 'PATH'] as const;

type Told = Pick<KeyProcessOptions, 'onPressed' | 'onDesktopClicked' | 'onCompositor'>;

function createHandlers({ onPressed, onDesktopClicked, onCompositor }: Told): Handlers<typeof keyPressContract> {
  return {
    requests: {
      'key.pressed': ({ accelerator }) => onPressed(accelerator),
      'desktop.clicked': () => {
        onDesktopClicked();
        return null;
      },
      'compositor.changed': ({ isRunning }) => {
        onCompositor(isRunning);
        return null;
      },
    },
    streams: {},
    states: {},
  };
}

/** The process that holds the global keys on X11. */
export function startKeyProcess(options: KeyProcessOptions): KeyHolder {
  const { node, entry, env, onEnd } = options;
  // It mostly sleeps, and would keep 3 MB more that its start grew to; what that left it collects once it is quiet.
  const child: ChildProcess = spawn(node, ['--expose-gc', '--no-memory-reducer', '--max-semi-space-size=1', entry], {
    env: Object.fromEntries(passedOn.map((name) => [name, env[name]])),
    // A folder that nobody else can put programs or modules into.
    cwd: '/',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
  const channel = createProcessChannel(child);
  const client = new WireClient(channel, keysContract);
  const server = serve(channel, keyPressContract, createHandlers(options));
  let hasEnded = false;
  const end = () => {
    if (hasEnded) return;
    hasEnded = true;
    client.dispose();
    server.dispose();
    onEnd();
  };
  child.once('error', end);
  child.once('exit', end);
  return {
    hold: async (accelerator) => {
      const answer = await client.request('key.hold', { accelerator });
      return answer.ok && answer.value;
    },
    letGo: async (accelerator) => void (await client.request('key.letGo', { accelerator })),
    follow: (overlay) => void client.request('overlay.follow', { overlay }),
    giveRoom: async (window, room) => {
      const answer = await client.request('window.giveRoom', { window, room });
      return answer.ok && answer.value;
    },
    watchPerson: () => void client.request('person.watch', {}),
    personWentOn: async () => {
      const answer = await client.request('person.wentOn', {});
      return answer.ok ? answer.value : null;
    },
    dispose() {
      hasEnded = true;
      child.kill('SIGKILL');
      client.dispose();
      server.dispose();
    },
  };
}
