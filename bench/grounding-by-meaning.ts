import { type Embed, nearestByMeaning } from '../core/grounding/by-meaning.ts';
import { GroundingIndex } from '../core/grounding/ground.ts';
import { VectorCache } from '../core/grounding/vector-cache.ts';
import { LocalEmbeddings } from '../models/engine/local-embeddings.ts';
import { nodeExecutable, requireModel } from '../tests/support/beckon-app.ts';
import { engineEntry, testEmbeddingFile, testEmbeddingModel } from '../tests/support/embedding-model.ts';
import { type CorpusParaphrases, type CorpusText, goal, readCorpus } from './grounding-corpus.ts';
import { judge, type Measured } from './results.ts';
import { longText } from './tools/long-text.ts';

/** What choosing passages by meaning costs: whether they are the nearest is told to nobody, so it is not measured. */
export async function measureByMeaning(texts: readonly CorpusText[]): Promise<readonly Measured[]> {
  const path = requireModel(testEmbeddingModel);
  const embeddings = new LocalEmbeddings({ node: nodeExecutable, entry: engineEntry, idleMs: 60_000, log: () => {} });
  const embed: Embed = (some) =>
    embeddings.embed(
      testEmbeddingFile(path),
      some.map((text) => text.normalize('NFKC')),
      AbortSignal.timeout(120_000),
    );
  try {
    await embed(['ready']);
    return await times(texts, embed);
  } finally {
    embeddings.dispose();
  }
}

/** Nothing is known from before: each time all sentences that are needed are read anew. */
async function times(texts: readonly CorpusText[], embed: Embed): Promise<readonly Measured[]> {
  const measure = async (text: string, language: 'en' | 'zh-CN', answer: readonly string[]) => {
    const startedAt = performance.now();
    const index = await GroundingIndex.of([{ text, positions: null }], language);
    await nearestByMeaning(index, answer.join('\n'), language, new VectorCache().through('time', embed));
    return (performance.now() - startedAt) / answer.length;
  };
  const short: number[] = [];
  for (const entry of readCorpus<CorpusParaphrases>('paraphrases')) {
    const source = texts.find(({ id }) => id === entry.id);
    // What a summary is made of: mostly sentences that words settle.
    if (source !== undefined)
      short.push(
        await measure(source.text, source.language, [
          ...source.true.map(({ text }) => text),
          ...entry.true.slice(0, 2),
        ]),
      );
  }
  const long: number[] = [];
  const text = longText(60_000, 1);
  const answer = [
    'Someone in charge of the docks mended the machine.',
    'An instructor let two notes go for money.',
    'The clerk walked home.',
  ];
  for (let run = 0; run < 5; run += 1) long.push(await measure(text, 'en', answer));
  const figure = (name: string, values: readonly number[]) =>
    judge(goal('G11', name, 'at-most', 150, 'ms'), { values, floors: [0], subject: process.version });
  return [
    figure('with meanings: a sentence of a summary of a short text, nothing known from before', short),
    figure('with meanings: a sentence of a summary of 60,000 words, nothing known from before', long),
  ];
}
