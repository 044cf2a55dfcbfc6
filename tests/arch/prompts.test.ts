import { describe, expect, it } from 'vitest';
import { toldBy } from './prompts.ts';
import { readSources } from './source-files.ts';

const files = [...readSources(['core', 'models', 'process', 'text', 'cli', 'main', 'preload']).values()].map(
  ({ path, text }) => ({ path, ...toldBy(path, text) }),
);
/** Sentences that are no model's orders. */
const noOrders = [
  // Compared with each other by an embedding model, which answers nothing.
  'core/grounding/calibration.ts',
  // Put through a chat template to see whether it works, and read by no model.
  'models/engine/template/answer-template.ts',
];

describe('what a model is told', () => {
  it('is made into messages in one place, and laid out for a protocol where that is spoken: a prompt made elsewhere passes what all prompts pass by', () => {
    const makers = files.filter(({ messages }) => messages > 0).map(({ path }) => path);
    expect(
      makers.filter((path) => !/^(core\/prompts|models\/openai-compatible|models\/providers)\//.test(path)),
    ).toEqual([]);
    expect(makers).toContain('core/prompts/chat-prompt.ts');
  });

  it('is data: a sentence in code is in one language, and is changed without anybody who looks for it', () => {
    const told = files.filter(({ path, sentences }) => sentences.length > 0 && !noOrders.includes(path));
    expect(told.map(({ path, sentences }) => `${path}: ${sentences.join(' | ')}`)).toEqual([]);
  });

  it('is seen in whatever way it is written', () => {
    const code = `
      const one = { role: 'system', text: 'You answer briefly and to the point.' };
      const two = (role, text) => [{ text, role }, { role, content: text }];
      const three = (instruction) => \`Note in one or two sentences what it says about this: \${instruction}\`;
      const four = { note: '请用一两句话记下其中与这项任务有关的内容：' };
      database.prepare('SELECT number FROM messages WHERE id = ? AND position > ?');
      throw new AppError('model/none', 'no model is loaded in this process.');
      const row = { id, role: 'user', text, state };`;
    const { messages, sentences } = toldBy('example.ts', code);
    expect(messages).toBe(3);
    expect(sentences.map((sentence) => sentence.slice(0, 6))).toEqual(['You an', 'Note i', '请用一两句话']);
  });
});
