import { describe, expect, it } from 'vitest';
import { GrowingMarkdown } from '../../../text/markdown/growing.ts';
import { parseMarkdown } from '../../../text/markdown/parse.ts';

describe('a text that grows', () => {
  it('keeps what is before a mark that just begins: the heading before a bold word was gone for good', () => {
    const text = '## Result\n\n**Note:** it is 100.\n\n- one\n\n**Two** and three';
    const growing = new GrowingMarkdown();
    for (let end = 1; end <= text.length; end += 1) {
      const kinds = growing.read(text.slice(0, end))?.map(({ kind }) => kind);
      if (end > 12) expect({ end, first: kinds?.[0] }).toEqual({ end, first: 'heading' });
    }
    expect(growing.read(text)).toEqual(parseMarkdown(text));
  });
});
