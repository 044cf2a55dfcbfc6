import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { socketContract, socketHelloSchema } from '../../contract/cli.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { createLineChannel } from '../../wire/line-channel.ts';
import { type Handlers, serve } from '../../wire/server.ts';
import { socketPath, tokenPath } from './address.ts';

const helloLimitMs = 3000;
/** A greeting is short; nothing that is asked is longer than a question with its texts. */
const lineLimits = { firstLine: 4096, line: 16_000_000 };
/** Who has not said the token: beyond so many, the one that waited longest makes room. */
const mostStrangers = 64;

/** Serves the cli over a local socket. Who cannot read the token file of this user gets no answer at all. */
export async function openSocket(
  profile: string,
  env: Readonly<Record<string, string | undefined>>,
  handlers: Handlers<typeof socketContract>,
  onBug: (name: string, error: unknown) => void,
): Promise<Disposable> {
  const path = socketPath(profile, env);
  const token = randomBytes(32).toString('hex');
  writeFileSync(tokenPath(profile), token, { mode: 0o600 });
  chmodSync(tokenPath(profile), 0o600);
  // The profile is ours alone: a socket that is there was left by a core that died.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const strangers = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    strangers.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      strangers.delete(socket);
    });
    socket.on('error', () => socket.destroy());
    const [first] = strangers;
    if (strangers.size > mostStrangers) first?.destroy();
    welcome(socket, token, handlers, onBug, () => strangers.delete(socket));
  });
  await listen(server, path);
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return {
    dispose() {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (process.platform !== 'win32') rmSync(path, { force: true });
      rmSync(tokenPath(profile), { force: true });
    },
  };
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

function welcome(
  socket: Socket,
  token: string,
  handlers: Handlers<typeof socketContract>,
  onBug: (name: string, error: unknown) => void,
  onKnown: () => void,
): void {
  socket.setEncoding('utf8');
  const channel = createLineChannel(socket, lineLimits);
  // Ended alone it would stay for as long as the other side keeps it.
  const limit = setTimeout(() => socket.destroy(), helloLimitMs);
  const hello = channel.onMessage((message) => {
    clearTimeout(limit);
    hello.dispose();
    const read = socketHelloSchema.safeParse(message);
    if (!read.success || !isEqual(read.data.token, token)) {
      socket.destroy();
      return;
    }
    onKnown();
    serve(channel, socketContract, handlers, { onBug });
    channel.send({ hello: 'beckon' });
  });
  channel.onClose(() => clearTimeout(limit));
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
