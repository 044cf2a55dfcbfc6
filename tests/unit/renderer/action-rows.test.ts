import { describe, expect, it } from 'vitest';
import type { ContextChip } from '../../../contract/context.ts';
import { builtinAtoms } from '../../../core/atoms/builtin.ts';
import { atHandOf, rowsForActions, rowsForFamily, rowsForSample } from '../../../renderer/overlay/action-rows.ts';
import { type Row, rowsForText } from '../../../renderer/overlay/rows.ts';
import { nameActions } from '../../../renderer/overlay/use-actions.ts';

function actionsUsed(usedAt: Readonly<Record<string, number>> = {}, language: 'en' | 'zh-CN' = 'en') {
  const rows = builtinAtoms().map(({ id, name, hint, icon, output, family }) => ({
    ...{
      id,
      name,
      hint: hint ?? null,
      icon: icon ?? null,
      output,
      pinyinInitials: '',
      builtIn: true,
      usesModel: true,
      acts: false,
    },
    ...(family === undefined ? {} : { family }),
    usedAt: usedAt[id] ?? 0,
  }));
  return nameActions(rows, language);
}

const idOf = (row: Row) => (row.kind === 'action' ? row.actionId : row.kind === 'family' ? `${row.of}…` : row.id);
const idsOf = (rows: readonly Row[]) => rows.map(idOf).join(' ');

function chip(kind: ContextChip['kind'], words: number, on = true): ContextChip {
  return { kind, words, on } as ContextChip;
}

describe('the actions on what is at hand', () => {
  it('are eight rows at most, though there are many more languages and ways to rewrite', () => {
    expect(builtinAtoms().length).toBeGreaterThan(12);
    for (const atHand of ['words', 'reading'] as const)
      expect(rowsForActions(actionsUsed(), atHand).length).toBeLessThanOrEqual(8);
  });

  // The first thing offered to a new person was the list of links of a text that has none.
  it('are for a sample what tells something about it, and a translation, wherever the ones that tidy stand', () => {
    const actions = actionsUsed();
    const tidy = actions.filter(({ family }) => family?.of === 'tidy');
    expect(tidy.some(({ output }) => output === 'show')).toBe(true);
    for (const order of [actions, [...tidy, ...actions.filter((action) => !tidy.includes(action))]])
      expect(idsOf(rowsForSample(order, 'your first answer'))).toBe('summarise translate');
  });

  // `Correct` had been used once, and was then what Enter did with a document of twelve pages.
  it('begin with what suits it, whatever was used last on something else', () => {
    const used = actionsUsed({ correct: 5, explain: 3 });
    expect(idsOf(rowsForActions(used, 'reading'))).toBe(
      'explain summarise list-actions reply correct rewrite… translate… tidy…',
    );
    expect(idsOf(rowsForActions(used, 'words'))).toBe(
      'correct rewrite… translate… tidy… explain summarise list-actions reply',
    );
  });

  it('are in the order of their last use among what suits, a family by the last used of it', () => {
    const used = actionsUsed({ correct: 5, 'translate-german': 9 });
    const [first, second] = rowsForActions(used, 'words');
    expect(first).toMatchObject({ kind: 'family', of: 'translate', last: 'Deutsch' });
    expect(second).toMatchObject({ actionId: 'correct' });
  });

  it('show an action that is alone in its family as it is', () => {
    const one = actionsUsed().filter(({ actionId, family }) => family === null || actionId === 'translate');
    expect(idsOf(rowsForActions(one, 'words'))).toContain('correct translate ');
  });

  it('are those for reading with a file or a long text, and for changing with a few words', () => {
    expect(atHandOf([chip('selection', 25)])).toBe('words');
    expect(atHandOf([chip('selection', 900)])).toBe('reading');
    expect(atHandOf([chip('selection', 25), chip('file', 4)])).toBe('reading');
    expect(atHandOf([chip('selection', 25), chip('file', 4000, false), chip('window', 999)])).toBe('words');
  });
});

describe('the second step of an action', () => {
  it('has the last used first, and finds a language by its own name and by its names in both others', () => {
    const used = actionsUsed({ 'translate-german': 9 });
    expect(rowsForFamily('translate', used, '')[0]).toMatchObject({ name: 'Deutsch', hint: 'German' });
    for (const query of ['deu', 'german', '德文'])
      expect(idsOf(rowsForFamily('translate', used, query)), query).toBe('translate-german');
    expect(rowsForFamily('rewrite', used, '').map((row) => row.kind === 'action' && row.name)).toEqual([
      ...['Clearer', 'Shorter', 'Politer', 'More formal', 'In more detail'],
    ]);
  });

  it('is left out by whoever types the whole name', () => {
    const rows = rowsForText('translate to german', [], [], actionsUsed());
    expect(rows[0]).toMatchObject({ actionId: 'translate-german', name: 'Translate to German' });
  });
});
