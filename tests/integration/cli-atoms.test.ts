import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { columnsOf } from '../../cli/drawing/cells.ts';
import { cliEntry, nodeExecutable } from '../support/beckon-app.ts';
import { figures } from '../support/shared-atoms.ts';

const root = mkdtempSync(join(tmpdir(), 'beckon-cli-atoms-'));
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

/** Runs a command with nobody at a keyboard, in a profile of this name. */
function beckon(profile: string, args: readonly string[], lang = 'C.UTF-8') {
  const folder = join(root, profile);
  mkdirSync(join(folder, 'atoms'), { recursive: true, mode: 0o700 });
  const env = { ...process.env, BECKON_PROFILE: folder, BECKON_MODELS: join(root, 'models'), LANG: lang, LC_ALL: lang };
  const ran = spawnSync(nodeExecutable, [cliEntry, 'atoms', ...args], {
    env,
    encoding: 'utf8',
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

function write(profile: string, file: object): void {
  mkdirSync(join(root, profile, 'atoms'), { recursive: true, mode: 0o700 });
  writeFileSync(join(root, profile, 'atoms', 'figures.json'), JSON.stringify(file));
}

describe('beckon atoms', () => {
  const given = join(root, 'figures.json');

  it('gives an action away and takes it in another profile, in words of 80 columns, once that is agreed to', () => {
    write('lin', figures);
    expect(beckon('lin', ['export', 'figures']).err).toContain('Choose a name');
    expect(beckon('lin', ['export', 'figures', '--to', given, '--name', '林薇']).code).toBe(0);
    for (const [lang, said] of [
      ['C.UTF-8', /What it may touch\n {2}· {2}Reads the text you select\n {2}· {2}Asks no model/],
      ['zh_CN.UTF-8', /它能碰什么\n {2}· {2}读取你选中的文字\n {2}· {2}不问模型/],
    ] as const) {
      const { code, out } = beckon('li', ['verify', given], lang);
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(said) });
      for (const line of out.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
    }
    expect(beckon('li', ['add', given])).toMatchObject({ code: 1, err: expect.stringContaining('--yes') });
    expect(readdirSync(join(root, 'li', 'atoms'))).toEqual([]);
    expect(beckon('li', ['add', given, '--yes'])).toMatchObject({ code: 0, out: expect.stringContaining('is added') });
    expect(beckon('li', ['list']).out).toMatch(/^figures +Figures by size {2}林薇 · 1 of 1 here, without a model$/m);
  });

  it('takes a version that may do more by its hash alone', () => {
    write('lin', { ...figures, output: 'replace' });
    beckon('lin', ['export', 'figures', '--to', given]);
    const refused = beckon('li', ['update', given, '--yes']);
    const [, hash = ''] = /--yes=([0-9a-f]{8})/.exec(refused.err) ?? [];
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('can take the place of what you selected') });
    expect(beckon('li', ['update', given, `--yes=${hash}`]).code).toBe(0);
    const kept = JSON.parse(readFileSync(join(root, 'li', 'atoms', 'figures.json'), 'utf8'));
    expect(kept.output).toBe('replace');
    expect(beckon('li', ['remove', 'figures']).code).toBe(0);
    expect(readdirSync(join(root, 'li', 'atoms', 'removed'))).toHaveLength(2);
  });

  it('takes a folder only where it is what a hash names, and says so where anything in it is another', () => {
    const pack = join(root, 'gallery');
    mkdirSync(pack);
    const put = (id: string, more: object = {}) =>
      writeFileSync(join(pack, `${id}.json`), JSON.stringify({ ...figures, id, ...more }));
    for (const id of ['first', 'second']) put(id);
    const { out } = beckon('ola', ['verify', pack]);
    const [, pin = ''] = /--pin=([0-9a-f]{64})/.exec(out.replaceAll(/\s+/g, '')) ?? [];
    const refused = { code: 1, err: expect.stringContaining('not what that hash names') };
    expect(beckon('ola', ['add', pack, `--pin=${pin.slice(0, 8)}`, '--yes'])).toMatchObject(refused);
    put('second', { output: 'show', hint: { en: 'Another', 'zh-CN': '别的' } });
    expect(beckon('ola', ['add', pack, `--pin=${pin}`, '--yes'])).toMatchObject(refused);
    put('second');
    put('third');
    expect(beckon('ola', ['verify', pack, `--pin=${pin}`])).toMatchObject(refused);
    rmSync(join(pack, 'third.json'));
    expect(beckon('ola', ['add', pack, `--pin=${pin}`, '--only=second', '--yes']).code).toBe(0);
    expect(readdirSync(join(root, 'ola', 'atoms'))).toEqual(['second.json']);
  });

  it('gives one away as the folder of a skill, over nothing that is there, and takes that again', () => {
    write('ida', figures);
    const skill = join(root, 'skill');
    expect(beckon('ida', ['export', 'figures', '--skill', '--to', skill, '--name', 'Ida']).code).toBe(0);
    expect(readFileSync(join(skill, 'SKILL.md'), 'utf8')).toMatch(/^---\nname: figures\ndescription: "Figures by size/);
    expect(beckon('ida', ['export', 'figures', '--skill', '--to', skill])).toMatchObject({ code: 1 });
    expect(beckon('eva', ['add', join(skill, 'resources', 'figures.json'), '--yes']).code).toBe(0);
    expect(beckon('eli', ['add', skill, '--yes']).code).toBe(0);
    const kept = JSON.parse(readFileSync(join(root, 'eli', 'atoms', 'figures.json'), 'utf8'));
    expect(kept.prompt.en).toContain('1. Takes the numbers out of it');
  });

  it('says of a folder what each file is, and takes those that are named', () => {
    const pack = join(root, 'pack');
    mkdirSync(pack);
    for (const id of ['one', 'two'])
      writeFileSync(
        join(pack, `${id}.json`),
        JSON.stringify({ ...figures, id, name: { en: `Pack ${id}`, 'zh-CN': id } }),
      );
    writeFileSync(join(pack, 'bad.json'), '{"atom":2,"atom":2}');
    const added = beckon('pack', ['add', pack, '--only', 'two', '--yes', '--json']);
    expect(JSON.parse(added.out)).toMatchObject({
      added: [{ id: 'two', file: 'two.json' }],
      refused: [
        { fileName: 'bad.json', error: { code: 'atom/key-twice', sentence: expect.stringContaining('twice') } },
      ],
    });
    expect(readdirSync(join(root, 'pack', 'atoms'))).toEqual(['two.json']);
  });
});
