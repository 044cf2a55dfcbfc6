import { type ChildProcess, spawn } from 'node:child_process';
import { type KeyOutcome, keyPressContract, keysContract } from '../../contract/keys.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';
import { nodeEntry, nodeExecutable } from './beckon-app.ts';

/** The real process that holds keys, with a test in the place of main. */
export class KeyHolderProcess {
  readonly process: ChildProcess;
  readonly client: WireClient<typeof keysContract>;
  presses = 0;
  /** What was said of the compositor, the newest last. */
  readonly compositors: boolean[] = [];
  onPressed: () => KeyOutcome | Promise<KeyOutcome> = () => ({ overlay: null, visible: false });

  constructor(env: NodeJS.ProcessEnv) {
    this.process = spawn(nodeExecutable, [nodeEntry('keys')], {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const channel = createProcessChannel(this.process);
    this.client = new WireClient(channel, keysContract);
    serve(channel, keyPressContract, {
      requests: {
        'key.pressed': () => {
          this.presses += 1;
          return this.onPressed();
        },
        'desktop.clicked': () => null,
        'compositor.changed': ({ isRunning }) => {
          this.compositors.push(isRunning);
          return null;
        },
      },
      streams: {},
      states: {},
    });
  }
}
