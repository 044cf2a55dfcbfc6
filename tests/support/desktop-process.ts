import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { desktopContract } from '../../contract/desktop.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { checkout, nodeExecutable } from './beckon-app.ts';

export type DesktopClient = WireClient<typeof desktopContract>;

/** The desktop process as core starts it, on a display of the test's own; ready when this resolves. */
export async function startDesktop(
  env: NodeJS.ProcessEnv,
): Promise<{ readonly desktop: ChildProcess; readonly client: DesktopClient }> {
  const desktop = spawn(nodeExecutable, [join(checkout, 'desktop', 'entry.ts')], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const client = new WireClient(createProcessChannel(desktop), desktopContract);
  await client.call('desktop.describe', {});
  return { desktop, client };
}
