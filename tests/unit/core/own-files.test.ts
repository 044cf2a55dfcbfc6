import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keptVersions } from '../../../contract/atom-edit.ts';
import { Atoms } from '../../../core/atoms/atoms.ts';
import { OwnFiles } from '../../../core/atoms/own-files.ts';
import { judgeAtomFile } from '../../../core/atoms/read-atom-file.ts';
import { Versions } from '../../../core/atoms/versions.ts';
import { writeJson } from '../../../text/write-json.ts';

const root = mkdtempSync(join(tmpdir(), 'beckon-own-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const chain = (en: string, more: object = {}) => ({
  ...{ atom: 2, id: 'lines', name: { en, 'zh-CN': '行' }, input: 'selection', output: 'replace' },
  steps: [{ do: 'split', at: 'lines' }, { do: 'unique' }, { do: 'join' }],
  ...more,
});
const textOf = (en: string) => writeJson(chain(en));

let count = 0;
function place(whoHas: (id: string) => string | null = () => null) {
  count += 1;
  const folder = join(root, `atoms-${count}`);
  const versions = new Versions(join(root, `versions-${count}`), () => 1000);
  return { folder, versions, files: new OwnFiles(folder, versions, whoHas) };
}

function saved(answer: ReturnType<OwnFiles['save']>) {
  if (answer.status !== 'saved') throw new Error('it was not saved');
  return answer;
}

describe('the file of an own action', () => {
  it('is written whole under its id, in a folder that is made for it, and nothing else stays there', () => {
    const { folder, files } = place();
    const { file } = saved(files.save(null, textOf('Lines'), null));
    expect(file).toBe('lines.json');
    expect(readdirSync(folder)).toEqual(['lines.json']);
    expect(files.open(file).text).toBe(textOf('Lines'));
  });

  it('takes another name where a file has that one, though it is no action', () => {
    const { folder, files } = place();
    mkdirSync(folder);
    writeFileSync(join(folder, 'lines.json'), 'notes');
    expect(saved(files.save(null, textOf('Lines'), null)).file).toBe('lines-2.json');
    expect(readFileSync(join(folder, 'lines.json'), 'utf8')).toBe('notes');
  });

  it('that somebody changed meanwhile, or deleted, is not written over: it is told what is there', () => {
    const { folder, files } = place();
    const { file, hash } = saved(files.save(null, textOf('Lines'), null));
    writeFileSync(join(folder, file), textOf('Theirs'));
    expect(files.save(file, textOf('Mine'), hash)).toMatchObject({
      status: 'changed',
      there: { text: textOf('Theirs') },
    });
    rmSync(join(folder, file));
    expect(files.save(file, textOf('Mine'), hash)).toEqual({ status: 'changed', there: null });
    expect(readdirSync(folder)).toEqual([]);
    expect(saved(files.save(file, textOf('Mine'), null)).file).toBe(file);
  });

  it('is refused where its reader would refuse it, with nothing written', () => {
    const { folder, files } = place(() => 'other.json');
    expect(() => files.save(null, '{ "atom": 2 }', null)).toThrow('action.json:1');
    expect(() => files.save(null, textOf('Lines'), null)).toThrow(expect.objectContaining({ code: 'action/same-id' }));
    expect(() => readdirSync(folder)).toThrow();
  });

  it('takes no id of what comes with Beckon, and one that had it already may keep it', () => {
    const folder = join(root, 'overriding');
    mkdirSync(folder);
    const own = chain('Mine', { id: 'summarise' });
    writeFileSync(join(folder, 'mine.json'), writeJson(own));
    const atoms = new Atoms(folder, () => new Map());
    const files = new OwnFiles(folder, new Versions(join(root, 'overriding-versions')), (id) => atoms.ownerOf(id));
    const theirs = writeJson(chain('Mine', { id: 'translate' }));
    expect(() => files.save(null, theirs, null)).toThrow(expect.objectContaining({ code: 'action/same-id' }));
    expect(() => files.save('mine.json', theirs, null)).toThrow(expect.objectContaining({ code: 'action/same-id' }));
    expect(saved(files.save('mine.json', writeJson({ ...own, output: 'show' }), null)).file).toBe('mine.json');
  });

  it('that is a link stays one, and what it leads to is written', () => {
    const { folder, files } = place();
    mkdirSync(folder);
    const elsewhere = join(root, 'elsewhere.json');
    writeFileSync(elsewhere, textOf('Lines'));
    symlinkSync(elsewhere, join(folder, 'lines.json'));
    saved(files.save('lines.json', textOf('Mine'), files.open('lines.json').hash));
    expect(readFileSync(elsewhere, 'utf8')).toBe(textOf('Mine'));
  });

  it.each(['folder.json', 'loop.json', 'nowhere.json'])('is not opened where it is none: %s', (name) => {
    const { folder, files } = place();
    mkdirSync(join(folder, 'folder.json'), { recursive: true });
    symlinkSync('loop.json', join(folder, 'loop.json'));
    expect(() => files.open(name)).toThrow(
      expect.objectContaining({ code: name === 'nowhere.json' ? 'action/not-found' : 'action/not-a-file' }),
    );
  });

  it('keeps what was replaced as versions, the last twenty, and what was deleted', () => {
    const { files, versions } = place();
    let { file, hash } = saved(files.save(null, textOf('0'), null));
    for (let number = 1; number <= 25; number += 1)
      ({ file, hash } = saved(files.save(file, textOf(`${number}`), hash)));
    const kept = versions.list(file);
    expect(kept.length).toBe(keptVersions);
    expect(versions.read(file, kept[0]?.id ?? '')).toBe(textOf('24'));
    expect(versions.read(file, kept.at(-1)?.id ?? '')).toBe(textOf('5'));
    files.save(file, textOf('25'), hash);
    expect(versions.list(file)).toEqual(kept);
    expect(files.remove(file).text).toBe(textOf('25'));
    expect(versions.read(file, versions.list(file)[0]?.id ?? '')).toBe(textOf('25'));
    expect(() => versions.read(file, '7')).toThrow('no version 7');
  });
});

describe('what is wrong with a file', () => {
  it('is told all at once, each with the line of what is wrong there', () => {
    const text = `{
  "atom": 2, "id": "x",
  "name": { "en": "X" },
  "input": "selection", "output": "show", "colour": "red",
  "steps": [
    { "do": "split", "at": "lines" },
    { "do": "sort", "by": "text" },
    {
      "do": "sort",
      "by": "weight"
    }
  ]
}`;
    const read = judgeAtomFile(text);
    expect('faults' in read && read.faults.map(({ line, path }) => [line, path.join('.')])).toEqual([
      [3, 'name.zh-CN'],
      [10, 'steps.2.by'],
      [1, ''],
    ]);
  });
});

describe('JSON as it is written', () => {
  it.each([
    [{ a: 1, b: { c: [1, 2], d: 'x' } }, '{\n  "a": 1,\n  "b": { "c": [1, 2], "d": "x" }\n}\n'],
    [{ a: [], b: {}, c: null, d: undefined }, '{\n  "a": [],\n  "b": {},\n  "c": null\n}\n'],
    [
      { a: ['x'.repeat(60), 'y'.repeat(60)] },
      `{\n  "a": [\n    "${'x'.repeat(60)}",\n    "${'y'.repeat(60)}"\n  ]\n}\n`,
    ],
  ])('says %j on few lines, and the same again when it is read', (value, text) => {
    expect(writeJson(value)).toBe(text);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
  });
});
