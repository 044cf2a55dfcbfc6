import { beforeEach, describe, expect, it } from 'vitest';
import type { RunPart } from '../../../contract/run.ts';
import { Audience } from '../../../core/answers/audience.ts';
import { GrowingText } from '../../../core/answers/growing-text.ts';

const end = { type: 'run-finished', state: 'complete', error: null, receipt: null, canGoOn: false } as const;

describe('a window that an answer is shown in', () => {
  let text: GrowingText;
  let audience: Audience;

  beforeEach(() => {
    text = new GrowingText(null);
    audience = new Audience({ conversationId: 'c', questionId: 'q', answerId: 'a' }, text);
  });

  function write(more: string): void {
    audience.tellText({ type: 'text-delta', text: text.write(more) });
  }

  async function read(signal = new AbortController().signal): Promise<readonly RunPart[]> {
    const parts: RunPart[] = [];
    for await (const part of audience.attach(signal)) parts.push(part);
    return parts;
  }

  const textOf = (parts: readonly RunPart[]) =>
    parts.map((part) => (part.type === 'run-caught-up' || part.type === 'text-delta' ? part.text : '')).join('');

  it('gets every word once, whenever it comes and begins to read', async () => {
    write('One ');
    // What is written between asking for the parts and reading the first of them would be lost, or come twice.
    const late = audience.attach(new AbortController().signal);
    write('two ');
    const parts: RunPart[] = [];
    const reading = (async () => {
      for await (const part of late) parts.push(part);
    })();
    write('three.');
    audience.end(end);
    await reading;
    expect(textOf(parts)).toBe('One two three.');
    expect(parts.at(-1)).toEqual(end);
  });

  it('that comes after the end gets all of it and the end', async () => {
    write('One.');
    audience.end(end);
    const parts = await read();
    expect(parts.map(({ type }) => type)).toEqual(['run-caught-up', 'run-finished']);
    expect(textOf(parts)).toBe('One.');
  });

  it('is told to begin anew where all so far was thought, and once what is done', async () => {
    const reading = read();
    write('Hm.');
    text.takeBack();
    audience.startOver();
    write('Rain.');
    write(' And wind.');
    audience.end(end);
    const types = (await reading).map((part) => (part.type === 'phase-changed' ? part.phase : part.type));
    expect(types).toEqual([
      'run-caught-up',
      'writing',
      'text-delta',
      'run-caught-up',
      'writing',
      'text-delta',
      end.type,
    ]);
  });
});
