import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Atoms } from '../../../core/atoms/atoms.ts';
import { loadDictionary } from '../../../core/pinyin.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-atoms-'));
beforeAll(loadDictionary);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('actions', () => {
  const good = {
    atom: 1,
    id: 'pirate',
    name: { en: 'Like a pirate', 'zh-CN': '海盗腔' },
    prompt: { en: 'Say it like a pirate.', 'zh-CN': '用海盗的口气说。' },
    input: 'selection',
    output: 'replace',
  };

  it('come from files, and a broken one is named with its line while the others work', () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'pirate.json'), JSON.stringify(good));
    writeFileSync(join(own, 'cut.json'), '{\n  "atom": 1,\n  "id": "cut",\n');
    const wrong = { ...good, id: 'wrong', output: 'delete-everything' };
    writeFileSync(join(own, 'wrong.json'), JSON.stringify(wrong, null, 2));
    writeFileSync(join(own, 'notes.txt'), 'not an action');
    const atoms = new Atoms(own, () => new Map([['correct', 5]]));
    atoms.refresh();
    const { atoms: rows, broken } = atoms.state.value;
    expect(rows.find(({ id }) => id === 'pirate')).toMatchObject({ builtIn: false, pinyinInitials: 'hdq' });
    expect(rows.find(({ id }) => id === 'correct')).toMatchObject({ builtIn: true, usedAt: 5, pinyinInitials: 'jzcw' });
    expect(broken.map(({ code, values }) => [code, values?.['file'], values?.['line']])).toEqual([
      ['action/broken-file', 'cut.json', 3],
      ['action/broken-file', 'wrong.json', 13],
    ]);
    expect(atoms.use('pirate', 'zh-CN')).toMatchObject({
      instruction: '用海盗的口气说。',
      output: 'replace',
      diff: false,
    });
    expect(() => atoms.use('nothing', 'en')).toThrow('no action nothing');
  });

  it('that are no files, too large or there twice are each named, and the others work', () => {
    const own = join(folder, 'odd');
    mkdirSync(join(own, 'folder.json'), { recursive: true });
    execFileSync('mkfifo', [join(own, 'pipe.json')]);
    symlinkSync('loop.json', join(own, 'loop.json'));
    symlinkSync('nowhere', join(own, 'nothing.json'));
    symlinkSync('/dev/zero', join(own, 'zero.json'));
    writeFileSync(join(own, 'large.json'), ' '.repeat(200_001));
    writeFileSync(join(own, 'one.json'), JSON.stringify(good));
    writeFileSync(join(own, 'two.json'), JSON.stringify({ ...good, name: { en: 'Other', 'zh-CN': '别的' } }));
    const atoms = new Atoms(own, () => new Map());
    atoms.refresh();
    const { atoms: rows, broken } = atoms.state.value;
    expect(rows.filter(({ builtIn }) => !builtIn).map(({ id, name }) => [id, name])).toEqual([[good.id, good.name]]);
    expect(broken.map(({ code, values }) => [code, values?.['file']])).toEqual([
      ['action/not-a-file', 'folder.json'],
      ['action/file-too-large', 'large.json'],
      ['action/not-a-file', 'loop.json'],
      ['action/not-a-file', 'nothing.json'],
      ['action/not-a-file', 'pipe.json'],
      ['action/same-id', 'two.json'],
      ['action/not-a-file', 'zero.json'],
    ]);
    expect(broken[5]?.values).toEqual({ file: 'two.json', other: 'one.json' });
    expect(atoms.use(good.id, 'en').name).toEqual(good.name);
  });

  it('are there without a folder of one’s own', () => {
    const atoms = new Atoms(join(folder, 'missing'), () => new Map());
    atoms.refresh();
    expect(atoms.state.value.atoms.map(({ id }) => id)).toContain('summarise');
    expect(atoms.state.value.broken).toEqual([]);
  });
});
