import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginStream, chunk, RoughServer } from '../fakes/rough-server.ts';
import { cliEntry, nodeExecutable, writeSettings } from '../support/beckon-app.ts';
import { endProgram, listProcesses, sleep, waitFor } from '../support/processes.ts';

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('commands that are started at once', () => {
  let root: string;
  let profile: string;
  let server: RoughServer;
  /** Streams that have been begun, to be ended by a test. */
  let streams: ServerResponse[];
  let pieceEveryMs: number;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'beckon-together-'));
    streams = [];
    pieceEveryMs = 5;
    server = await RoughServer.start((response) => {
      beginStream(response);
      streams.push(response);
      void answer(response);
    });
    openProfile(join(root, 'profile'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await endProgram(child);
    await waitFor('no core is left', () => cores().length === 0, 20_000);
    await server.stop();
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  async function answer(response: ServerResponse): Promise<void> {
    for (const word of 'one two three four five six seven eight nine ten'.split(' ')) {
      response.write(chunk({ content: `${word} ` }));
      await sleep(pieceEveryMs);
    }
    response.write(chunk({}, 'stop'));
    response.end('data: [DONE]\n\n');
  }

  function openProfile(folder: string): void {
    mkdirSync(folder, { mode: 0o700, recursive: true });
    profile = folder;
    writeSettings(profile, {
      modelId: 'server:s-1:m',
      firstRunDone: true,
      servers: [{ id: 's-1', address: server.address, label: '', models: ['m'], keyKept: 'none' }],
    });
  }

  function cores(): readonly number[] {
    return listProcesses()
      .filter(({ command }) => command.endsWith(`${cliEntry} core`))
      .filter(({ pid }) => existsSync(`/proc/${pid}`))
      .map(({ pid }) => pid);
  }

  function start(args: readonly string[]): { readonly child: ChildProcess; readonly result: Promise<Result> } {
    const { XDG_RUNTIME_DIR: _, DISPLAY: __, ...env } = process.env;
    const child = spawn(nodeExecutable, [cliEntry, ...args], {
      env: { ...env, BECKON_PROFILE: profile, BECKON_MODELS: join(root, 'models'), LANG: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let out = '';
    let err = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
    return { child, result: new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err }))) };
  }

  const whole = { code: 0, out: 'one two three four five six seven eight nine ten \n', err: '' };

  it('all get their answer: of twelve, three did, and nine said that another Beckon uses the profile or is starting again', async () => {
    const asked = Array.from({ length: 12 }, (_, index) => start(['ask', `question ${index}`]).result);
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 12 }, () => whole));
    const { out } = await start(['history']).result;
    for (let index = 0; index < 12; index += 1) expect(out).toContain(`question ${index}\n`);
    expect(streams).toHaveLength(12);
  });

  it('make the one profile that is not there yet', async () => {
    profile = join(root, 'not', 'there', 'yet');
    const asked = Array.from({ length: 4 }, () => start(['history']).result);
    expect(await Promise.all(asked)).toEqual(
      Array.from({ length: 4 }, () => ({ code: 0, out: 'No chats yet.\n', err: '' })),
    );
    expect(statSync(profile).mode & 0o777).toBe(0o700);
  });

  it('may be of every kind, and each leaves when it is done: none waits for the answer of another', async () => {
    pieceEveryMs = 1500;
    const slow = start(['ask', 'slow']);
    await waitFor('it is being answered', () => streams.length === 1, 30_000);
    const quick = [['history'], ['models'], ['history', 'slow'], ['models', '--json']].map(
      (args) => start(args).result,
    );
    for (const { code, err } of await Promise.all(quick)) expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(slow.child.exitCode).toBeNull();
    slow.child.kill('SIGINT');
    expect((await slow.result).code).toBe(130);
  });

  it('go on when one of them is killed, and when their core is: each question is asked again, stored once, answered whole', async () => {
    pieceEveryMs = 200;
    const asked = Array.from({ length: 6 }, (_, index) => start(['ask', `question ${index}`]));
    await waitFor('they are being answered', () => streams.length === 6, 60_000);
    asked[0]?.child.kill('SIGKILL');
    for (const pid of cores()) process.kill(pid, 'SIGKILL');
    const results = await Promise.all(asked.slice(1).map(({ result }) => result));
    for (const { code, out } of results) expect({ code, out }).toEqual({ code: 0, out: whole.out });
    const { out } = await start(['history', '--json']).result;
    const chats = JSON.parse(out) as { text: string }[];
    expect(chats.map(({ text }) => text).sort()).toEqual(asked.map((_, index) => `question ${index}`));
  });

  it('leave no core, socket or token behind, also on a path that is too long for a socket', async () => {
    openProfile(join(root, 'x'.repeat(120), 'profile'));
    const asked = [start(['ask', 'one']), start(['ask', 'two'])].map(({ result }) => result);
    expect(await Promise.all(asked)).toEqual([whole, whole]);
    await waitFor('the core has ended', () => cores().length === 0);
    expect(readdirSync(profile).filter((name) => /sock|token|piped/.test(name))).toEqual([]);
    expect(readdirSync(tmpdir()).filter((name) => /^beckon-[0-9a-f]{16}\.sock$/.test(name))).toEqual([]);
  });
});
