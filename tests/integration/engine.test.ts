import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ModelPart, mostAtOnce, mostInList, type PromptMessage } from '../../contract/engine.ts';
import { LocalModels } from '../../models/engine/local-models.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { checkout, nodeExecutable, requireModel, tinyModel } from '../support/beckon-app.ts';
import { collect, input } from '../support/language-model-suite.ts';
import { endProgram, isAlive, processorMs, processTree, waitFor } from '../support/processes.ts';

const entry = join(checkout, 'models', 'engine', 'entry.ts');

describe('the engine process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-engine-'));
  let path: string;
  let models: LocalModels;

  beforeAll(() => {
    path = requireModel(tinyModel);
  });
  afterEach(() => models?.dispose());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function create(file = path, cacheBytesPerToken: number | null = null): LanguageModel {
    models = new LocalModels({ node: nodeExecutable, entry, idleMinutes: () => 0, log: () => {} });
    return models.model({ id: 'tiny', name: 'Tiny', path: file, cacheBytesPerToken, thinking: 'none' });
  }

  const kill = () => process.kill(models.processId ?? 0, 'SIGKILL');
  const long = (maxTokens = 200) => input('Write a long story about the sea.', { maxTokens });

  it('that is killed in the middle of an answer leaves what was written and a named error, and works again', async () => {
    const model = create();
    let killed = false;
    const { text, last } = await collect(model, long(), {
      onText: (soFar) => {
        if (killed || soFar.length < 30) return;
        killed = true;
        kill();
      },
    });
    expect(last).toMatchObject({ type: 'failure', error: { code: 'model/crashed' } });
    expect(text.length).toBeGreaterThanOrEqual(30);
    expect((await collect(model, input('Hello.'))).last?.type).toBe('finish');
  });

  it('that keeps dying is not started again by itself, but when the person asks', async () => {
    const model = create();
    for (let death = 0; death < 3; death += 1) {
      await model.warm();
      kill();
      await waitFor('its death is seen', () => models.processId === null);
    }
    expect((await collect(model, input('Hello.'))).last).toMatchObject({
      error: { code: 'model/keeps-crashing', values: { times: 3 } },
    });
    models.forgive();
    expect((await collect(model, input('Hello.'))).last?.type).toBe('finish');
  });

  it('stops in the middle of a long prompt and is free for the next question', async () => {
    const model = create();
    const stop = new AbortController();
    const prompt = input('The keeper looked out over the water. '.repeat(400));
    const seen: string[] = [];
    for await (const part of model.generate(prompt, stop.signal)) {
      seen.push(part.type);
      if (part.type === 'prompt-progress' && part.done > 0) stop.abort();
    }
    expect(seen.at(-1)).toBe('aborted');
    expect(seen).not.toContain('text-delta');
    expect((await collect(model, input('Hello.'))).last?.type).toBe('finish');
  });

  it('stops soon after many parts of a text were asked for, and is free for the next question', async () => {
    const model = create();
    await model.warm();
    const stop = new AbortController();
    const inputs = Array.from({ length: mostInList }, () => input('x'.repeat(6000), { maxTokens: 100 }));
    setTimeout(() => stop.abort(), 1000);
    for await (const { part } of model.generateEach(inputs, stop.signal)) if (part.type === 'finish') stop.abort();
    // By the time of the processor: beside other work the same takes longer by the clock.
    const engine = models.processId ?? 0;
    const begun = processorMs(engine);
    expect((await collect(model, input('Hello.', { maxTokens: 4 }))).last?.type).toBe('finish');
    expect(processorMs(engine) - begun).toBeLessThan(2500 * availableParallelism());
  });

  it('that is stopped just after a part of a list has ended does not say that the list has', async () => {
    const stop = new AbortController();
    // The second takes long enough to begin.
    const inputs = ['sea. ', 'sky. '.repeat(1500)].map((text) => input(`Write about the ${text}`, { maxTokens: 8 }));
    const seen: string[] = [];
    for await (const { part } of create().generateEach(inputs, stop.signal)) {
      seen.push(part.type);
      if (part.type === 'finish') stop.abort();
    }
    expect(seen.filter((type) => type === 'finish')).toHaveLength(1);
    expect(seen.at(-1)).toBe('aborted');
  });

  it('goes through a long list, lets another question in between, and gives every answer whole', async () => {
    const model = create();
    const inputs = Array.from({ length: 20 }, (_, number) =>
      input(`Write a sentence about the number ${number}.`, { maxTokens: 8 + 4 * (number % 5) }),
    );
    const ended: number[] = [];
    const texts = inputs.map(() => '');
    let endedBefore = Number.NaN;
    let other: Promise<unknown> | null = null;
    for await (const { index, part } of model.generateEach(inputs, new AbortController().signal)) {
      if (part.type === 'text-delta') texts[index] += part.text;
      if (part.type === 'finish') ended.push(index);
      other ??= collect(model, input('Hello.')).then(({ last }) => {
        endedBefore = ended.length;
        expect(last?.type).toBe('finish');
      });
    }
    await other;
    expect([...ended].sort((a, b) => a - b)).toEqual(inputs.map((_, index) => index));
    for (const text of texts) expect(text.length).toBeGreaterThan(5);
    expect(endedBefore).toBeLessThan(inputs.length);
  });

  it('ends a list with the model that began it before another one is loaded, also one that does not fit', async () => {
    const model = create();
    const other = join(folder, 'other.gguf');
    symlinkSync(path, other);
    const file = { id: 'other', name: 'Other', path: other, thinking: 'none' } as const;
    const fits = models.model({ ...file, cacheBytesPerToken: null });
    const large = models.model({ ...file, cacheBytesPerToken: 10 ** 9 });
    // More than are written at once.
    const inputs = Array.from({ length: mostAtOnce + 2 }, (_, number) => input(`Say ${number}.`, { maxTokens: 8 }));
    let ended = 0;
    let endedBefore = 0;
    let warmed: Promise<void> | null = null;
    let asked: Promise<unknown> | null = null;
    let last: ModelPart | null = null;
    for await (const { part } of model.generateEach(inputs, new AbortController().signal)) {
      last = part;
      if (part.type === 'finish') ended += 1;
      warmed ??= large.warm();
      asked ??= collect(fits, input('Hello.')).then((answer) => {
        endedBefore = ended;
        expect(answer.last?.type).toBe('finish');
        expect(answer.parts[0]?.type).toBe('queue-position');
      });
    }
    expect(last).toMatchObject({ type: 'finish' });
    await Promise.all([warmed, asked]);
    expect([ended, endedBefore]).toEqual([inputs.length, inputs.length]);
  });

  it('continues a conversation from what it has read already', async () => {
    const model = create();
    const question: PromptMessage = {
      role: 'user',
      text: `${'Water, water everywhere. '.repeat(60)} What is this about?`,
    };
    const first = await collect(model, input([question]));
    const more = [
      question,
      { role: 'assistant' as const, text: first.text },
      { role: 'user' as const, text: 'Say it shorter.' },
    ];
    const { last } = await collect(model, input(more));
    expect(last?.type === 'finish' ? last.usage.cachedTokens : 0).toBeGreaterThan(200);
  });

  it('leaves out the oldest messages of a chat that no longer fits, and says how many', async () => {
    // A made-up size of the cache leaves room for 1,024 tokens, so that the test need not fill 8,192.
    const model = create(path, Math.floor(((freemem() - 500 * 1024 * 1024) * 0.75) / 1024));
    const messages: PromptMessage[] = Array.from({ length: 41 }, (_, index) => ({
      role: index % 2 === 0 ? 'user' : 'assistant',
      text: 'A sentence of some words that goes on for a while. '.repeat(4),
    }));
    const { parts, last } = await collect(
      model,
      input([...messages.slice(0, 40), { role: 'user', text: 'Say hello.' }], { maxTokens: 8 }),
    );
    expect(parts).toContainEqual({ type: 'messages-dropped', count: expect.any(Number) });
    expect(last?.type === 'finish' ? last.usage.droppedMessages : 0).toBeGreaterThan(0);
  });

  it('says that a question alone is too long, at once', async () => {
    const { last } = await collect(create(), input('word '.repeat(400_000)));
    expect(last).toMatchObject({ type: 'failure', error: { code: 'model/context-full', action: 'shorten' } });
  });

  it('refuses a cut model, a picture with a model name and a missing file, each by name, and lives on', async () => {
    const cut = join(folder, 'cut.gguf');
    copyFileSync(path, cut);
    truncateSync(cut, 40_000_000);
    const picture = join(folder, 'picture.gguf');
    writeFileSync(picture, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    create();
    for (const [file, code] of [
      [cut, 'model/cut'],
      [picture, 'model/not-a-model'],
      [join(folder, 'none.gguf'), 'model/file-missing'],
    ] as const) {
      const model = models.model({ id: file, name: 'Bad', path: file, cacheBytesPerToken: null, thinking: 'none' });
      expect((await collect(model, input('Hello.'))).last).toMatchObject({ type: 'failure', error: { code } });
    }
    const good = models.model({ id: 'good', name: 'Good', path, cacheBytesPerToken: null, thinking: 'none' });
    expect((await collect(good, input('Hello.'))).last?.type).toBe('finish');
  });

  it('refuses a model that needs more memory than there is, and says how much', async () => {
    const { last } = await collect(create(path, 10 ** 9), input('Hello.'));
    expect(last).toMatchObject({ type: 'failure', error: { code: 'model/too-large-for-memory' } });
    if (last?.type === 'failure') expect(last.error.values?.['needBytes']).toBeGreaterThan(10 ** 12);
  });

  it('has no way to the network where the system allows that', async () => {
    await create().warm();
    expect(models.state.value.networkOff).toBe(true);
    const space = (pid: number | 'self') => readlinkSync(`/proc/${pid}/ns/net`);
    expect(space(models.processId ?? 0)).not.toBe(space('self'));
    const devices = readFileSync(`/proc/${models.processId}/net/dev`, 'utf8').match(/^\s*[^\s:|]+(?=:)/gm) ?? [];
    expect(devices.map((name) => name.trim())).toEqual(['lo']);
  });

  it('ends within two seconds of the process that started it, however that died', async () => {
    const script = `
      const { LocalModels } = await import(${JSON.stringify(join(checkout, 'models', 'engine', 'local-models.ts'))});
      const models = new LocalModels({ node: process.execPath, entry: ${JSON.stringify(entry)}, idleMinutes: () => 0, log: () => {} });
      await models.model({ id: 't', name: 'T', path: ${JSON.stringify(path)}, cacheBytesPerToken: null, thinking: 'none' }).warm();
      process.stdout.write('ready');
      setInterval(() => {}, 1000);`;
    const parent = spawn(nodeExecutable, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => parent.stdout?.once('data', resolve));
    const pids = processTree(parent.pid ?? 0).map(({ pid }) => pid);
    expect(pids.length).toBeGreaterThan(1);
    parent.kill('SIGKILL');
    await waitFor('nothing is left', () => pids.every((pid) => !isAlive(pid)), 2000);
    await endProgram(parent);
  });
});
