import { type ChildProcess, spawn } from 'node:child_process';
import type { InputOf, OutputOf, RequestName } from '../../contract/define.ts';
import { desktopContract } from '../../contract/desktop.ts';
import type { Result } from '../../contract/result.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { nodeEntry, nodeExecutable } from './beckon-app.ts';
import { within } from './processes.ts';

export type DesktopClient = WireClient<typeof desktopContract>;

/** Longer than the process takes for anything. */
const answerMs = 90_000;

/** Fails by name where the process does not answer: otherwise the whole case ran into its limit, which told nothing. */
class AnsweredClient extends WireClient<typeof desktopContract> {
  override request<Name extends RequestName<typeof desktopContract>>(
    name: Name,
    input: InputOf<(typeof desktopContract)['requests'][Name]>,
  ): Promise<Result<OutputOf<(typeof desktopContract)['requests'][Name]>>> {
    return within(answerMs, `the desktop process answers ${name}`, super.request(name, input));
  }
}

/** The desktop process as core starts it, on a display of the test's own; ready when this resolves. */
export async function startDesktop(
  env: NodeJS.ProcessEnv,
): Promise<{ readonly desktop: ChildProcess; readonly client: DesktopClient }> {
  const desktop = spawn(nodeExecutable, [nodeEntry('desktop')], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const client = new AnsweredClient(createProcessChannel(desktop), desktopContract);
  await client.call('desktop.describe', {});
  return { desktop, client };
}
