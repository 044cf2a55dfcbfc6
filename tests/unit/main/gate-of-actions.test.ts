import { describe, expect, it } from 'vitest';
import type { AtomRow } from '../../../contract/atom.ts';
import { takenOver } from '../../support/taken-over-page.ts';

describe('an action that is saved, and may do more than what is there', () => {
  it.each([true, false])('is saved only where the person agreed in a window of main’s: %s', async (agrees) => {
    const page = takenOver({ agrees });
    await page.ask('atom.saveAnyway', { file: 'reply.json', text: '{}', basis: null, name: 'Reply' });
    expect(page.asked).toEqual([{ kind: 'save', name: 'Reply' }]);
    expect(page.reached).toEqual(agrees ? ['atom.saveAnyway'] : []);
  });
});

describe('a key of an action', () => {
  const row: AtomRow = {
    ...{
      id: 'own',
      name: { en: 'Own', 'zh-CN': '自己的' },
      hint: null,
      icon: null,
      output: 'show',
      pinyinInitials: '',
    },
    ...{ usedAt: 0, builtIn: false, usesModel: false, acts: false },
  };
  const rows = [
    row,
    { ...row, id: 'asks', usesModel: true },
    { ...row, id: 'acts', acts: true },
    { ...row, id: 'ours', usesModel: true, builtIn: true },
  ];

  it.each([
    ['own', false],
    ['ours', false],
    ['asks', true],
    ['acts', true],
    ['not-there', true],
  ])('is asked about where a page could have what it runs sent or written: %s, %s', async (actionId, asks) => {
    const page = takenOver({ agrees: false, atoms: rows });
    const answer = await page.ask('hotkey.setAction', { actionId, accelerator: 'Ctrl+C' });
    expect({ asked: page.asked.map(({ kind }) => kind), ok: answer.ok }).toEqual({
      asked: asks ? ['key'] : [],
      ok: !asks,
    });
    expect(page.reached).toEqual(asks ? [] : ['hotkey']);
  });

  it('is taken away without a question', async () => {
    const page = takenOver({ agrees: false, atoms: rows });
    expect(await page.ask('hotkey.setAction', { actionId: 'asks', accelerator: null })).toMatchObject({ ok: true });
    expect(page.asked).toEqual([]);
  });
});
