import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkout, electronExecutable, testModels, tinyModel, writeSettings } from '../support/beckon-app.ts';
import { endProgram, processTree, run, startProgram, waitFor } from '../support/processes.ts';

/** An authority file with a cookie that nobody else has (format: Xauth(3)). */
function cookieFile(path: string): string {
  const part = (text: string | Buffer) => {
    const bytes = Buffer.from(text as string);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const anyAddress = Buffer.from([0xff, 0xff]);
  const cookie = Buffer.alloc(16, 7);
  writeFileSync(path, Buffer.concat([anyAddress, part(''), part(''), part('MIT-MAGIC-COOKIE-1'), part(cookie)]));
  return path;
}

describe('npm start where it cannot show a window', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-start-'));
    writeSettings(join(folder, 'profile'), { modelId: tinyModel, firstRunDone: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the start command as npm does, asks one question and ends. */
  function start(env: NodeJS.ProcessEnv, meanwhile?: (child: ChildProcess) => Promise<unknown>): Promise<string> {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, XAUTHORITY: _cookie, ...rest } = process.env;
    const child = spawn('node', [join(checkout, 'scripts', 'start.mjs')], {
      env: { ...rest, BECKON_PROFILE: join(folder, 'profile'), BECKON_MODELS: testModels, LANG: 'C.UTF-8', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stdin.end('Say hello.\n');
    const closed = new Promise<string>((resolve) => child.once('close', () => resolve(said)));
    return Promise.all([closed, meanwhile?.(child)]).then(([text]) => text);
  }

  it('says that there is no display and answers in the terminal', async () => {
    const said = await start({});
    expect(said).toContain('There is no display here');
    expect(said.split('There is no display here')[1]?.length).toBeGreaterThan(80);
    expect(await start({ LANG: 'zh_CN.UTF-8' })).toMatch(/没有显示器|显示/);
  });

  it('says that the display is locked and answers in the terminal', async () => {
    const server = startProgram(
      'Xvfb',
      ['-displayfd', '3', '-noreset', '-auth', cookieFile(join(folder, 'cookie')), '-nolisten', 'tcp'],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      },
    );
    try {
      const number = await new Promise<string>((resolve) =>
        (server.stdio[3] as Readable).once('data', (text: Buffer) => resolve(text.toString().trim())),
      );
      const said = await start({ DISPLAY: `:${number}`, XAUTHORITY: join(folder, 'none') });
      expect(said).toContain(`The display :${number} does not let Beckon in`);
      const chats = run('node', [join(checkout, 'scripts', 'beckon.mjs'), 'history'], {
        ...process.env,
        BECKON_PROFILE: join(folder, 'profile'),
      });
      expect(chats).toContain('Say hello.');
    } finally {
      await endProgram(server);
    }
  });

  it('says that a signal ended the app', async () => {
    const server = startProgram('Xvfb', ['-displayfd', '3', '-noreset', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    try {
      const number = await new Promise<string>((resolve) =>
        (server.stdio[3] as Readable).once('data', (text: Buffer) => resolve(text.toString().trim())),
      );
      const said = start({ DISPLAY: `:${number}` }, ({ pid = 0 }) =>
        waitFor('the app runs', () => {
          // Just the app: the start also runs `ldd` with Electron's path, and Chromium forks before it names what it forked.
          const app = processTree(pid).find(
            ({ command, parent }) => parent === pid && command.startsWith(`${electronExecutable()} `),
          );
          return app !== undefined && process.kill(app.pid, 'SIGILL');
        }),
      );
      expect(await said).toContain('Beckon was ended by SIGILL');
    } finally {
      await endProgram(server);
    }
  });

  it('says that there is no home folder, and shows nothing half-working', async () => {
    const server = startProgram('Xvfb', ['-displayfd', '3', '-noreset', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const number = await new Promise<string>((resolve) =>
      (server.stdio[3] as Readable).once('data', (text: Buffer) => resolve(text.toString().trim())),
    );
    const { XDG_CONFIG_HOME: _config, BECKON_PROFILE: _profile, ...rest } = process.env;
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const app = spawn(electronExecutable(), [...sandbox, checkout], {
      env: { ...rest, DISPLAY: `:${number}`, HOME: '/nonexistent', LANG: 'C.UTF-8' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      const said = await new Promise<string>((resolve) => {
        let text = '';
        app.stderr.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
          if (text.includes('BECKON_PROFILE')) resolve(text);
        });
        app.once('close', () => resolve(text));
      });
      expect(said).toContain('There is no home folder');
    } finally {
      await endProgram(app);
      await endProgram(server);
      // As root Chromium makes the folder that must not be there.
      if (process.getuid?.() === 0) rmSync('/nonexistent', { recursive: true, force: true });
    }
  });
});
