import { describe, expect, it } from 'vitest';
import { bashScript } from '../../../cli/completion/bash.ts';
import { fishScript } from '../../../cli/completion/fish.ts';
import { zshScript } from '../../../cli/completion/zsh.ts';
import { columnsOf } from '../../../cli/drawing/cells.ts';
import { textOf } from '../../../cli/drawing/pieces.ts';
import { exitCodeOf } from '../../../cli/exit-codes.ts';
import { commandNames, commandRow, partsOf } from '../../../cli/table/commands.ts';
import { helpLines } from '../../../cli/table/help.ts';
import { nearest } from '../../../cli/table/nearest.ts';
import { optionNames, optionRow } from '../../../cli/table/options.ts';
import { readCommand } from '../../../cli/table/read-command.ts';
import { createCliWords } from '../../../cli/words.ts';

const english = createCliWords({ LANG: 'C', BECKON_PROFILE: '/nonexistent' });
const chinese = createCliWords({ LANG: 'zh_CN.UTF-8', BECKON_PROFILE: '/nonexistent' });

function wrong(...argv: string[]) {
  const read = readCommand(argv);
  return read.kind === 'wrong' ? read.wrong : read.kind;
}

describe('a command line that is wrong', () => {
  it('is told by what is wrong with it, with what was most likely meant', () => {
    expect(wrong('foo')).toEqual({ what: 'command', values: { command: 'foo' }, meant: null });
    for (const [typed, meant] of [
      ['model', 'models'],
      ['hsitory', 'history'],
      ['aks', 'ask'],
      ['docter', 'doctor'],
      ['comp', 'completion'],
      ['server', 'servers'],
    ] as const)
      expect({ typed, wrong: wrong(typed) }).toMatchObject({ typed, wrong: { what: 'command', meant } });
    expect(wrong('ask', '--modle', 'x')).toMatchObject({ what: 'option', meant: '--model' });
    expect(wrong('models', 'gte', 'x')).toMatchObject({ what: 'part', meant: 'get' });
  });

  it('is refused where an option was taken and left alone without a word', () => {
    expect(wrong('ask', '--capture', 'hi')).toMatchObject({ what: 'option-here', values: { argument: '--capture' } });
    expect(wrong('doctor', '--file', 'x')).toMatchObject({ what: 'option-here' });
    expect(wrong('models', 'get')).toMatchObject({ what: 'missing', values: { kind: 'model' } });
    expect(wrong('models', 'get', 'one', 'two')).toMatchObject({ what: 'too-many', values: { word: 'two' } });
    expect(wrong('doctor', 'now')).toMatchObject({ what: 'too-many' });
    expect(wrong('run')).toMatchObject({ what: 'missing' });
  });

  it('is none where words are a question', () => {
    expect(wrong('ask', 'what', 'is', 'this')).toBe('command');
    expect(wrong('ask', '-5 + 3')).toBe('command');
    expect(wrong('ask', '--', '--modle')).toBe('command');
  });

  it('does not name what is far from every name', () => {
    for (const word of ['x', 'why', 'zzzzzz', 'translate']) expect(nearest(word, commandNames)).toBeNull();
  });
});

describe('the table of commands', () => {
  it('reads a part with what stands behind it, and an option that may stand alone', () => {
    expect(readCommand(['models', 'get', 'Some model'])).toMatchObject({
      name: 'models',
      part: 'get',
      args: ['Some model'],
    });
    expect(readCommand(['ask', '--continue', 'and then?'])).toMatchObject({
      args: ['and then?'],
      options: { goesOn: '' },
    });
    expect(readCommand(['ask', '--continue=3', 'and then?'])).toMatchObject({ options: { goesOn: '3' } });
    expect(readCommand(['ask', '-c3', 'and then?'])).toMatchObject({ options: { goesOn: '3' } });
    expect(readCommand(['chat', '--continue', '3'])).toMatchObject({ args: ['3'], options: { goesOn: '' } });
  });

  it.each([
    ['English', english],
    ['Chinese', chinese],
  ])('has a help for each, in words of both languages and at most 80 columns wide: %s', (_, words) => {
    for (const name of [null, ...commandNames]) {
      const lines = helpLines(name, words, 80).map(textOf);
      for (const line of lines) expect({ line, fits: columnsOf(line) <= 80 }).toEqual({ line, fits: true });
      // A word that is missing would be told by its key.
      expect(lines.join('\n')).not.toMatch(/(help|command|part|option|argument|more)\.[a-z]/);
      expect(readCommand(name === null ? ['--help'] : [name, '--help'])).toEqual({ kind: 'help', name });
    }
  });

  it('is all in what shells complete with: each command, part and option', () => {
    for (const script of [bashScript(english), zshScript(english), fishScript(english)]) {
      for (const name of commandNames) {
        expect(script).toContain(name);
        for (const [part] of partsOf(commandRow(name))) expect(script).toContain(part);
      }
      for (const name of optionNames) expect(script).toContain(optionRow(name).long.slice(2));
    }
  });
});

describe('an exit code', () => {
  it('is the same for an error however it is told: a missing model file gave 1 as JSON and 3 as a sentence', () => {
    expect(exitCodeOf({ code: 'model/file-missing' })).toBe(3);
    expect(exitCodeOf({ code: 'model/none' })).toBe(3);
    expect(exitCodeOf({ code: 'server/unreachable' })).toBe(1);
  });
});
