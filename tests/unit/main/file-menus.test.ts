import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { askedFiles, filesToHand, handedFiles } from '../../../main/file-managers/asked-files.ts';
import { areMenusInstalled, mendFileMenus, setFileMenus } from '../../../main/file-managers/file-menus.ts';
import { menuFiles } from '../../../main/file-managers/menu-files.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'beckon-menus-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the files of a command line', () => {
  it('are those behind the word that asks, as paths or as addresses, however they are called', () => {
    const odd = '/tmp/a b %20 #1 $(x)\n‮.pdf';
    expect(askedFiles(['beckon', '--no-sandbox', '--ask', odd, pathToFileURL(odd).href])).toEqual([odd, odd]);
    expect(askedFiles(['beckon', '/checkout', '--open=overlay'])).toEqual([]);
  });

  it('are nothing else: no switch, no part of a path, no other address, and not without an end', () => {
    const words = [
      '--ask',
      '--open=chats',
      'report.pdf',
      '../x',
      'https://x/y.pdf',
      'file://host/x',
      'file:///%zz',
      '',
      '/a\0b',
    ];
    expect(askedFiles(words)).toEqual([]);
    expect(askedFiles(['--ask', `/${'x'.repeat(5000)}`])).toEqual([]);
    expect(askedFiles(['--ask', ...Array.from({ length: 1000 }, (_, at) => `/${at}`)])).toHaveLength(200);
  });

  it('are handed over in ASCII alone, whatever they are called', () => {
    const files = ['/合 同 #1.pdf', '/a\nb%', '/\u{1f600}', '/plain'];
    const handed = filesToHand(files);
    expect(JSON.stringify(handed)).toMatch(/^[ -~]+$/);
    expect(handedFiles(handed)).toEqual(files);
  });

  it('are handed over as a list, and anything else counts as none', () => {
    expect(handedFiles({ files: ['/a', 1, 'b', null] })).toEqual(['/a']);
    for (const wrong of [null, undefined, 'x', [], { files: '/a' }, { files: { length: 1 } }])
      expect(handedFiles(wrong)).toEqual([]);
  });
});

describe('“Ask Beckon” in file managers', () => {
  const menus = (program: string) => ({
    dataFolder: folder,
    command: [program, '/a "checkout" of 100 %'],
    icon: 'beckon',
  });

  it('is what the package installs for everybody', () => {
    for (const { path, text } of menuFiles(['/usr/lib/beckon/beckon'], 'beckon'))
      expect(readFileSync(join(root, 'packaging', 'file-managers', path), 'utf8'), path).toBe(text);
  });

  it('comes for one person and goes again, and follows a Beckon that was moved', () => {
    setFileMenus(true, menus('/gone/beckon'));
    const entry = join(folder, 'applications', 'beckon-ask.desktop');
    expect(readFileSync(entry, 'utf8')).toContain('Exec="/gone/beckon" "/a \\\\"checkout\\\\" of 100 %%" "--ask" %F');
    mendFileMenus(menus(process.execPath));
    expect(readFileSync(entry, 'utf8')).toContain(`TryExec=${process.execPath}`);
    mendFileMenus(menus('/another'));
    expect(readFileSync(entry, 'utf8')).toContain(`TryExec=${process.execPath}`);
    expect(areMenusInstalled(process.execPath, ['/nowhere', folder])).toBe(true);
    expect(areMenusInstalled('/other', [folder])).toBe(false);
    setFileMenus(false, menus(process.execPath));
    for (const { path } of menuFiles(['x'], 'x')) expect(existsSync(join(folder, path)), path).toBe(false);
  });

  it('that a person took away by hand does not come back by itself', () => {
    mendFileMenus(menus(process.execPath));
    expect(existsSync(join(folder, 'applications'))).toBe(false);
    setFileMenus(true, menus('/gone'));
    writeFileSync(join(folder, 'applications', 'beckon-ask.desktop'), 'not ours');
    mendFileMenus(menus(process.execPath));
    expect(readFileSync(join(folder, 'applications', 'beckon-ask.desktop'), 'utf8')).toBe('not ours');
  });
});
