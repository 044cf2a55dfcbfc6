import { findProfile } from '../core/profile/folders.ts';
import { connectToCore } from '../core/socket/socket-client.ts';
import { exitCodes } from './exit-codes.ts';
import type { BareInput } from './run-cli.ts';

/** `beckon stop`: ends a core that stayed with its model in memory. It starts none. */
export async function stop({ env, terminal, words }: BareInput): Promise<number> {
  const connection = await connectToCore(findProfile(env));
  if (connection === null) {
    terminal.line(words.say('lingerNothing'));
    return exitCodes.done;
  }
  try {
    const { left, model } = await connection.client.call('core.leave', { stays: false });
    if (left === 'ended') {
      await connection.ended;
      terminal.line(model === null ? words.say('lingerNothing') : words.say('lingerStopped', { model }));
    } else terminal.line(words.say(left === 'app' ? 'lingerApp' : 'lingerBusy'));
    return exitCodes.done;
  } finally {
    connection.dispose();
  }
}
