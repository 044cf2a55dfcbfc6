import { readFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import type { Channel } from '../../wire/channel.ts';
import { createLineChannel } from '../../wire/line-channel.ts';
import { isOwn } from '../own-folder.ts';
import { openSocketAddress, tokenPath } from './address.ts';
import { isProof, makeNonce, prove } from './handshake.ts';

const connectLimitMs = 2000;
/** A core that is busy with a model file or its database answers late. */
const greetingLimitMs = 10_000;

/**
 * A channel to the core that owns a profile; null when none listens, or when who listens is not this user or does not know
 * the token. Close the channel to hang up.
 */
export async function connect(profile: string): Promise<Channel | null> {
  const token = readToken(profile);
  if (token === null) return null;
  const address = openSocketAddress(profile);
  if (address === null) return null;
  try {
    if (process.platform !== 'win32' && !isOwn(address.path, (stats) => stats.isSocket())) return null;
    const socket = await connectSocket(address.path);
    if (socket === null) return null;
    socket.setEncoding('utf8');
    const channel = createLineChannel(socket);
    if (await greet(channel, token)) return channel;
    socket.destroy();
    return null;
  } finally {
    address.dispose();
  }
}

function readToken(profile: string): string | null {
  const path = tokenPath(profile);
  // A pipe in its place would hold everything up.
  if (!isOwn(path, (stats) => stats.isFile())) return null;
  try {
    return readFileSync(path, 'utf8').trim() || null;
  } catch {
    return null;
  }
}

function connectSocket(path: string): Promise<Socket | null> {
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

interface Frame {
  readonly nonce?: unknown;
  readonly proof?: unknown;
  readonly welcome?: unknown;
}

/** Proves to the other side that this one knows the token, after the other did. False when it did not. */
function greet(channel: Channel, token: string): Promise<boolean> {
  const nonce = makeNonce();
  return new Promise((resolve) => {
    const finish = (known: boolean) => {
      clearTimeout(limit);
      listener.dispose();
      resolve(known);
    };
    const limit = setTimeout(() => finish(false), greetingLimitMs);
    let proved = false;
    const listener = channel.onMessage((message) => {
      const frame: Frame = typeof message === 'object' && message !== null ? message : {};
      if (proved) {
        finish(frame.welcome === 'beckon');
        return;
      }
      const nonces = { client: nonce, server: String(frame.nonce) };
      proved = isProof(String(frame.proof), token, 'server', nonces);
      if (proved) channel.send({ proof: prove(token, 'client', nonces) });
      else finish(false);
    });
    channel.onClose(() => finish(false));
    channel.send({ hello: 'beckon', nonce });
  });
}
