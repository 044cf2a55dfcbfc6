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

  // The columns of a table jumped with every cell that came, and a formula that had just begun was a lone sign in it.
  it('shows a row of a table once it has as many cells as the head, and the whole table at its end', () => {
    const text =
      'So:\n\n| Sort | Mean | Worst |\n|---|---|---|\n| Quick \\| fast | $O(n)$ | $O(n^2)$ |\n| Merge | $O(n)$ | $O(n)$ |';
    const growing = new GrowingMarkdown();
    const counts = new Set<number>();
    for (let end = 1; end <= text.length; end += 1) {
      const table = growing.read(text.slice(0, end))?.find(({ kind }) => kind === 'table');
      if (table?.kind !== 'table') continue;
      for (const row of table.rows) {
        counts.add(row.length);
        const words = row.flat().flatMap((part) => (part.kind === 'text' ? [part.text] : []));
        expect(words.join(''), text.slice(0, end)).not.toContain('$');
        expect(
          row.every((cell) => cell.length > 0),
          text.slice(0, end),
        ).toBe(true);
      }
    }
    expect([...counts]).toEqual([3]);
    expect(growing.read(text)).toEqual(parseMarkdown(text));
  });
});
