import { readFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { socketContract } from '../../contract/cli.ts';
import { WireClient } from '../../wire/client.ts';
import { createLineChannel } from '../../wire/line-channel.ts';
import { socketPath, tokenPath } from './address.ts';

export type SocketClient = WireClient<typeof socketContract>;

const connectLimitMs = 2000;

/** Connects to the core that owns a profile; null when none listens. Dispose the client to close the socket. */
export async function connectToCore(
  profile: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SocketClient | null> {
  const token = readToken(profile);
  if (token === null) return null;
  const socket = await connect(socketPath(profile, env));
  if (socket === null) return null;
  socket.setEncoding('utf8');
  const channel = createLineChannel(socket);
  const welcomed = new Promise<boolean>((resolve) => {
    const hello = channel.onMessage(() => {
      hello.dispose();
      resolve(true);
    });
    channel.onClose(() => resolve(false));
  });
  channel.send({ hello: 'beckon', token });
  if (!(await welcomed)) return null;
  return new WireClient(channel, socketContract);
}

function readToken(profile: string): string | null {
  try {
    return readFileSync(tokenPath(profile), 'utf8').trim();
  } catch {
    return null;
  }
}

function connect(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const limit = setTimeout(() => socket.destroy(), connectLimitMs);
    socket.once('connect', () => {
      clearTimeout(limit);
      resolve(socket);
    });
    socket.once('error', () => resolve(null));
    socket.once('close', () => {
      clearTimeout(limit);
      resolve(null);
    });
  });
}
