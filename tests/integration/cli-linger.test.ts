import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeProfile } from '../../core/open-core.ts';
import { openFolders } from '../../core/profile/folders.ts';
import { checkout, nodeExecutable, requireModel, testModels, tinyModel, writeSettings } from '../support/beckon-app.ts';
import { endProgram, isAlive, listProcesses, processTree, waitFor } from '../support/processes.ts';

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const limitMs = 240_000;

describe('a model that answered a command', () => {
  let profile: string;
  let other: string;
  const children: ChildProcess[] = [];

  beforeAll(() => {
    requireModel(tinyModel);
    // The same Beckon as another version of it.
    other = mkdtempSync(join(tmpdir(), 'beckon-other-'));
    const folders = ['contract', 'text', 'wire', 'process', 'models', 'desktop', 'documents', 'core', 'cli', 'locales'];
    for (const folder of folders) cpSync(join(checkout, folder), join(other, folder), { recursive: true });
    const { version: _, ...rest } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as object & {
      version: string;
    };
    writeFileSync(join(other, 'package.json'), JSON.stringify({ ...rest, version: '99.0.0' }));
    symlinkSync(join(checkout, 'node_modules'), join(other, 'node_modules'));
  });
  afterAll(() => rmSync(other, { recursive: true, force: true }));

  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-linger-'));
    settle({});
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await endProgram(child);
    for (const pid of cores()) process.kill(pid, 'SIGTERM');
    await waitFor('no core is left', () => cores().length === 0, 20_000);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  function settle(settings: Readonly<Record<string, unknown>>): void {
    writeSettings(profile, { modelId: tinyModel, firstRunDone: true, lingerSeconds: 600, ...settings });
  }

  /** Cores of this profile, whatever version they are. */
  function cores(): readonly number[] {
    return listProcesses()
      .filter(({ command }) => / core$/.test(command) && command.includes('/cli/index.ts'))
      .filter(({ pid }) => environmentOf(pid).includes(`BECKON_PROFILE=${profile}`))
      .map(({ pid }) => pid);
  }

  function environmentOf(pid: number): readonly string[] {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    } catch {
      return [];
    }
  }

  function engineOf(core: number): number | undefined {
    return processTree(core).find(({ command }) => command.includes('engine/entry.ts'))?.pid;
  }

  function events(name: string): readonly Record<string, unknown>[] {
    const log = join(profile, 'logs', 'core.log');
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ event }) => event === name);
  }

  function environment(extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const { DISPLAY: _, ...env } = process.env;
    return { ...env, BECKON_PROFILE: profile, BECKON_MODELS: testModels, LANG: 'C.UTF-8', ...extra };
  }

  function start(args: readonly string[], extra: NodeJS.ProcessEnv = {}, from = checkout): ChildProcess {
    const child = spawn(nodeExecutable, [join(from, 'cli', 'index.ts'), ...args], {
      env: environment(extra),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.push(child);
    return child;
  }

  function beckon(args: readonly string[], extra: NodeJS.ProcessEnv = {}, from = checkout): Promise<Result> {
    const child = start(args, extra, from);
    child.stdin?.end();
    return finish(child);
  }

  function finish(child: ChildProcess): Promise<Result> {
    let [out, err] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  }

  /** Asked on a terminal of its own, which closes when the answer is there. */
  async function askOnTerminal(question: string): Promise<void> {
    const command = `'${nodeExecutable}' '${join(checkout, 'cli', 'index.ts')}' ask '${question}'`;
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: environment({}),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    expect((await finish(child)).code).toBe(0);
  }

  it(
    'is there for the next: a loop over five files loads it once, also when the terminal of the first is closed',
    async () => {
      await askOnTerminal('Say hello.');
      const [core = 0, ...more] = cores();
      expect({ core: core > 0, more }).toEqual({ core: true, more: [] });
      // In a session of its own: no terminal can end it.
      expect(readFileSync(`/proc/${core}/stat`, 'utf8').split(') ')[1]?.split(' ')[3]).toBe(String(core));
      const engine = engineOf(core);
      for (let at = 0; at < 5; at += 1) {
        writeFileSync(join(profile, `note-${at}.txt`), `Note ${at}: the sea is blue.`);
        const { code, out } = await beckon(['ask', '--json', '--file', join(profile, `note-${at}.txt`), 'Say yes.']);
        expect({ code, ok: (JSON.parse(out) as { ok: boolean }).ok }).toEqual({ code: 0, ok: true });
      }
      expect(cores()).toEqual([core]);
      expect(engineOf(core)).toBe(engine);
      expect(events('core-started')).toHaveLength(1);
      expect(events('model-loading')).toHaveLength(1);
      expect((await beckon(['doctor'])).out).toMatch(/SmolLM2 135M is in memory and stays for 600 s .*beckon stop/);
      expect((await beckon(['stop'])).out).toBe('SmolLM2 135M is out of memory.\n');
      await waitFor('core and engine have ended', () => !isAlive(core) && !isAlive(engine ?? 0));
      expect(readdirSync(profile).filter((name) => /sock|token/.test(name))).toEqual([]);
      expect((await beckon(['stop'])).out).toBe('Nothing was kept in memory.\n');
    },
    limitMs,
  );

  it(
    'answers two at once, is gone with its engine after kill -9, and the next command starts another',
    async () => {
      await beckon(['ask', 'Say hello.']);
      const [core = 0] = cores();
      const engine = engineOf(core) ?? 0;
      const both = await Promise.all([beckon(['ask', '--json', 'Say one.']), beckon(['ask', '--json', 'Say two.'])]);
      expect(both.map(({ code }) => code)).toEqual([0, 0]);
      expect({ cores: cores(), loads: events('model-loading').length }).toEqual({ cores: [core], loads: 1 });
      process.kill(core, 'SIGKILL');
      await waitFor('the engine has ended', () => !isAlive(engine), 20_000);
      const again = await beckon(['ask', '--json', 'Say three.']);
      expect(again.code).toBe(0);
      expect(events('model-loading')).toHaveLength(2);
    },
    limitMs,
  );

  it(
    'leaves no process, socket or token after its time, and none where its profile is removed',
    async () => {
      settle({ lingerSeconds: 2 });
      await beckon(['ask', 'Say hello.']);
      await waitFor('its time is over', () => cores().length === 0, 30_000);
      expect(readdirSync(profile).filter((name) => /sock|token/.test(name))).toEqual([]);
      settle({ lingerSeconds: 600 });
      await beckon(['ask', 'Say hello.']);
      const [core = 0] = cores();
      rmSync(profile, { recursive: true, force: true });
      await waitFor('nobody is waited for', () => !isAlive(core), 30_000);
    },
    limitMs,
  );

  it(
    'gives way: to the app, to another environment, to another version, and takes the settings as they are now',
    async () => {
      await beckon(['ask', 'Say hello.']);
      const [first = 0] = cores();
      // A key that was set since would go unused.
      expect((await beckon(['history'], { BECKON_KEY_NEW: 'k' })).code).toBe(0);
      await waitFor('the first has ended', () => !isAlive(first));
      expect(events('made-room').at(-1)).toMatchObject({ why: 'environment' });
      await beckon(['ask', 'Say hello.']);
      const newer = await beckon(['history'], {}, other);
      expect({ code: newer.code, why: events('made-room').at(-1)?.['why'] }).toEqual({ code: 0, why: 'version' });
      await beckon(['ask', 'Say hello.']);
      settle({ lingerSeconds: 600, language: 'zh-CN', modelFiles: ['/nonexistent/own.gguf'] });
      expect((await beckon(['models', '--json'])).out).toContain('own');
      const [last = 0] = cores();
      const engine = engineOf(last) ?? 0;
      const owner = await takeProfile(openFolders({ BECKON_PROFILE: profile, HOME: tmpdir() }));
      await waitFor('core and engine have ended', () => !isAlive(last) && !isAlive(engine), 20_000);
      owner.dispose();
    },
    limitMs,
  );

  it(
    'is refused to another version in a sentence while somebody else uses it: nothing of theirs is broken off',
    async () => {
      const chat = start(['chat']);
      let said = '';
      chat.stdout?.on('data', (text: string) => (said += text));
      await waitFor('it asks for a question', () => said.includes('/help'), 60_000);
      const newer = await beckon(['history'], {}, other);
      expect(newer).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/is version \d.*this command is 99\.0\.0/),
      });
      const asJson = await beckon(['history', '--json'], {}, other);
      expect(JSON.parse(asJson.out)).toMatchObject({
        ok: false,
        error: { code: 'app/other-version', sentence: newer.err.trim() },
      });
      expect(chat.exitCode).toBeNull();
      expect((await beckon(['stop'])).out).toMatch(/Other commands are at work/);
      chat.stdin?.end('/quit\n');
      expect((await finish(chat)).code).toBe(0);
      await waitFor('nothing stays', () => cores().length === 0, 30_000);
    },
    limitMs,
  );
});
