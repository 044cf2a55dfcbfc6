import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Disposable } from '../../../contract/disposable.ts';
import { openSocketAddress } from '../../../core/socket/address.ts';
import { connectToCore } from '../../../core/socket/socket-client.ts';
import { openSocket, type SocketOptions } from '../../../core/socket/socket-server.ts';
import { stays } from '../../support/processes.ts';

describe.runIf(process.platform === 'linux')('the local socket', () => {
  let profile: string;
  let socket: Disposable;
  const peers: Socket[] = [];

  beforeEach(async () => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-socket-'));
    const handlers = { requests: {}, streams: {}, states: {} } as unknown as SocketOptions['handlers'];
    socket = await openSocket({ profile, handlers, onBug: () => {} });
  });
  afterEach(() => {
    for (const peer of peers.splice(0)) peer.destroy();
    socket.dispose();
    rmSync(profile, { recursive: true, force: true });
  });

  async function stranger(): Promise<Socket> {
    // It keeps its side open whatever the other does.
    const peer = createConnection({ path: openSocketAddress(profile)?.path ?? '', allowHalfOpen: true });
    peer.on('error', () => {});
    peers.push(peer);
    await once(peer, 'connect');
    return peer;
  }

  const descriptors = () => readdirSync('/proc/self/fd').length;

  it('keeps no descriptor for a stranger who never speaks and never goes', async () => {
    const before = descriptors();
    for (let peer = 0; peer < 300; peer += 1) await stranger();
    await expect.poll(() => descriptors() - before - 300, { timeout: 2000 }).toBeLessThanOrEqual(64);
    await expect.poll(() => descriptors() - before - 300, { timeout: 6000 }).toBe(0);
  });

  it('is open to who knows the token while strangers fill it', async () => {
    for (let peer = 0; peer < 200; peer += 1) await stranger();
    const connection = await connectToCore(profile);
    expect(connection).not.toBeNull();
    for (let peer = 0; peer < 200; peer += 1) await stranger();
    await stays('it is open', 100, () => connection?.client.closed === false);
    connection?.dispose();
  });

  it('takes no long line from strangers: eight with sixty megabytes each hold nothing up', async () => {
    const line = Buffer.alloc(1024 * 1024, 'x');
    const all = await Promise.all(Array.from({ length: 8 }, stranger));
    const begun = performance.now();
    for (const peer of all) for (let piece = 0; piece < 60; piece += 1) peer.write(line);
    // Read whole, they took more than a minute.
    await Promise.all(all.map((peer) => new Promise((resolve) => peer.once('close', resolve))));
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
