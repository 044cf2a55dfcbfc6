import { copyFileSync, mkdtempSync, readFileSync, readlinkSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nearestByMeaning } from '../../core/grounding/by-meaning.ts';
import { GroundingIndex } from '../../core/grounding/ground.ts';
import { cosine } from '../../core/grounding/vectors.ts';
import { LocalEmbeddings } from '../../models/engine/local-embeddings.ts';
import { readModelHeader } from '../../models/gguf/read-header.ts';
import { nodeExecutable, requireModel, tinyModel } from '../support/beckon-app.ts';
import { engineEntry, testEmbeddingFile, testEmbeddingModel } from '../support/embedding-model.ts';
import { waitFor } from '../support/processes.ts';

describe('a real embedding model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-embeddings-'));
  const never = new AbortController().signal;
  let path: string;
  let embeddings: LocalEmbeddings;

  beforeAll(() => {
    path = requireModel(testEmbeddingModel);
  });
  afterEach(() => embeddings?.dispose());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function create(idleMs = 60_000): LocalEmbeddings {
    embeddings = new LocalEmbeddings({ node: nodeExecutable, entry: engineEntry, idleMs, log: () => {} });
    return embeddings;
  }
  const embed = (texts: readonly string[], signal = never) => embeddings.embed(testEmbeddingFile(path), texts, signal);

  it('is told from a chat model by its header', async () => {
    expect(await readModelHeader(path)).toMatchObject({ architecture: 'bert', purpose: 'embedding' });
    expect((await readModelHeader(requireModel(tinyModel))).purpose).toBe('chat');
  });

  it('finds alike what means alike, in both languages and across them', async () => {
    create();
    const [night, boats, hotel, chinese] = await embed([
      'The ferry stops running at night from November.',
      'Night boats are cancelled starting in November.',
      'A hotel will open beside the river.',
      '夜班渡轮从十一月起停运。',
    ]);
    if (!night || !boats || !hotel || !chinese) throw new Error('a vector is missing');
    expect(night).toHaveLength(384);
    expect(cosine(night, night)).toBeCloseTo(1, 4);
    expect(cosine(night, boats)).toBeGreaterThan(cosine(night, hotel) + 0.05);
    expect(cosine(night, chinese)).toBeGreaterThan(cosine(hotel, chinese));
  });

  it('takes a text that is empty, one longer than its window, and one with half a character', async () => {
    create();
    const vectors = await embed(['', '词 word '.repeat(4000), '\ud83d']);
    expect(vectors.map(({ length }) => length)).toEqual([384, 384, 384]);
    for (const value of vectors.flatMap((vector) => [...vector])) expect(Number.isFinite(value)).toBe(true);
  });

  it('runs without a network, below the priority of what the person looks at', async () => {
    create();
    await embed(['Hello.']);
    const { processId } = embeddings;
    expect(readlinkSync(`/proc/${processId}/ns/net`)).not.toBe(readlinkSync('/proc/self/ns/net'));
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    expect(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]).toBe('10');
  });

  it('stops between two texts when it is no longer wanted, and is free for the next', async () => {
    create();
    await embed(['Hello.']);
    const stop = new AbortController();
    const texts = Array.from({ length: 250 }, (_, at) => `${at}: the keeper looked out over the water. `.repeat(30));
    const startedAt = performance.now();
    const asked = embed(texts, stop.signal);
    setTimeout(() => stop.abort(), 200);
    await expect(asked).rejects.toThrow();
    expect(await embed(['Hello.'])).toHaveLength(1);
    expect(performance.now() - startedAt).toBeLessThan(8000);
  });

  it('that dies rejects, and is started again for the next', async () => {
    create();
    await embed(['Hello.']);
    const asked = embed(Array.from({ length: 250 }, (_, at) => `${at}: the keeper looked out. `.repeat(30)));
    process.kill(embeddings.processId ?? 0, 'SIGKILL');
    await expect(asked).rejects.toThrow();
    expect(await embed(['Hello.'])).toHaveLength(1);
  });

  it('leaves memory soon after its last work', async () => {
    create(300);
    await embed(['Hello.']);
    expect(embeddings.processId).not.toBeNull();
    await waitFor('the process ends', () => embeddings.processId === null);
    expect(await embed(['Hello.'])).toHaveLength(1);
  });

  it('whose file is cut is refused by name, and so is one that is not there', async () => {
    create();
    const cut = join(folder, 'cut.gguf');
    copyFileSync(path, cut);
    truncateSync(cut, 40_000_000);
    const at = (file: string) => embeddings.embed({ ...testEmbeddingFile(file), id: file }, ['Hello.'], never);
    await expect(at(cut)).rejects.toMatchObject({ code: 'model/cut' });
    await expect(at(join(folder, 'none.gguf'))).rejects.toMatchObject({ code: 'model/file-missing' });
    expect(await embed(['Hello.'])).toHaveLength(1);
  });

  it('chooses the passage that says it in other words, and takes no mark away', async () => {
    create();
    const text = '刘洋汇报，测试发现了46个问题。设计师陈静完成了首页的新图，大家认为颜色偏暗，请她下周一前再改一版。';
    const index = await GroundingIndex.of([{ text, positions: null }], 'zh-CN');
    const answer = '陈静需要在下周一前修改首页的图。刘洋说测试发现了64个毛病。';
    const byMeaning = await nearestByMeaning(index, answer, 'zh-CN', (texts) => embed(texts));
    expect(byMeaning?.[0]?.nearest?.text).toMatch(/^设计师陈静/);
    const marks = byMeaning?.flatMap(({ nowhere }) => nowhere.map(({ start, end }) => answer.slice(start, end)));
    expect(marks).toEqual(['64']);
  });
});
