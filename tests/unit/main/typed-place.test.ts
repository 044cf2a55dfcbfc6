import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyFolder, typedPlace } from '../../../main/shell/typed-place.ts';

const home = mkdtempSync(join(tmpdir(), 'beckon-typed-'));
const papers = join(home, '文件 #1');
const report = join(papers, 'report.pdf');
beforeAll(() => {
  mkdirSync(papers);
  writeFileSync(report, 'x');
  symlinkSync(report, join(home, 'link'));
  execFileSync('mkfifo', [join(home, 'pipe')]);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a path that was typed', () => {
  it.each([
    [report, { kind: 'file', path: report }],
    ['~/文件 #1/report.pdf', { kind: 'file', path: report }],
    [join(home, 'link'), { kind: 'file', path: join(home, 'link') }],
    [papers, { kind: 'folder', path: papers }],
    ['~', { kind: 'folder', path: home }],
    ['~/文件 #1/../文件 #1', { kind: 'folder', path: papers }],
    // What is typed in part leads to the folder that it is in so far.
    [`${papers}/rep`, { kind: 'folder', path: papers }],
    ['~/not/there/at/all', { kind: 'folder', path: home }],
    // A pipe would hold up whoever opens it.
    [join(home, 'pipe'), { kind: 'folder', path: home }],
  ])('%s', async (typed, place) => {
    expect(await typedPlace(typed, home)).toEqual(place);
  });

  it.each(['report.pdf', '../report.pdf', '', '~other/report.pdf', '/etc/hosts\0.pdf'])(
    'is none: %j',
    async (typed) => {
      expect(await typedPlace(typed, home)).toBeNull();
    },
  );

  it('is of a folder alone where nothing else was given', async () => {
    expect(await onlyFolder([papers])).toBe(papers);
    for (const paths of [[papers, report], [report], [''], []]) expect(await onlyFolder(paths)).toBeNull();
  });
});
