import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../contract/errors.ts';
import { entryPaths, readMenuEntry } from '../../../main/viewers/menu-entry.ts';
import { openBySystem } from '../../../main/viewers/open-by-system.ts';
import { showFile } from '../../../main/viewers/show-file.ts';
import { commandAtPlace } from '../../../main/viewers/viewer-command.ts';

const page = { unit: 'page', number: 3 } as const;
const line = { unit: 'line', number: 12 } as const;
const cell = { unit: 'cell', sheet: 'Second half', row: 5, column: 28 } as const;

describe('the words that start a viewer at a place', () => {
  it.each([
    ['evince %U', page, ['--page-index=3', '/a b.pdf']],
    ['atril %U', page, ['--page-index=3', '/a b.pdf']],
    ['/usr/bin/okular %U', page, ['--page', '3', '/a b.pdf']],
    ['xpdf %f', page, ['/a b.pdf', '3']],
    ['/usr/bin/chromium %U', page, ['file:///a%20b.pdf#page=3']],
    ['env GTK_THEME=x evince %U', page, ['GTK_THEME=x', 'evince', '--page-index=3', '/a b.pdf']],
    [
      'flatpak run --file-forwarding org.gnome.Evince @@u %U @@',
      page,
      ['run', '--file-forwarding', 'org.gnome.Evince', '--page-index=3', '/a b.pdf'],
    ],
    ['mousepad %U', line, ['--line=12', '/a b.pdf']],
    ['SciTE %F', line, ['/a b.pdf', '-goto:12']],
    ['libreoffice --calc %U', cell, ['--calc', "file:///a%20b.pdf#'Second%20half'.AB5"]],
  ] as const)('are those of its own manual: %s', (words, place, args) => {
    expect(commandAtPlace(words.split(' '), '/a b.pdf', place)?.args).toEqual(args);
  });

  it('are none for a viewer that is not known, a place that it cannot be told, and a path that is not whole', () => {
    expect(commandAtPlace(['libreoffice', '%U'], '/a.pdf', page)).toBeNull();
    expect(commandAtPlace(['evince', '%U'], '/a.pdf', line)).toBeNull();
    expect(commandAtPlace(['evince', '%U'], '-p', page)).toBeNull();
    expect(commandAtPlace(['evince', '%U'], '/a.xlsx', cell)).toBeNull();
    expect(commandAtPlace([], '/a.pdf', page)).toBeNull();
  });

  it('keep any name of a file whole, in one word, whatever is in it', () => {
    for (const name of ['-rf', 'a\nb', '$(id)', '`id`', '{place}', '%U', '"; rm', "it's", '#page=9', '招之'])
      expect(commandAtPlace(['evince', '%U'], `/d/${name}`, page)?.args).toEqual(['--page-index=3', `/d/${name}`]);
    expect(commandAtPlace(['firefox'], '/d/a#page=9?x', page)?.args).toEqual(['file:///d/a%23page=9%3Fx#page=3']);
  });
});

describe('a cell', () => {
  it('is told with any name of a sheet, as part of an address', () => {
    const at = (sheet: string, column: number) =>
      commandAtPlace(['localc'], '/a.xlsx', { unit: 'cell', sheet, row: 1, column })?.args[0];
    expect(at("P&L 'x'.y#z", 26)).toBe("file:///a.xlsx#'P%26L%20''x''.y%23z'.Z1");
    expect(at('损益', 703)).toBe("file:///a.xlsx#'%E6%8D%9F%E7%9B%8A'.AAA1");
  });
});

