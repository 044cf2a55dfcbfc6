import { describe, expect, it } from 'vitest';
import { resources } from '../../../locales/index.ts';
import type { WindowContext } from '../../../renderer/window/commands/command.ts';
import { commands, findWindowCommand } from '../../../renderer/window/commands/commands.ts';

const context: WindowContext = {
  page: 'chats',
  isStored: true,
  answer: 'done',
  isInputEmpty: true,
  goesAway: false,
  hasFormer: false,
  hasMarks: true,
  hasSelection: false,
  isInText: false,
  hasUndo: true,
};

/** A press of one key, with what is held down. */
function press(key: string, held: readonly ('ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey')[] = ['ctrlKey'], code = '') {
  const keys = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };
  return { key, code, ...keys, ...Object.fromEntries(held.map((name) => [name, true])) };
}

const found = (...args: Parameters<typeof press>) => findWindowCommand(press(...args), 'linux', context)?.id ?? null;

describe('the keys of the main window', () => {
  it.each([
    ['n', ['ctrlKey'], 'new-chat'],
    ['f', ['ctrlKey'], 'find'],
    ['k', ['ctrlKey'], 'commands'],
    ['l', ['ctrlKey'], 'history'],
    ['m', ['ctrlKey'], 'models'],
    [',', ['ctrlKey'], 'settings'],
    ['F1', [], 'keys'],
    ['F2', [], 'rename'],
    ['w', ['ctrlKey'], 'close-window'],
    ['e', ['ctrlKey'], 'export'],
    ['P', ['ctrlKey', 'shiftKey'], 'pin-chat'],
    ['C', ['ctrlKey', 'shiftKey'], 'copy-chat'],
    ['c', ['ctrlKey'], 'copy'],
    ['z', ['ctrlKey'], 'undo'],
    ['+', ['ctrlKey', 'shiftKey'], 'larger'],
    ['=', ['ctrlKey'], 'larger'],
    ['-', ['ctrlKey'], 'smaller'],
    ['0', ['ctrlKey'], 'normal-size'],
    ['ArrowDown', ['ctrlKey'], 'next-mark'],
    ['p', ['ctrlKey'], null],
    ['n', [], null],
  ] as const)('%s with %j is %s', (key, held, id) => {
    expect(found(key, held)).toBe(id);
  });

  it('are those of the place on a keyboard that is not Latin', () => {
    expect(found('т', ['ctrlKey'], 'KeyN')).toBe('new-chat');
  });

  it('are no signs that AltGr writes', () => {
    const typed = { ...press('e', ['ctrlKey', 'altKey']), getModifierState: () => true };
    expect(findWindowCommand(typed, 'linux', context)).toBeNull();
  });

  it('leave what is selected to the page, and undoing to a field with text', () => {
    const selected = { ...context, hasSelection: true, isInText: true };
    expect(findWindowCommand(press('c'), 'linux', selected)).toBeNull();
    expect(findWindowCommand(press('z'), 'linux', selected)).toBeNull();
  });

  it('do nothing to a chat that is not on the screen', () => {
    const elsewhere = { ...context, page: 'models' } as const;
    for (const [key, held] of [
      ['F2', []],
      ['e', ['ctrlKey']],
      ['r', ['ctrlKey']],
      ['c', ['ctrlKey']],
    ] as const)
      expect(findWindowCommand(press(key, held), 'linux', elsewhere), key).toBeNull();
  });

  it('mean one command each at a time, and every command has its name in both languages', () => {
    const keys = commands.flatMap((command) => [command.keys, ...(command.also ?? [])]).filter((one) => one !== null);
    expect(new Set(keys).size).toBe(keys.length);
    for (const language of ['en', 'zh-CN'] as const)
      expect(commands.map(({ id }) => id).filter((id) => !(id in resources[language].window.command))).toEqual([]);
  });
});
