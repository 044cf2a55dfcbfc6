import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../cli/arguments.ts';

function read(...argv: string[]) {
  const result = readArguments(argv);
  if (!result.ok) return `no option: ${result.argument}`;
  const { options, words } = result;
  const set = Object.entries(options).filter(([, value]) => value !== false && value !== null && String(value) !== '');
  return { words, ...Object.fromEntries(set) };
}

describe('a command line', () => {
  it('takes what begins with a hyphen but can be no option as a word: "-5 + 3 = ?" was refused as wrong use', () => {
    for (const word of ['-5 + 3 = ?', '- item', '-', '-5', '—', '-é', '--5', '---', '-- two', '-x = 3?', '- [ ] open'])
      expect(read('ask', word)).toEqual({ words: ['ask', word] });
    expect(read('ask', '-5 + 3', '--json')).toEqual({ words: ['ask', '-5 + 3'], json: true });
  });

  it('names what looks like an option and is none', () => {
    for (const argument of ['--no-cache', '-x', '--loud', '-q', '--json=yes', '--constructor'])
      expect(read('ask', argument, 'hi')).toBe(`no option: ${argument}`);
    for (const argument of ['--file', '--model', '-f', '-m'])
      expect(read('ask', argument)).toBe(`no option: ${argument}`);
  });

  it('takes everything after -- as words', () => {
    expect(read('ask', '--json', '--', '--model', '-x', '--')).toEqual({
      words: ['ask', '--model', '-x', '--'],
      json: true,
    });
    expect(read('--')).toEqual({ words: [] });
  });

  it('takes the value of an option in every way it is written, also one that begins with a hyphen', () => {
    expect(read('ask', '--file', '-', 'hi')).toEqual({ words: ['ask', 'hi'], files: ['-'] });
    expect(read('ask', '-f', '-f.txt', '--file=--odd', '-fx', 'hi')).toEqual({
      words: ['ask', 'hi'],
      files: ['-f.txt', '--odd', 'x'],
    });
    expect(read('-m', 'one', 'ask', '--model=two=2')).toEqual({ words: ['ask'], model: 'two=2' });
    expect(read('--model=')).toEqual({ words: [] });
    expect(read('-h', '-v')).toEqual({ words: [], help: true, version: true });
  });
});
