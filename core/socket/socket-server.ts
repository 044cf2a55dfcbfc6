import { randomBytes } from 'node:crypto';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { helloSchema, responseSchema, socketContract } from '../../contract/cli.ts';
import { type Disposable, disposable } from '../../contract/disposable.ts';
import type { Channel } from '../../wire/channel.ts';
import { createLineChannel } from '../../wire/line-channel.ts';
import { type Handlers, serve } from '../../wire/server.ts';
import { openSocketAddress, type SocketAddress, tokenPath } from './address.ts';
import { isProof, makeNonce, prove } from './handshake.ts';

const helloLimitMs = 3000;
/** A greeting is short; nothing that is asked is longer than a question with its texts. */
const lineLimits = { firstLine: 4096, line: 16_000_000 };
/** Who has not said the token: beyond so many, the one that waited longest makes room. */
const mostStrangers = 64;

export interface SocketServer extends Disposable {
  /** Takes no new connection; those that are there stay. The socket's file is gone after it. */
  refuseMore(): void;
}

export interface SocketOptions {
  readonly profile: string;
  readonly handlers: Handlers<typeof socketContract>;
  readonly onBug: (name: string, error: unknown) => void;
  /** Told how many there are after one came or went, those that have not proved themselves yet too. */
  readonly onConnections?: (count: number) => void;
}

/** Serves the cli over a local socket in the profile. Who does not know the token in it gets no answer but a riddle. */
export async function openSocket(options: SocketOptions): Promise<SocketServer> {
  const { profile, handlers, onBug, onConnections } = options;
  const address = openSocketAddress(profile);
  if (address === null) throw new Error('the path of the profile is too long for a socket');
  const token = randomBytes(32).toString('hex');
  writeToken(profile, token);
  // The profile is this user's alone, and owned by this process: a socket that is there was left by a core that died.
  removeSocket(address);
  const sockets = new Set<Socket>();
  const strangers = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    strangers.add(socket);
    onConnections?.(sockets.size);
    socket.on('close', () => {
      sockets.delete(socket);
      strangers.delete(socket);
      onConnections?.(sockets.size);
    });
    socket.on('error', () => socket.destroy());
    const [first] = strangers;
    if (strangers.size > mostStrangers) first?.destroy();
    welcome(socket, token, (channel) => {
      strangers.delete(socket);
      serve(channel, socketContract, handlers, { onBug });
    });
  });
  await listen(server, address.path);
  if (process.platform !== 'win32') chmodSync(address.path, 0o600);
  const refused = disposable(() => {
    rmSync(tokenPath(profile), { force: true });
    removeSocket(address);
    server.close();
    address.dispose();
  });
  return {
    refuseMore: () => refused.dispose(),
    dispose() {
      refused.dispose();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Written beside and renamed into place, so that whatever had the name before is replaced and never written into. */
function writeToken(profile: string, token: string): void {
  const draft = `${tokenPath(profile)}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, token, { mode: 0o600, flag: 'wx' });
  renameSync(draft, tokenPath(profile));
}

function removeSocket({ path }: SocketAddress): void {
  if (process.platform !== 'win32') rmSync(path, { force: true });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Hands the channel on once the other side has proved that it knows the token; this side proves it first. */
function welcome(socket: Socket, token: string, onWelcome: (channel: Channel) => void): void {
  socket.setEncoding('utf8');
  const channel = createLineChannel(socket, lineLimits);
  // Ended alone it would stay for as long as the other side keeps it.
  const limit = setTimeout(() => socket.destroy(), helloLimitMs);
  const server = makeNonce();
  let nonces: { readonly client: string; readonly server: string } | null = null;
  const listener = channel.onMessage((message) => {
    if (nonces === null) {
      const hello = helloSchema.safeParse(message);
      if (!hello.success) {
        socket.destroy();
        return;
      }
      nonces = { client: hello.data.nonce, server };
      channel.send({ nonce: server, proof: prove(token, 'server', nonces) });
      return;
    }
    clearTimeout(limit);
    listener.dispose();
    const response = responseSchema.safeParse(message);
    if (!response.success || !isProof(response.data.proof, token, 'client', nonces)) {
      socket.destroy();
      return;
    }
    onWelcome(channel);
    channel.send({ welcome: 'beckon' });
  });
  channel.onClose(() => clearTimeout(limit));
}
