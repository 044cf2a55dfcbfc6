import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { socketContract } from '../../contract/cli.ts';
import { openSocket } from '../../core/socket/socket-server.ts';
import type { Handlers } from '../../wire/server.ts';
import { checkout, nodeExecutable, writeSettings } from '../support/beckon-app.ts';

describe('beckon toggle and run', () => {
  let profile: string;

  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-toggle-'));
    writeSettings(profile, {});
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true }));

  async function beckon(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(nodeExecutable, [join(checkout, 'cli', 'index.ts'), ...args], {
      env: { ...process.env, BECKON_PROFILE: profile, LANG: 'C.UTF-8', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const code = await new Promise((resolve) => child.once('close', resolve));
    return { code, err };
  }

  it('reach the app that owns the profile, with the action that was named', async () => {
    const called: unknown[] = [];
    const requests = { 'overlay.toggle': (input: unknown) => ({ visible: called.push(input) > 0 }) };
    const handlers = { requests, streams: {}, states: {} } as unknown as Handlers<typeof socketContract>;
    const socket = await openSocket({ profile, handlers, onBug: () => {} });
    try {
      expect(await beckon(['toggle'])).toEqual({ code: 0, err: '' });
      expect(await beckon(['run', 'summarise'])).toEqual({ code: 0, err: '' });
      expect(called).toEqual([{}, { actionId: 'summarise' }]);
    } finally {
      socket.dispose();
    }
  });

  it('say that the app does not run, in the system’s language, also where somebody else listens in its place', async () => {
    expect(await beckon(['toggle'])).toMatchObject({ code: 1, err: expect.stringContaining('not running') });
    const stranger = createServer((socket) => socket.write('{"welcome":"beckon"}\n'));
    await new Promise<void>((resolve) => stranger.listen(join(profile, 'core.sock'), resolve));
    const chinese = await beckon(['toggle'], { LC_ALL: '', LANG: 'zh_CN.UTF-8' });
    expect(chinese).toMatchObject({ code: 1, err: expect.stringMatching(/\p{Script=Han}/u) });
    await new Promise((resolve) => stranger.close(resolve));
  });
});
