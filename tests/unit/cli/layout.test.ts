import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../cli/drawing/cells.ts';
import { beside, cut, pad, wrap } from '../../../cli/drawing/layout.ts';
import { lookLevel, withLooks } from '../../../cli/drawing/looks.ts';
import { piece, textOf } from '../../../cli/drawing/pieces.ts';
import { Terminal } from '../../../cli/terminal.ts';

const lines = (text: string, columns: number) => wrap(text, columns).map(textOf);

describe('a line on a screen', () => {
  it('is measured in columns: two for Chinese, one for what is joined, none for what has no width', () => {
    expect(['招之', 'e\u0301', '👩‍🚒', 'ab', '…', '●'].map(columnsOf)).toEqual([4, 1, 2, 2, 1, 1]);
  });

  it('is cut at the width with a sign, never in the middle of a character', () => {
    expect(textOf(cut('一二三四五', 7))).toBe('一二三…');
    expect(textOf(cut('one two three', 8))).toBe('one two…');
    expect(textOf(cut('fits', 4))).toBe('fits');
    for (let columns = 1; columns < 12; columns += 1)
      expect(columnsOf(textOf(cut('a招b之c来d', columns)))).toBeLessThanOrEqual(columns);
  });

  it('is filled up by columns, so that what follows stands in one column', () => {
    expect(textOf(pad('招之', 6))).toBe('招之  ');
    expect(textOf(pad('7', 3, 'start'))).toBe('  7');
  });

  it('is broken between words and between Chinese characters, and no line begins with a closing mark', () => {
    expect(lines('one two three', 8)).toEqual(['one two', 'three']);
    expect(lines('灯塔在码头，灯亮。', 10)).toEqual(['灯塔在码', '头，灯亮。']);
    expect(lines('x'.repeat(7), 3)).toEqual(['xxx', 'xxx', 'x']);
    expect(lines('one\n\ntwo', 80)).toEqual(['one', '', 'two']);
  });

  it('goes on under itself beside a label', () => {
    expect(beside('ok', 'one two three four five', 4, 24).map(textOf)).toEqual(['ok  one two three four', '    five']);
  });
});

describe('looks', () => {
  const level = (env: Record<string, string>, isScreen = true) => lookLevel(isScreen, env, 'linux');

  it('are there where the terminal has them: not in a pipe, not on a dumb one, without colours where none are wanted', () => {
    expect(level({ TERM: 'xterm' })).toBe('colours');
    expect(level({ TERM: 'xterm' }, false)).toBe('none');
    expect([level({ TERM: 'dumb' }), level({})]).toEqual(['none', 'none']);
    expect(level({ TERM: 'xterm', NO_COLOR: '1' })).toBe('attributes');
    expect(level({ TERM: 'xterm', NO_COLOR: '' })).toBe('colours');
    expect([level({ FORCE_COLOR: '1' }, false), level({ TERM: 'xterm', FORCE_COLOR: '0' })]).toEqual([
      'colours',
      'none',
    ]);
  });

  it('end with each line', () => {
    expect(withLooks('a\nb', ['strong'], 'attributes')).toBe('\u001b[1ma\u001b[0m\n\u001b[1mb\u001b[0m');
    expect(withLooks('a', ['good'], 'attributes')).toBe('a');
    expect(withLooks('a', ['good', 'strong'], 'colours')).toBe('\u001b[32;1ma\u001b[0m');
  });

  it('are the only sequences that a line with them brings, whatever its text holds', () => {
    let seen = '';
    const screen = { isTTY: true, write: (text: string) => (seen += text) };
    new Terminal(screen, screen, { TERM: 'xterm' }).line([piece('a\u001b[2J\u009b31m\u202eb', 'bad')]);
    expect(seen).toBe('\u001b[31ma[2J31m⟨202E⟩b\u001b[0m\n');
  });
});
