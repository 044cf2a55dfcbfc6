import { type ChildProcess, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  cliEntry,
  isProcess,
  nodeExecutable,
  requireModel,
  testModels,
  tinyModel,
  writeSettings,
} from '../support/beckon-app.ts';
import { smallGguf } from '../support/gguf.ts';
import { answerLimitMs, endProgram, processTree, run, waitFor } from '../support/processes.ts';

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('beckon in the terminal', () => {
  let profile: string;
  const children: ChildProcess[] = [];

  beforeAll(() => {
    requireModel(tinyModel);
  });
  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-cli-'));
    writeSettings(profile, { modelId: tinyModel, firstRunDone: true, lingerSeconds: 0 });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await endProgram(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn(nodeExecutable, [cliEntry, ...args], {
      env: {
        ...process.env,
        BECKON_PROFILE: profile,
        BECKON_MODELS: testModels,
        LANG: 'C.UTF-8',
        DISPLAY: undefined,
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.push(child);
    return child;
  }

  async function beckon(
    args: readonly string[],
    options: { env?: NodeJS.ProcessEnv; input?: string } = {},
  ): Promise<Result> {
    const child = start(args, options.env);
    child.stdin?.end(options.input ?? '');
    return finish(child);
  }

  function finish(child: ChildProcess): Promise<Result> {
    let out = '';
    let err = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  }

  it('answers a question, streams it, stores it, and finds it again', async () => {
    const asked = await beckon(['ask', 'Say hello to the sea.']);
    expect(asked).toMatchObject({ code: 0, err: '' });
    expect(asked.out.trim().length).toBeGreaterThan(2);
    expect((await beckon(['history'])).out).toContain('Say hello to the sea.');
    expect((await beckon(['history', 'sea'])).out).toContain('sea');
  });

  it('takes a question from standard input, and words with a text', async () => {
    const piped = await beckon(['ask', '--json'], { input: 'Say hello.\n' });
    expect(JSON.parse(piped.out)).toMatchObject({
      ok: true,
      state: 'complete',
      receipt: { where: 'device', modelId: tinyModel },
    });
    await beckon(['ask', 'What is this about?'], { input: 'A text about the moon.' });
    expect((await beckon(['history'])).out).toContain('What is this about?');
    // The text goes along as one, and is stored whole beside the question.
    const database = new DatabaseSync(join(profile, 'beckon.db'), { readOnly: true });
    expect(database.prepare('SELECT kind, text FROM attachments').all()).toEqual([
      { kind: 'file', text: 'A text about the moon.' },
    ]);
    database.close();
  });

  it('says in a sentence and an exit code what went wrong, in both languages', async () => {
    const cases: [string[], NodeJS.ProcessEnv, number, RegExp][] = [
      [['ask', '--model', 'nothing', 'hi'], {}, 3, /no longer in the list|not.*list/i],
      [['ask', '--model', 'nothing', 'hi'], { LANG: 'zh_CN.UTF-8' }, 3, /\p{Script=Han}/u],
      [['ask'], {}, 1, /Type a question/],
      [['ask'], { LANG: 'zh_CN.UTF-8' }, 1, /\p{Script=Han}/u],
      [['dance'], {}, 2, /--help/],
      [['ask', '--loud', 'hi'], {}, 2, /--help/],
      [
        ['ask', 'hi'],
        { BECKON_PROFILE: undefined, XDG_CONFIG_HOME: undefined, HOME: '/nonexistent' },
        1,
        /no home folder.*BECKON_PROFILE/,
      ],
      [['ask', 'hi'], { BECKON_PROFILE: '/proc/none', LANG: 'zh_CN.UTF-8' }, 1, /\/proc\/none/],
      [['toggle'], {}, 1, /./],
    ];
    for (const [args, env, code, words] of cases) {
      const result = await beckon(args, { env });
      expect({ args, code: result.code }).toEqual({ args, code });
      expect(result.err).toMatch(words);
      expect(result.err).not.toMatch(/\n\s+at |Error:/);
    }
  });

  it('refuses a question of 10 MB with a sentence and keeps what was there', async () => {
    await beckon(['ask', 'Say hello.']);
    const { code, err } = await beckon(['ask'], { input: 'word '.repeat(2_000_000) });
    expect(code).toBe(1);
    expect(err).toMatch(/too long.*Shorten/);
    expect((await beckon(['history'])).out).toContain('Say hello.');
  });

  it('takes NUL bytes and broken characters and stores them as marks', async () => {
    const child = start(['ask', '--json']);
    child.stdin?.end(
      Buffer.concat([Buffer.from('Say hello\0 to '), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(' me.')]),
    );
    expect(JSON.parse((await finish(child)).out)).toMatchObject({ ok: true });
    expect((await beckon(['history'])).out).toContain('Say hello\ufffd to');
  });

  it('says of a bad model file what is wrong with it', async () => {
    const models = mkdtempSync(join(tmpdir(), 'beckon-bad-models-'));
    const add = (name: string, bytes: Buffer) => {
      writeFileSync(join(models, name), bytes);
      return beckon(['models', 'add', join(models, name)], { env: { BECKON_MODELS: models } });
    };
    const picture = await add('picture.gguf', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    expect(picture).toMatchObject({ code: 3 });
    expect(picture.err).toMatch(/not a model/);
    const cut = await add('cut.gguf', smallGguf().subarray(0, 300));
    expect(cut).toMatchObject({ code: 3 });
    expect(cut.err).toMatch(/cut|end|whole|incomplete/i);
    rmSync(models, { recursive: true, force: true });
  });

  it('works with a settings file of garbage, and sets it aside', async () => {
    writeFileSync(join(profile, 'settings.json'), '{"version": 1, "modelId": ');
    const { code, out } = await beckon(['ask', '--json', '--model', tinyModel, 'Say hello.']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true });
  });

  it('stops on Ctrl+C, says so, and keeps what was written', async () => {
    const child = start(['ask', 'Write a very long story about the sea.']);
    child.stdin?.end();
    const result = finish(child);
    let seen = '';
    child.stdout?.on('data', (text: string) => (seen += text));
    await waitFor('words appear', () => seen.length > 40, answerLimitMs);
    child.kill('SIGINT');
    const { code, out } = await result;
    expect(code).toBe(130);
    const chats = await beckon(['history', '--json']);
    expect(chats.out).toContain('very long story');
    expect(out.length).toBeGreaterThan(40);
  });

  it('gives the profile to one at a time, and to the other through its socket', async () => {
    const owner = start(['chat']);
    let said = '';
    owner.stdout?.on('data', (text: string) => (said += text));
    await waitFor('the first one owns the profile', () => existsSync(join(profile, 'core.lock')));
    await waitFor('it asks for a question', () => said.includes('/help'));
    const asked = await beckon(['ask', '--json', 'Say hello.']);
    expect(JSON.parse(asked.out)).toMatchObject({ ok: true });
    const engines = processTree(owner.pid ?? 0).filter(({ command }) => isProcess('engine', command));
    expect(engines.length).toBeGreaterThan(0);
  });

  it('makes a faster copy of a model, says so in its list, and answers with the copy', async () => {
    const models = mkdtempSync(join(tmpdir(), 'beckon-fast-models-'));
    const env = { BECKON_MODELS: models };
    const path = join(models, `${tinyModel}.gguf`);
    const aDay = new Date(2026, 0, 1);
    copyFileSync(requireModel(tinyModel), path);
    utimesSync(path, aDay, aDay);
    try {
      const made = await beckon(['models', 'faster', tinyModel], { env });
      expect(made).toMatchObject({
        code: 0,
        err: expect.stringContaining('The faster copy of SmolLM2 135M is ready.'),
      });
      expect((await beckon(['models'], { env })).out).toMatch(/SmolLM2 135M .*here, with a faster copy/);
      // Only the copy can answer when the model itself is no model any more, by its content if not by size and time.
      writeFileSync(path, Buffer.alloc(statSync(path).size));
      utimesSync(path, aDay, aDay);
      const answer = await beckon(['ask', 'Say hello.', '--json'], { env });
      expect(answer.code).toBe(0);
      expect(JSON.parse(answer.out)).toMatchObject({ answer: expect.stringMatching(/\w+/) });
      expect((await beckon(['models', 'faster', 'nothing'], { env })).code).toBe(3);
    } finally {
      rmSync(models, { recursive: true, force: true });
    }
  });

  it('lists models as JSON, and examines the machine with a cause and a step for what is not right', async () => {
    const models = JSON.parse((await beckon(['models', '--json'])).out) as { id: string; installed: boolean }[];
    expect(models.find(({ id }) => id === tinyModel)).toMatchObject({ installed: true });
    for (const LANG of ['C.UTF-8', 'zh_CN.UTF-8']) {
      const { out, code } = await beckon(['doctor'], { env: { LANG } });
      expect([0, 1]).toContain(code);
      expect(out.split('\n').length).toBeGreaterThan(7);
      if (LANG.startsWith('zh')) expect(out).toMatch(/\p{Script=Han}/u);
    }
  });

  it('says of each way to other applications how it did, and that there is none where there is no display', async () => {
    const { out } = await beckon(['doctor', '--capture']);
    expect(out).toContain('Selections cannot be read on this desktop');
  });

  it('says that the disk is full, keeps what is stored, and works again when there is room', async () => {
    const disk = join(profile, 'disk');
    mkdirSync(disk);
    // In a mount namespace of its own, so that nothing has to be unmounted whatever happens.
    const script = `
      mount -t tmpfs -o size=2m,mode=700 none '${disk}' && cp '${profile}/settings.json' '${disk}/' &&
      export BECKON_PROFILE='${disk}' && ask() { '${nodeExecutable}' '${cliEntry}' "$@"; }
      ask ask 'Say hello to the first.' </dev/null || exit 11
      dd if=/dev/zero of='${disk}/filler' bs=1k 2>/dev/null
      ask ask 'Say hello to the second.' </dev/null; echo "second $?"
      rm '${disk}/filler'
      ask ask 'Say hello to the third.' </dev/null || exit 12
      ask history </dev/null`;
    const env = { ...process.env, BECKON_MODELS: testModels, LANG: 'C.UTF-8', DISPLAY: undefined };
    const child = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script], { env });
    children.push(child);
    const { code, out, err } = await finish(child);
    expect({ code, err: err.slice(0, 400) }).toEqual({ code: 0, err: expect.stringMatching(/the disk is full/) });
    expect(out).toContain('second 1');
    expect(out).toContain('first');
    expect(out).toContain('third');
  });

  it('writes nothing of a question or an answer into its logs', async () => {
    await beckon(['ask', 'Say the word xylophone-quagga.']);
    const log = run('sh', ['-c', `cat '${profile}'/logs/* 2>/dev/null || true`]);
    expect(log).not.toContain('xylophone');
    expect(readFileSync(join(profile, 'beckon.db')).length).toBeGreaterThan(0);
  });
});