describe('an entry of a menu', () => {
  it('tells name and words, those in quotation marks as one, of its main part alone', () => {
    const text =
      '[Desktop Entry]\nName=View\nName[zh_CN]=看\nExec="/opt/my view/v" --x "a\\\\"b" %U\n\n[Desktop Action n]\nName=New\nExec=rm\n';
    expect(readMenuEntry(text)).toEqual({ name: 'View', words: ['/opt/my view/v', '--x', 'a"b', '%U'] });
  });

  it('is none without words, in a terminal, or by an id that leads elsewhere', () => {
    expect(readMenuEntry('[Desktop Entry]\nName=x\n')).toBeNull();
    expect(readMenuEntry('[Desktop Entry]\nExec=vim %F\nTerminal=true\n')).toBeNull();
    expect(entryPaths('../../etc/x.desktop', ['/usr/share'])).toEqual([]);
    expect(entryPaths('kde-okular.desktop', ['/s'])).toEqual([
      '/s/applications/kde-okular.desktop',
      '/s/applications/kde/okular.desktop',
    ]);
  });
});

describe('a file that is shown', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-viewers-'));
    mkdirSync(join(folder, 'bin'));
    mkdirSync(join(folder, 'applications'));
    program('xdg-mime', 'echo view.desktop');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function program(name: string, script: string): void {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  /** What was opened without a place, a line each. */
  const opened = () => (existsSync(join(folder, 'opened')) ? readFileSync(join(folder, 'opened'), 'utf8') : '');

  function show(path: string, ends = 'exit 0') {
    program('xdg-open', `echo "$1" >> '${folder}/opened'\n${ends}`);
    const openPath = () => Promise.reject(new Error('main waits for that'));
    return showFile(path, page, { platform: 'linux', environment: environment(), openPath });
  }
  const environment = () => ({ PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, XDG_DATA_HOME: folder });

  it('is given to the viewer of the system with its place, never by way of a shell', async () => {
    program('evince', `printf '%s\\0' "$@" > '${folder}/words'`);
    writeFileSync(join(folder, 'applications', 'view.desktop'), '[Desktop Entry]\nName=View\nExec=evince %U\n');
    const path = join(folder, `-a $(touch ${join(folder, 'hacked')})\n; b.pdf`);
    expect(await show(path)).toEqual({ how: 'at-place', viewer: 'View' });
    await expect
      .poll(() => existsSync(join(folder, 'words')) && readFileSync(join(folder, 'words'), 'utf8'))
      .toBe(['--page-index=3', path, ''].join('\0'));
    expect([opened(), existsSync(join(folder, 'hacked'))]).toEqual(['', false]);
  });

  it('is opened without a place where its viewer is not known, not there, or no viewer is told', async () => {
    for (const exec of ['mystery %U', 'evince-gone %U', '']) {
      writeFileSync(join(folder, 'applications', 'view.desktop'), `[Desktop Entry]\nName=View\nExec=${exec}\n`);
      rmSync(join(folder, 'opened'), { force: true });
      expect([await show('/d/a.pdf'), opened()]).toEqual([{ how: 'opened', viewer: null }, '/d/a.pdf\n']);
    }
    program('xdg-mime', 'exit 4');
    expect(await show('/d/a.pdf')).toEqual({ how: 'opened', viewer: null });
  });

  it('says so where nothing opens it', async () => {
    const error = await show('/d/a.pdf', 'exit 3').catch((thrown: AppError) => thrown);
    expect(error).toMatchObject({ code: 'file/no-viewer', detail: { values: { file: 'a.pdf' } } });
  });

  it('is open once its viewer runs, which nobody waits for, and which goes on', async () => {
    program('xdg-open', `sleep 3\ntouch '${folder}/went-on'`);
    expect(await openBySystem('/d/a.pptx', environment(), 50)).toBe('');
    expect(existsSync(join(folder, 'went-on'))).toBe(false);
    await expect.poll(() => existsSync(join(folder, 'went-on')), { timeout: 20_000 }).toBe(true);
  });

  it('is refused where the system has no way to open anything', async () => {
    expect(await openBySystem('/d/a.pptx', { PATH: join(folder, 'bin') })).toMatch(/ENOENT/);
  });
});
