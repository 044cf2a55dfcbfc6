import { describe, expect, it } from 'vitest';
import { initialsOf } from '../../../core/pinyin.ts';
import { createTranslator } from '../../../locales/translator.ts';
import type { KeyPress } from '../../../renderer/app/key-of.ts';
import { combinationOf, findRowNumber } from '../../../renderer/overlay/commands/combination.ts';
import { commands, findCommand as findWhole } from '../../../renderer/overlay/commands/commands.ts';
import { chineseNames, nameCommands } from '../../../renderer/overlay/commands/name-commands.ts';
import { CompositionWatch } from '../../../renderer/overlay/composition.ts';
import { overlayHeight } from '../../../renderer/overlay/height.ts';
import { rowsForEmpty, rowsForText } from '../../../renderer/overlay/rows.ts';
import { acceleratorOf } from '../../../renderer/window/accelerator-of.ts';
import { keyMoment } from '../../support/command-context.ts';

const answered = keyMoment({ answer: 'done', hasWords: true });

function press(key: string, code = '', modifiers: Partial<KeyPress> = {}): KeyPress {
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers };
}

function findCommand(...args: Parameters<typeof findWhole>): string | null {
  return findWhole(...args)?.id ?? null;
}

describe('keys', () => {
  it('mean one thing each, and where two commands share one only one of them works at a time', () => {
    const keys = commands.map((command) => command.keys).filter((combination) => combination !== null);
    const shared = keys.filter((combination, at) => keys.indexOf(combination) !== at);
    expect(shared).toEqual(['Ctrl+Down']);
    for (const [hasNotice, hasMarks] of [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ] as const) {
      const context = { ...answered, hasNotice, hasMarks };
      const working = commands.filter((command) => command.keys === 'Ctrl+Down' && command.when(context));
      expect(working.length).toBe(hasNotice || hasMarks ? 1 : 0);
    }
  });

  it('use Cmd on macOS and Ctrl elsewhere', () => {
    expect(findCommand(press('n', 'KeyN', { ctrlKey: true }), 'linux', answered)).toBe('new-chat');
    expect(findCommand(press('n', 'KeyN', { ctrlKey: true }), 'darwin', answered)).toBeNull();
    expect(findCommand(press('n', 'KeyN', { metaKey: true }), 'darwin', answered)).toBe('new-chat');
    expect(combinationOf(press('R', 'KeyR', { ctrlKey: true, shiftKey: true }), 'linux')).toBe('Ctrl+Shift+R');
  });

  it('leave Ctrl+C to a selection, and Ctrl+. to a running answer', () => {
    const copy = press('c', 'KeyC', { ctrlKey: true });
    expect(findCommand(copy, 'linux', answered)).toBe('copy');
    expect(findCommand(copy, 'linux', { ...answered, hasSelection: true })).toBeNull();
    const stop = press('.', 'Period', { ctrlKey: true });
    expect(findCommand(stop, 'linux', answered)).toBeNull();
    expect(findCommand(stop, 'linux', { ...answered, answer: 'growing' })).toBe('stop');
  });

  it('go on with an answer that was broken off', () => {
    const goOn = press('g', 'KeyG', { ctrlKey: true });
    expect(findCommand(goOn, 'linux', answered)).toBeNull();
    expect(findCommand(goOn, 'linux', { ...answered, answer: 'cut' })).toBe('go-on');
    expect(findCommand(goOn, 'linux', { ...answered, answer: 'growing' })).toBeNull();
  });

  it('choose a row with Ctrl or Alt and a digit, while a bare digit is typed', () => {
    expect(findRowNumber(press('3', 'Digit3', { ctrlKey: true }), 'linux')).toBe(2);
    expect(findRowNumber(press('3', 'Digit3', { altKey: true }), 'linux')).toBe(2);
    expect(findRowNumber(press('3', 'Digit3'), 'linux')).toBeNull();
    expect(findRowNumber(press('0', 'Digit0', { ctrlKey: true }), 'linux')).toBeNull();
  });
});

