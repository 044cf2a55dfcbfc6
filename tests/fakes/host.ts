import { type ChildProcess, spawn } from 'node:child_process';
import { coreContract } from '../../contract/core.ts';
import { hostContract } from '../../contract/host.ts';
import { defaultSettings, type Settings } from '../../contract/settings.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';
import { StateSource } from '../../wire/state-source.ts';
import { nodeEntry, nodeExecutable, testModels, tinyModel } from '../support/beckon-app.ts';

/** A real core in a process of its own, with this test in the place of main. */
export interface HostedCore {
  readonly process: ChildProcess;
  readonly client: WireClient<typeof coreContract>;
  /** The codes of what core said before it gave up. */
  readonly failures: readonly string[];
  /** What core is told as its settings; an update reaches it as one of the app's does. */
  readonly settings: StateSource<Settings>;
}

/** `through`: a program, with its words, that starts core in its turn, such as one that watches it. */
export function startCore(
  profile: string,
  env: NodeJS.ProcessEnv = {},
  through: readonly [] | readonly [string, ...string[]] = [],
): HostedCore {
  const [command = nodeExecutable, ...args] = [...through, nodeExecutable, nodeEntry('core')];
  const child = spawn(command, args, {
    env: { ...process.env, BECKON_PROFILE: profile, BECKON_MODELS: testModels, ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const failures: string[] = [];
  const settings = new StateSource<Settings>({ ...defaultSettings, modelId: tinyModel, firstRunDone: true });
  const channel = createProcessChannel(child);
  serve(channel, hostContract, {
    requests: {
      'settings.set': (patch) => {
        settings.update(patch as Partial<Settings>);
        return { settings: settings.value, revision: settings.get().revision };
      },
      'secret.keep': () => ({ kept: 'until-quit' as const }),
      'secret.read': () => ({ secret: null, lost: null }),
      'secret.forget': () => null,
      'core.startFailed': ({ code }) => {
        failures.push(code);
        return null;
      },
      'proxy.resolve': () => ({ answer: 'DIRECT' }),
      'file.show': () => {
        throw new Error('there is no viewer');
      },
      'overlay.stepAside': () => null,
      'overlay.finish': () => null,
      'clipboard.writeText': () => null,
      'deed.openLink': () => ({ opened: false }),
      'deed.agreeToAdd': () => ({ agreed: false }),
      'deed.agreeToNotify': () => ({ agreed: false }),
      'deed.notify': () => ({ shown: false }),
      'overlay.toggle': () => {
        throw new Error('there is no overlay');
      },
      'shell.describe': () => {
        throw new Error('there is no shell');
      },
    },
    streams: {},
    states: { settings },
  });
  return { process: child, client: new WireClient(channel, coreContract), failures, settings };
}
