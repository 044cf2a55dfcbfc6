import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  checkout,
  cliEntry,
  electronExecutable,
  nodeExecutable,
  readAnswer,
  readySettings,
  requireModel,
  smallModel,
  testModels,
  tinyModel,
  writeSettings,
} from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { answerLimitMs, endProgram, processTree, waitFor } from '../support/processes.ts';

/** A program in a network namespace with no route at all, with every connect of it and its children written down. */
class Isolated {
  readonly process: ChildProcess;
  readonly #traces: string;

  constructor(folder: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.#traces = join(folder, 'traces');
    mkdirSync(this.#traces, { recursive: true });
    // The kernel filters the calls: all others run at full speed.
    const trace = ['-ff', '--seccomp-bpf', '-qq', '-e', 'trace=connect', '-o', join(this.#traces, 'trace')];
    this.process = spawn(
      'unshare',
      ['--user', '--map-root-user', '--net', '--', 'strace', ...trace, command, ...args],
      {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
  }

  /** Connects to an internet address outside this machine. */
  outside(): readonly string[] {
    return readdirSync(this.#traces)
      .flatMap((name) => readFileSync(join(this.#traces, name), 'utf8').split('\n'))
      .filter((line) => /connect\(.*AF_INET6?/.test(line) && !/inet_addr\("127\.|"::1"/.test(line));
  }

  /** All connects, of any kind: proof that something was watched. */
  all(): number {
    return readdirSync(this.#traces)
      .flatMap((name) => readFileSync(join(this.#traces, name), 'utf8').split('\n'))
      .filter((line) => line.includes('connect(')).length;
  }

  text(): Promise<string> {
    const pieces: string[] = [];
    this.process.stdout?.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
    return new Promise((resolve) => this.process.once('close', () => resolve(pieces.join(''))));
  }

  async end(): Promise<void> {
    const pids = processTree(this.process.pid ?? 0)
      .map(({ pid }) => pid)
      .reverse();
    for (const pid of pids) if (pid !== this.process.pid) process.kill(pid, 'SIGTERM');
    await endProgram(this.process, 4000);
  }
}

describe('with no network at all', () => {
  const folders: string[] = [];
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'beckon-offline-'));
    folders.push(folder);
    return folder;
  };

  afterEach(() => {
    for (const folder of folders.splice(0))
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it('the check sees a connect that is made on purpose', async () => {
    const code = "require('node:net').connect(80, '192.0.2.1').on('error', () => {})";
    const probe = new Isolated(newFolder(), nodeExecutable, ['-e', code], process.env);
    await probe.text();
    expect(probe.outside()).toEqual([expect.stringContaining('192.0.2.1')]);
  });

  it('the whole app answers and connects to nothing outside this machine', async () => {
    requireModel(smallModel);
    const folder = newFolder();
    const display = await TestDisplay.start();
    const profile = join(folder, 'profile');
    writeSettings(profile, readySettings);
    const env = { ...display.env, BECKON_PROFILE: profile, BECKON_MODELS: testModels, BECKON_NODE: nodeExecutable };
    // The namespace's user is root inside, where Chromium cannot have its own sandbox.
    const app = new Isolated(folder, electronExecutable(), ['--no-sandbox', checkout], env);
    try {
      await display.openTerminal();
      await waitFor(
        'the overlay answers the hotkey',
        async () => {
          // Pressed again at once, the key would hide what the first press brings.
          const isShown = () => display.visibleTitles().includes('Beckon');
          if (!isShown()) display.press('ctrl+shift+space');
          return waitFor('it is shown', isShown, 1500).catch(() => false);
        },
        60_000,
      );
      await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
      display.type('What is the capital of France? Answer with one word.');
      display.press('Return');
      const answer = await waitFor('an answer is stored', () => readAnswer(join(profile, 'beckon.db')), answerLimitMs);
      expect(answer).toMatch(/Paris/i);
      expect(app.all()).toBeGreaterThan(3);
      expect(app.outside()).toEqual([]);
    } finally {
      await app.end();
      await display.stop();
    }
  });

  it('beckon ask answers and connects to nothing outside this machine', async () => {
    requireModel(tinyModel);
    const folder = newFolder();
    // What is watched ends with the command.
    writeSettings(join(folder, 'profile'), { firstRunDone: true, lingerSeconds: 0 });
    const env = {
      ...process.env,
      BECKON_PROFILE: join(folder, 'profile'),
      BECKON_MODELS: testModels,
      DISPLAY: undefined,
    };
    const ask = new Isolated(
      folder,
      nodeExecutable,
      [cliEntry, 'ask', '--json', '--model', tinyModel, 'Say hello.'],
      env,
    );
    const answer = JSON.parse(await ask.text());
    expect(answer).toMatchObject({ ok: true, receipt: { where: 'device' } });
    expect(answer.answer.length).toBeGreaterThan(2);
    expect(ask.outside()).toEqual([]);
  });
});
