import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { builtinAtoms } from '../../../core/atoms/builtin.ts';
import ownNames from '../../../core/pinyin-of-own-names.json' with { type: 'json' };
import { createTranslator } from '../../../locales/translator.ts';
import { chineseNames } from '../../../renderer/overlay/commands/name-commands.ts';

const names = [...builtinAtoms().map(({ name }) => name['zh-CN']), ...chineseNames(createTranslator('en'))];
const folder = mkdtempSync(join(tmpdir(), 'beckon-pinyin-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// The dictionary stays with the modules that loaded it: other files have it, and the order of these cases matters.
vi.resetModules();
const { Atoms } = await import('../../../core/atoms/atoms.ts');
const { initialsOf, loadDictionary, needsDictionary, readInitials } = await import('../../../core/pinyin.ts');

describe('the pinyin of a name', () => {
  it('costs no dictionary in a core that has no names but those of Beckon and in Latin letters', () => {
    const load = vi.fn(loadDictionary);
    const atoms = new Atoms(join(folder, 'none'), () => new Map(), load);
    atoms.refresh();
    for (const { pinyinInitials } of atoms.state.value.atoms) expect(pinyinInitials).toMatch(/^[a-z]+$/);
    expect(names.map(initialsOf)).not.toContain('');
    expect([...names, 'Settings', 'Ответ'].filter(needsDictionary)).toEqual([]);
    expect(load).not.toHaveBeenCalled();
    expect(readInitials('设置')).toBe('');
  });

  it("comes a moment later for a person's own action, which is there at once", async () => {
    const prompt = { en: 'Say it like a pirate.', 'zh-CN': '用海盗的口气说。' };
    const own = { atom: 1, id: 'pirate', name: { en: 'Pirate', 'zh-CN': '海盗腔' }, prompt, output: 'replace' };
    writeFileSync(join(folder, 'pirate.json'), JSON.stringify({ ...own, input: 'selection' }));
    const atoms = new Atoms(folder, () => new Map(), loadDictionary);
    const told = () => atoms.state.value.atoms.find(({ id }) => id === 'pirate')?.pinyinInitials;
    atoms.refresh();
    expect(told()).toBe('');
    await vi.waitFor(() => expect(told()).toBe('hdq'));
  });

  it("is kept for each of Beckon's own names as the dictionary has it, and for nothing else", async () => {
    await loadDictionary();
    expect(ownNames).toEqual(Object.fromEntries(names.map((name) => [name, readInitials(name)])));
  });
});
