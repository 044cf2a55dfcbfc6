import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { namesToldApart, OwnFiles } from '../../../core/models/own-files.ts';
import { cleanName, nameOfFile } from '../../../models/gguf/clean-name.ts';
import { type ModelHeader, readModelHeader } from '../../../models/gguf/read-header.ts';
import { smallGguf } from '../../support/gguf.ts';

const esc = String.fromCodePoint(0x1b);
const bell = String.fromCodePoint(7);

describe('model files of the person', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-own-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const good = join(folder, 'good.gguf');
  writeFileSync(good, smallGguf());

  it('on a disk that is gone are answered for in time, take one thread of a folder, and do not hold up the others', async () => {
    const dead = Promise.withResolvers<ModelHeader>();
    let asked = 0;
    const readHeader = (path: string) => {
      if (!path.startsWith('/dead/')) return readModelHeader(path);
      asked += 1;
      return dead.promise;
    };
    const own = new OwnFiles({ answerMs: 60, readHeader });
    const paths = ['/dead/a.gguf', '/dead/b.gguf', '/dead/c.gguf'];
    for (let round = 0; round < 3; round += 1) {
      const files = await Promise.all([...paths, good].map((path) => own.read(path)));
      expect(files.map(({ error }) => error?.code ?? 'ok')).toEqual([...paths.map(() => 'model/disk-silent'), 'ok']);
    }
    expect(asked).toBe(1);
    const begun = performance.now();
    await own.read('/dead/a.gguf');
    expect(performance.now() - begun).toBeLessThan(50);
    dead.resolve(await readModelHeader(good));
    await expect.poll(async () => (await own.read('/dead/c.gguf')).error?.code).not.toBe('model/disk-silent');
  });

  it('are told apart: by what they call themselves, by the names of the files, by their folders', () => {
    const file = (path: string, name: string | null) => ({
      id: path,
      path,
      fileName: nameOfFile(path),
      header: name === null ? null : ({ name } as ModelHeader),
      error: null,
    });
    const files = [
      file('/m/first-q4.gguf', 'Smol'),
      file('/m/second-q8-long.gguf', 'Smol'),
      file('/m/only.gguf', 'Only'),
      file('/m/taken-name.gguf', 'Qwen 1.5B'),
      file('/one/same.gguf', 'Smol'),
      file('/other/same.gguf', 'Smol'),
      file('/m/nothing-said.gguf', null),
    ];
    expect([...namesToldApart(files, ['Qwen 1.5B']).values()].sort()).toEqual(
      ['Only', 'first-q4', 'nothing-said', 'one/same', 'other/same', 'second-q8-long', 'taken-name'].sort(),
    );
  });
});

describe('the name that a model file gives itself', () => {
  const cases: readonly (readonly [string, unknown, string | null])[] = [
    ['plain', 'Qwen2.5 Coder 0.5B (Q4_K_M)', 'Qwen2.5 Coder 0.5B (Q4_K_M)'],
    ['Chinese', '通义千问 1.5B', '通义千问 1.5B'],
    ['with terminal commands', `Evil${esc}[2J${esc}]0;title${bell} model`, 'Evil [2J ]0;title model'],
    ['in two lines', 'One\r\nTwo\u2028Three\u0085Four', 'One Two Three Four'],
    ['turned around', 'safe\u202Elave\u2066x\u2069', 'safe lave x'],
    ['hidden', '\u200B\u{E0041}\uFEFFGood\u00AD', 'Good'],
    ['of nothing but marks', '\u202E\u200B \n', null],
    ['of dashes', '---', null],
    ['empty', '', null],
    ['no text', 42, null],
    ['half a character', 'a\uD800b', 'a\uFFFDb'],
    ['stacked marks', `a${'\u0301'.repeat(50)}b`, `a${'\u0301'.repeat(3)}b`],
  ];

  it.each(cases)('is fit to stand in a line: %s', (_, said, name) => {
    expect(cleanName(said)).toBe(name);
  });

  it('of ten megabytes is cut at once', () => {
    const begun = performance.now();
    expect(cleanName('x'.repeat(10_000_000))?.length).toBe(120);
    expect(cleanName(`${' \u202E'.repeat(5_000_000)}x`)).toBeNull();
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('comes from the header clean, and so does the name of the file', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'beckon-name-')), `bad${esc}[31m\u202E.gguf`);
    writeFileSync(path, smallGguf({ 'general.name': `A${esc}[2J\nB` }));
    expect((await readModelHeader(path)).name).toBe('A [2J B');
    expect(nameOfFile(path)).toBe('bad [31m');
    expect(nameOfFile('/x/Big-Model-00002-of-00005.gguf')).toBe('Big-Model');
    expect(nameOfFile('/x/\u202E.gguf')).toBe('model');
  });
});