describe('the first row', () => {
  const translator = createTranslator('en');
  const initials = Object.fromEntries(chineseNames(translator).map((name) => [name, initialsOf(name)]));
  const named = nameCommands(translator, answered, initials);

  it('is the question, whatever a search finds later', () => {
    const before = rowsForText('how far is the moon', named, []);
    const hit = {
      conversationId: 'c',
      messageId: null,
      title: 'how far is the moon',
      snippet: '',
      ranges: [],
      createdAt: 1,
    };
    const after = rowsForText('how far is the moon', named, [hit]);
    expect(before[0]).toMatchObject({ kind: 'ask', text: 'how far is the moon' });
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('is the action for its name alone, and the question for a sentence that begins with it', () => {
    expect(rowsForText('Settings', named, [])[0]).toMatchObject({ kind: 'command', command: 'settings' });
    expect(rowsForText('设置', named, [])[0]).toMatchObject({ kind: 'command', command: 'settings' });
    expect(rowsForText('sz', named, [])[0]).toMatchObject({ kind: 'command', command: 'settings' });
    expect(rowsForText('settings of my camera', named, [])[0]).toMatchObject({ kind: 'ask' });
  });

  it.each(['/srv/papers/report.pdf', '~/Documents', 'D:\\papers', '\\\\server\\share'])(
    'leads to the files where a path is typed, and the question stands behind it: %s',
    (path) => {
      const asked: unknown[] = [];
      const [first, second] = rowsForText(path, named, []);
      expect(first).toMatchObject({ kind: 'command', command: 'file', hint: path });
      expect(second).toMatchObject({ kind: 'ask', text: path });
      if (first?.kind === 'command')
        first.does.run({ client: { request: (...words: unknown[]) => asked.push(words) } } as never);
      expect(asked).toEqual([['file.pick', { at: path }]]);
    },
  );

  it.each(['/', '/ 2', '1/2 cup', '//', '~', 'and/or', '/a\n/b'])('is the question for what is no path: %j', (text) => {
    expect(rowsForText(text, named, [])[0]).toMatchObject({ kind: 'ask' });
  });

  it('of an empty box goes on with the last chat', () => {
    const chat = { id: 'c-1', title: 'Moon', createdAt: 1, updatedAt: 2, questions: 1, runningRunId: null };
    const rows = rowsForEmpty([chat], named, { continueWith: 'continue', when: () => 'today' });
    expect(rows[0]).toMatchObject({ kind: 'conversation', conversationId: 'c-1', hint: 'continue' });
    expect(rowsForEmpty([], named, { continueWith: '', when: () => '' })[0]).toMatchObject({
      kind: 'command',
      command: 'new-chat',
    });
  });
});

describe('an input method', () => {
  it('owns its keys, also the one that comes right after its end', () => {
    const watch = new CompositionWatch();
    const key = (timeStamp: number, extra = {}) => ({ isComposing: false, keyCode: 13, timeStamp, ...extra });
    expect(watch.owns(key(0))).toBe(false);
    watch.start();
    expect(watch.owns(key(10))).toBe(true);
    watch.end(100);
    expect(watch.owns(key(110))).toBe(true);
    expect(watch.owns(key(200))).toBe(false);
    expect(watch.owns(key(300, { keyCode: 229 }))).toBe(true);
    expect(watch.owns(key(300, { isComposing: true }))).toBe(true);
  });
});

describe('the height of the box', () => {
  it('grows in steps, never shrinks while an answer is written, and ends at the content', () => {
    expect(overlayHeight(101, true, 0, 600)).toBe(192);
    expect(overlayHeight(90, true, 192, 600)).toBe(192);
    expect(overlayHeight(9000, true, 192, 600)).toBe(600);
    expect(overlayHeight(150.2, false, 192, 600)).toBe(151);
  });
});

describe('a pressed shortcut', () => {
  it('is told by the place of the key, not by the letter Shift makes of it', () => {
    const base = { ctrlKey: true, altKey: false, shiftKey: true, metaKey: false };
    expect(acceleratorOf({ ...base, key: '%', code: 'Digit5' }, 'linux')).toBe('Control+Shift+5');
    expect(acceleratorOf({ ...base, key: ' ', code: 'Space' }, 'linux')).toBe('Control+Shift+Space');
    expect(acceleratorOf({ ...base, key: 'Control', code: 'ControlLeft' }, 'linux')).toBeNull();
  });
});
