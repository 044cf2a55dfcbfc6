import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppErrorShape, toErrorShape } from '../../../../contract/errors.ts';
import type { Rule } from '../../../../contract/rule.ts';
import { setAsideOddFiles } from '../../../../core/plain-files.ts';
import { parseRules, RuleFile } from '../../../../core/rules/rule-file.ts';

const never: Rule = { from: 'KeePassXC', does: 'never-leaves' };

function faultOf(work: () => unknown): AppErrorShape | null {
  try {
    work();
    return null;
  } catch (error) {
    return toErrorShape(error);
  }
}

/** Root may read whatever its mode says. */
function isHeldByModes(): boolean {
  const held = process.geteuid?.() !== 0;
  if (!held) process.stderr.write('skipped, nothing is kept from root by its mode: that takes an ordinary user\n');
  return held;
}

describe('the file of rules', () => {
  let folder = '';
  let path = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-rules-'));
    path = join(folder, 'rules.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('holds no rule where there is none', () => {
    expect(new RuleFile(path).read()).toEqual([]);
  });

  it('is written so that it reads the same, by its owner alone', () => {
    const file = new RuleFile(path);
    file.write([never, { has: 'code', does: 'use', model: 'server:s-1:m' }]);
    expect(new RuleFile(path).read()).toEqual([never, { has: 'code', does: 'use', model: 'server:s-1:m' }]);
    expect(readdirSync(folder)).toEqual(['rules.json']);
  });

  it('is read anew when somebody has changed it by hand', () => {
    const file = new RuleFile(path);
    expect(file.read()).toEqual([]);
    writeFileSync(path, JSON.stringify({ rules: 1, list: [never] }));
    expect(file.read()).toEqual([never]);
    rmSync(path);
    expect(file.read()).toEqual([]);
  });

  // A rules file that nobody can read may forbid anything.
  it.each([
    ['a folder in its place', () => mkdirSync(path)],
    ['a pipe in its place', () => expect(spawnSync('mkfifo', [path]).status).toBe(0)],
    ['a link to what never ends', () => symlinkSync('/dev/zero', path)],
    ['a link that leads nowhere, as to a folder that is not there yet', () => symlinkSync(join(folder, 'later'), path)],
    ['a link to itself', () => symlinkSync(path, path)],
    ['nothing in it', () => writeFileSync(path, '')],
    ['one that is far too large', () => writeFileSync(path, ' '.repeat(300_000))],
    ['one with another version', () => writeFileSync(path, '{"rules": 2, "list": []}')],
  ])('is broken and never empty with %s', (_name, make) => {
    make();
    // As it is when the profile is opened: what is moved out of the way there forbids nothing any more.
    setAsideOddFiles(folder);
    expect(faultOf(() => new RuleFile(path).read())?.code).toBe('rules/broken-file');
  });

  it.runIf(isHeldByModes())('is broken where it may not be read', () => {
    writeFileSync(path, '{"rules": 1, "list": []}');
    chmodSync(path, 0);
    expect(faultOf(() => new RuleFile(path).read())?.code).toBe('rules/broken-file');
  });

  it('is kept aside where rules are written over what could not be read', () => {
    writeFileSync(path, '{"rules": 1, "list": [{"from": "KeePassXC", "does": "never"}]}');
    new RuleFile(path).write([]);
    const aside = readdirSync(folder).find((name) => name.includes('broken'));
    expect(readFileSync(join(folder, aside ?? ''), 'utf8')).toContain('KeePassXC');
    expect(new RuleFile(path).read()).toEqual([]);
  });

  const lines: readonly (readonly [string, string, number])[] = [
    ['a word that ends nothing', '{\n "rules": 1,\n "list": [\n  {"does": "here"},\n  {"does": "never"}\n ]\n}', 5],
    [
      'a name that is none',
      '{\n "rules": 1,\n "list": [\n  {\n   "form": "KeePassXC",\n   "does": "here"\n  }\n ]\n}',
      4,
    ],
    [
      'a number that is none',
      '{\n "rules": 1,\n "list": [\n  {\n   "does": "here",\n   "longerThanPages": "ten"\n  }\n ]\n}',
      6,
    ],
    ['a model without use', '{\n "rules": 1,\n "list": [\n  { "does": "here",\n    "model": "m" }\n ]\n}', 5],
    ['a comma too many', '{\n "rules": 1,\n "list": [\n  {"does": "here"},\n ]\n}', 5],
    ['an end that is missing', '{\n "rules": 1,\n "list": [\n', 3],
    ['no list', '{\n "rules": 1\n}', 1],
    [
      'a key in a string before it',
      '{\n "rules": 1,\n "list": [\n  {"from": "\\"then\\": [",\n   "does": 5}\n ]\n}',
      5,
    ],
  ];
  for (const [name, text, line] of lines)
    it(`names the line of ${name}`, () => {
      const fault = faultOf(() => parseRules(text));
      expect(fault?.code).toBe('rules/broken-file');
      expect(fault?.values?.['line']).toBe(line);
    });
});
