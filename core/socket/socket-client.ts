import { socketContract } from '../../contract/cli.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { WireClient } from '../../wire/client.ts';
import { connect } from './connect.ts';

export type SocketClient = WireClient<typeof socketContract>;

/** A connection to the core that owns a profile. Dispose it to hang up. */
export interface CoreConnection extends Disposable {
  readonly client: SocketClient;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly ended: Promise<void>;
}

/** Null when no core listens, or when it cannot prove to be this user's. */
export async function connectToCore(profile: string): Promise<CoreConnection | null> {
  const channel = await connect(profile);
  if (channel === null) return null;
  const client: SocketClient = new WireClient(channel, socketContract);
  const ended = new Promise<void>((resolve) => channel.onClose(resolve));
  return {
    client,
    ended,
    dispose() {
      client.dispose();
      channel.close();
    },
  };
}
