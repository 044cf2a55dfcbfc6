import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { socketContract } from '../../../contract/cli.ts';
import { openSocketAddress, tokenPath } from '../../../core/socket/address.ts';
import { isProof, makeNonce, prove } from '../../../core/socket/handshake.ts';
import { connectToCore } from '../../../core/socket/socket-client.ts';
import { openSocket, type SocketServer } from '../../../core/socket/socket-server.ts';
import type { Handlers } from '../../../wire/server.ts';

/** A core that knows one request; the tests here are about who gets as far as asking it. */
const handlers = {
  requests: { 'core.info': () => ({ version: 'test', processId: 1, face: 'cli', profile: '' }) },
  streams: {},
  states: {},
} as unknown as Handlers<typeof socketContract>;

describe('the socket of a profile', () => {
  let root: string;
  let server: SocketServer | null = null;
  let stranger: Server | null = null;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'beckon-socket-'));
  });
  afterEach(async () => {
    server?.dispose();
    server = null;
    if (stranger !== null) await new Promise((resolve) => stranger?.close(resolve));
    stranger = null;
    rmSync(root, { recursive: true, force: true });
  });

  async function serveIn(profile: string): Promise<void> {
    server = await openSocket({ profile, handlers, onBug: () => {} });
  }

  /** Listens in the place of core and keeps every byte it is sent; `answer` is what it says to the first of them. */
  async function listenAsStranger(path: string, answer: string): Promise<string[]> {
    const heard: string[] = [];
    stranger = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        heard.push(bytes.toString());
        socket.write(`${answer}\n`);
      });
    });
    await new Promise<void>((resolve) => stranger?.listen(path, resolve));
    return heard;
  }

  async function version(profile: string): Promise<string | null> {
    const connection = await connectToCore(profile);
    const info = await connection?.client.request('core.info', {});
    connection?.dispose();
    return info?.ok ? info.value.version : null;
  }

  it('lies in the profile however long its path is, never in a shared folder under a name that can be computed', async () => {
    for (const length of [1, 40, 90, 150, 255]) {
      const profile = join(root, 'x'.repeat(length), 'deeper 招之');
      mkdirSync(profile, { recursive: true, mode: 0o700 });
      await serveIn(profile);
      expect(lstatSync(join(profile, 'core.sock')).isSocket()).toBe(true);
      expect(await version(profile)).toBe('test');
      server?.dispose();
      expect(existsSync(join(profile, 'core.sock'))).toBe(false);
      expect(existsSync(tokenPath(profile))).toBe(false);
    }
  });

  it('is for its owner alone, and so is the token', async () => {
    await serveIn(root);
    for (const name of ['core.sock', 'core.token']) expect(statSync(join(root, name)).mode & 0o777).toBe(0o600);
  });

  it('tells a stranger who listens in its place neither the token nor a word of what was to be asked', async () => {
    writeFileSync(tokenPath(root), 'a'.repeat(64), { mode: 0o600 });
    const answers = [
      '{"hello":"beckon"}',
      `{"nonce":"${'0'.repeat(64)}","proof":"${'0'.repeat(64)}"}`,
      '{"welcome":"beckon"}',
      '{"nonce":null,"proof":{}}',
      'null',
      '[]',
      'not json',
    ];
    for (const answer of answers) {
      const heard = await listenAsStranger(join(root, 'core.sock'), answer);
      expect(await connectToCore(root)).toBeNull();
      expect(heard.join('')).not.toContain('a'.repeat(64));
      expect(heard.join('')).toMatch(/^\{"hello":"beckon","nonce":"[0-9a-f]{64}"\}\n$/);
      await new Promise((resolve) => stranger?.close(resolve));
      stranger = null;
      rmSync(join(root, 'core.sock'), { force: true });
    }
  });

  it('is not fooled by a stranger who sends its own challenge back to it', async () => {
    const token = 'b'.repeat(64);
    const nonces = { client: makeNonce(), server: makeNonce() };
    const proof = prove(token, 'server', nonces);
    expect(isProof(proof, token, 'server', nonces)).toBe(true);
    expect(isProof(proof, token, 'client', nonces)).toBe(false);
    expect(isProof(proof, token, 'server', { client: nonces.server, server: nonces.client })).toBe(false);
    for (const wrong of ['', proof.slice(1), `${proof}0`, 'é'.repeat(32)])
      expect(isProof(wrong, token, 'server', nonces)).toBe(false);
  });

  it('answers nobody who does not know the token, whatever they send and in whatever order', async () => {
    await serveIn(root);
    const request = '{"kind":"request","id":1,"name":"core.info","input":{}}';
    const nonce = makeNonce();
    const attempts = [
      [request],
      [`{"hello":"beckon","token":"${'0'.repeat(64)}"}`, request],
      [`{"hello":"beckon","nonce":"${nonce}"}`, request],
      [`{"hello":"beckon","nonce":"${nonce}"}`, `{"proof":"${'0'.repeat(64)}"}`, request],
      [`{"proof":"${'0'.repeat(64)}"}`, request],
      ['{"hello":"beckon","nonce":"short"}', request],
      ['not json', request],
    ];
    for (const lines of attempts) {
      const heard = await new Promise<string>((resolve) => {
        const socket = createConnection(join(root, 'core.sock'));
        let text = '';
        socket.on('error', () => {});
        socket.on('data', (bytes) => {
          text += bytes.toString();
        });
        socket.on('close', () => resolve(text));
        socket.write(`${lines.join('\n')}\n`);
      });
      expect(heard).not.toMatch(/welcome|version/);
    }
    expect(await version(root)).toBe('test');
  });

  it('and its token replace whatever was put in their place before: links, hard links, pipes and files', async () => {
    const precious = join(root, 'precious');
    const names = ['core.token', 'core.token.new', 'core.sock'];
    const plants: readonly ((path: string) => void)[] = [
      (path) => symlinkSync(precious, path),
      (path) => linkSync(precious, path),
      (path) => execFileSync('mkfifo', [path]),
      (path) => writeFileSync(path, 'planted', { mode: 0o666 }),
    ];
    for (const plant of plants) {
      writeFileSync(precious, 'precious');
      for (const name of names) plant(join(root, name));
      await serveIn(root);
      expect(await version(root)).toBe('test');
      expect(readFileSync(precious, 'utf8')).toBe('precious');
      expect(statSync(join(root, 'core.token')).mode & 0o777).toBe(0o600);
      server?.dispose();
      for (const name of names) rmSync(join(root, name), { force: true });
    }
  });

  it('is not asked by way of a token that is a pipe, a link or open to others', async () => {
    await serveIn(root);
    const token = readFileSync(tokenPath(root), 'utf8');
    const plants: readonly ((path: string) => void)[] = [
      (path) => execFileSync('mkfifo', [path]),
      (path) => {
        writeFileSync(join(root, 'elsewhere'), token, { mode: 0o600 });
        symlinkSync(join(root, 'elsewhere'), path);
      },
      (path) => {
        writeFileSync(path, token);
        execFileSync('chmod', ['0666', path]);
      },
    ];
    for (const plant of plants) {
      rmSync(tokenPath(root));
      plant(tokenPath(root));
      expect(await connectToCore(root)).toBeNull();
    }
  });

  it('takes no new command once it has been told so, while those that are there go on', async () => {
    await serveIn(root);
    const connection = await connectToCore(root);
    server?.refuseMore();
    expect(await connectToCore(root)).toBeNull();
    expect(await connection?.client.request('core.info', {})).toMatchObject({ ok: true });
    connection?.dispose();
  });

  it('has an address on every system', () => {
    expect(openSocketAddress(root, 'win32')?.path).toMatch(/^\\\\\.\\pipe\\beckon-/);
    const long = join(root, 'x'.repeat(120));
    mkdirSync(long);
    const onLinux = openSocketAddress(long, 'linux');
    expect(onLinux?.path).toMatch(/^\/proc\/self\/fd\/\d+\/core\.sock$/);
    onLinux?.dispose();
    // The temporary folder here is everybody's, unlike that of macOS.
    expect(openSocketAddress(long, 'darwin')).toBeNull();
  });
});
