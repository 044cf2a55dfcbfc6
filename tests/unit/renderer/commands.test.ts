import { describe, expect, it } from 'vitest';
import { initialsOf } from '../../../core/pinyin.ts';
import english from '../../../locales/en/overlay.json' with { type: 'json' };
import { createTranslator } from '../../../locales/translator.ts';
import chinese from '../../../locales/zh-CN/overlay.json' with { type: 'json' };
import { commands, keysNow } from '../../../renderer/overlay/commands/commands.ts';
import { chineseNames, nameCommands } from '../../../renderer/overlay/commands/name-commands.ts';
import { rowsForText } from '../../../renderer/overlay/rows.ts';
import { keyMoment } from '../../support/command-context.ts';

const everything = keyMoment({
  answer: 'done',
  hasWords: true,
  place: 'replace',
  changes: 'chosen',
  canUndo: true,
  hasMarks: true,
});

function hintNames(): readonly string[] {
  return commands.flatMap(({ hint }) => {
    if (hint === undefined) return [];
    if (typeof hint.name === 'string') return [hint.name];
    const moments = [everything, { ...everything, changes: 'chosen-left-out' as const, place: 'either' as const }];
    return moments.map((moment) => (typeof hint.name === 'string' ? hint.name : hint.name(moment)));
  });
}

/** What may stand on the screen when a key is pressed, in every mixture of what keys depend on. */
function moments() {
  const yesOrNo = [true, false];
  const each = <Field extends string, Value>(field: Field, values: readonly Value[]) =>
    values.map((value) => ({ [field]: value }) as Readonly<Record<Field, Value>>);
  const mixed = [
    each('input', ['empty', 'text'] as const),
    each('answer', ['none', 'awaited', 'growing', 'cut', 'done'] as const),
    each('place', ['none', 'replace', 'either', 'copy'] as const),
    each('back', ['no', 'maybe', 'yes'] as const),
    each('changes', ['none', 'hidden', 'shown', 'chosen'] as const),
    each('hasWords', yesOrNo),
    each('hasRows', yesOrNo),
    each('hasSelection', yesOrNo),
  ];
  return mixed
    .reduce<readonly Readonly<Record<string, unknown>>[]>(
      (before, values) => before.flatMap((one) => values.map((value) => ({ ...one, ...value }))),
      [{ canUndo: true, hasMarks: true, hasNotice: true, hasChips: true, isUndoable: true }],
    )
    .map((moment) => keyMoment(moment));
}

describe('commands', () => {
  it.each([
    ['English', english],
    ['Chinese', chinese],
  ])('have a name in %s, and no name is left of one that went', (_, words) => {
    expect(Object.keys(words.command).sort()).toEqual(commands.map(({ id }) => id).sort());
    expect(Object.keys(words.hint)).toEqual(expect.arrayContaining(hintNames() as string[]));
  });

  // The initials were typed by hand beside the names, and seven of them were not those of the names.
  it('are found by the pinyin initials of the Chinese names that are shown', () => {
    const translator = createTranslator('zh-CN');
    const names = chineseNames(translator);
    const initials = Object.fromEntries(names.map((name) => [name, initialsOf(name)]));
    for (const hasNotice of [true, false]) {
      const named = nameCommands(translator, { ...everything, hasNotice }, initials);
      for (const { command, name } of named)
        expect(rowsForText(initialsOf(name), named, [])[0], name).toMatchObject({ command: command.id });
    }
  });

  it('can be found by their names while core has not told the pinyin of them', () => {
    const named = nameCommands(createTranslator('en'), everything);
    expect(rowsForText('settings', named, [])[0]).toMatchObject({ command: 'settings' });
    expect(rowsForText('设置', named, [])[0]).toMatchObject({ command: 'settings' });
  });

  // The one that stands first in the list would take the key, and the other never come.
  it('share no key at any moment', () => {
    for (const moment of moments()) {
      const keys = commands.flatMap((command) => keysNow(command, moment));
      expect(new Set(keys).size, `${keys.join(' ')} at ${JSON.stringify(moment)}`).toBe(keys.length);
    }
  });

  it('tell each place of the footer once at a time', () => {
    for (const changes of ['none', 'hidden', 'shown', 'chosen', 'chosen-left-out'] as const)
      for (const answer of ['growing', 'cut', 'done'] as const) {
        const moment = { ...everything, changes, answer };
        const told = commands.filter(({ when, hint }) => when(moment) && hint && (hint.when?.(moment) ?? true));
        const places = told
          .filter(({ hint }) => answer !== 'growing' || hint?.with !== 'answer')
          .map(({ hint }) => hint?.at);
        expect(new Set(places).size).toBe(places.length);
      }
  });
});

describe('the pinyin of a name', () => {
  it.each([
    ['重新回答', 'cxhd'],
    ['设置', 'sz'],
    ['退出 Beckon', 'tc'],
    ['不采纳这处改动，或改为采纳', 'bcnzcgdhgwcn'],
    ['Settings', ''],
  ])('is read as the word is, not the sign: %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
