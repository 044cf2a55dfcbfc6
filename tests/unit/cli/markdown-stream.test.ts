import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../cli/drawing/cells.ts';
import { type Line, textOf } from '../../../cli/drawing/pieces.ts';
import { drawBlock } from '../../../cli/markdown/draw-block.ts';
import { MarkdownStream } from '../../../cli/markdown/markdown-stream.ts';
import { parseMarkdown } from '../../../text/markdown/parse.ts';
import { checkout } from '../../support/beckon-app.ts';

const corpus = join(checkout, 'tests', 'corpus', 'markdown');
const answers = readdirSync(corpus)
  .filter((name) => name.startsWith('answer') || name === 'chinese.md')
  .map((name) => [name, readFileSync(join(corpus, name), 'utf8')] as const);

/** What stands on the screen after each piece. */
function write(pieces: readonly string[], columns = 80): readonly string[] {
  let screen = '';
  const seen: string[] = [];
  const stream = new MarkdownStream({
    write: (line: Line) => (screen += textOf(line)),
    columns: () => columns,
    now: () => 0,
  });
  for (const piece of pieces) {
    stream.add(piece);
    seen.push(screen);
  }
  stream.end();
  return [...seen, screen];
}

function drawnWhole(text: string, columns = 80): string {
  const blocks = parseMarkdown(text) ?? [];
  const drawn = blocks.map((block) => drawBlock(block, columns).map(textOf).join('\n'));
  return `${drawn.join('\n\n')}\n`;
}

/** Pieces as a model writes them: a few letters each, cut the same way at every run. */
function pieces(text: string, size: number): readonly string[] {
  const found: string[] = [];
  for (let at = 0, step = 1; at < text.length; at += step, step = ((step * 7) % size) + 1)
    found.push(text.slice(at, at + step));
  return found;
}

describe('an answer that is drawn while it is written', () => {
  it.each(answers)('ends as it would be drawn at once, however it came: %s', (_, text) => {
    for (const columns of [80, 34])
      for (const size of [1, 3, 11]) {
        const seen = write(pieces(text, size), columns);
        expect(seen.at(-1)).toBe(drawnWhole(text, columns));
      }
  });

  it('shows words as they come, and not the last alone', () => {
    const seen = write(pieces('The lighthouse stands at the very end of the old pier, and its lamp turns. ', 3));
    expect(seen.filter((screen, at) => screen !== seen[at - 1]).length).toBeGreaterThan(8);
  });

  it('draws a table, a list, a heading, code and a rule without their marks', () => {
    const text = [
      '# Title',
      '',
      'Some **bold** and *slanted* words with `code` and [a link](https://example.com/x).',
      '',
      '1. one',
      '2. two',
      '   - inner',
      '',
      '| Name | Size |',
      '|---|--:|',
      '| 北京 | 12 |',
      '| x | 3 |',
      '',
      '---',
      '',
      '```js',
      'const a = 1;',
      '```',
    ].join('\n');
    expect(write([text]).at(-1)).toBe(
      [
        'Title',
        '',
        'Some bold and slanted words with code and a link (https://example.com/x).',
        '',
        '1. one',
        '2. two',
        '   • inner',
        '',
        'Name  Size',
        '────  ────',
        '北京    12',
        'x        3',
        '',
        '─'.repeat(40),
        '',
        'js',
        'const a = 1;',
        '',
      ].join('\n'),
    );
  });

  it('breaks lines at words and at the width of the screen, of Chinese as well, and no line is wider', () => {
    const text = `${'灯塔在旧码头的尽头，灯光转动。'.repeat(6)}\n\n- ${'A word after the other, '.repeat(8)}\n\n${'x'.repeat(90)}`;
    for (const columns of [20, 34, 80])
      for (const line of (write([text], columns).at(-1) ?? '').split('\n'))
        expect({ line, columns: columnsOf(line) <= columns }).toEqual({ line, columns: true });
  });

  it('draws a table that is too wide row by row, and one with long cells in broken lines', () => {
    const head = Array.from({ length: 12 }, (_, at) => `Column ${at}`);
    const wide = [head, head.map(() => '---'), head.map((_, at) => `value ${at}`)].map(
      (row) => `| ${row.join(' | ')} |`,
    );
    const seen = write([wide.join('\n')], 40).at(-1) ?? '';
    expect(seen).toContain('Column 11: value 11');
    const long = `| a | b |\n|---|---|\n| ${'word '.repeat(30)}| ${'other '.repeat(30)}|`;
    for (const line of (write([long], 40).at(-1) ?? '').split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(40);
  });

  it('writes nothing twice when the window is made narrower meanwhile', () => {
    let [screen, columns] = ['', 60];
    const stream = new MarkdownStream({
      write: (line: Line) => (screen += textOf(line)),
      columns: () => columns,
      now: () => 0,
    });
    const text =
      'The lighthouse stands at the very end of the old pier, and its lamp turns all night long.\n\nAnd so on.';
    for (const [at, piece] of pieces(text, 3).entries()) {
      if (at === 20) columns = 30;
      stream.add(piece);
    }
    stream.end();
    expect(screen.match(/lighthouse/g)).toHaveLength(1);
    expect(screen.replaceAll(/\s+/g, ' ').trim()).toBe(text.replaceAll(/\s+/g, ' '));
  });

  it('writes an answer that is nested too deep as it is', () => {
    const text = `${'> '.repeat(60)}deep\n\nand more`;
    expect(write(pieces(text, 5)).at(-1)).toContain('and more');
  });
});
