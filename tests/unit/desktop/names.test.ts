import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApplicationNames, parseEntry, readableName } from '../../../desktop/applications/names.ts';

const entry = (lines: string, before = '') => `${before}[Desktop Entry]\nType=Application\n${lines}\n`;

describe('the name of an application', () => {
  let home: string;
  let names: ApplicationNames;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'beckon-names-'));
    names = new ApplicationNames({ XDG_DATA_HOME: home, XDG_DATA_DIRS: join(home, 'shared') });
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function install(folder: string, file: string, text: string): void {
    mkdirSync(join(home, folder, 'applications'), { recursive: true });
    writeFileSync(join(home, folder, 'applications', file), text);
  }

  // "15 words from org-gjt-sp-jedit-jEdit", "Xfce4-terminal", "org.pwmt.zathura".
  it('is what its desktop entry says, by the class of its window, its file or its program', async () => {
    install('shared', 'jedit.desktop', entry('Name=jEdit\nExec=jedit %f\nStartupWMClass=org-gjt-sp-jedit-jEdit'));
    install('shared', 'org.pwmt.zathura.desktop', entry('Name=Zathura\nExec=zathura %U'));
    install(
      'shared',
      'org.gnome.TextEditor.desktop',
      entry('Name=Text Editor\nName[zh_CN]=文本编辑器\nExec=gnome-text-editor %U'),
    );
    install('shared', 'xfce4-terminal.desktop', entry('Name=Xfce Terminal\nExec=/usr/bin/xfce4-terminal'));
    await names.read();
    const told = ['org-gjt-sp-jedit-jEdit', 'org.pwmt.zathura', 'gnome-text-editor', 'Xfce4-terminal', 'zathura'];
    expect(told.map((name) => names.of(name)?.en)).toEqual([
      'jEdit',
      'Zathura',
      'Text Editor',
      'Xfce Terminal',
      'Zathura',
    ]);
    expect(names.of('Gnome-Text-Editor')?.['zh-CN']).toBe('文本编辑器');
    expect(names.of('nobody-knows')).toBeNull();
  });

  it('is the one of the person where they have an entry of their own', async () => {
    install('shared', 'edit.desktop', entry('Name=Edit\nExec=edit'));
    install('.', 'edit.desktop', entry('Name=My editor\nExec=edit'));
    await names.read();
    expect(names.of('edit')?.en).toBe('My editor');
  });

  it('is looked for again where it is not known, and what was installed since is found then', async () => {
    let now = 0;
    const later = new ApplicationNames({ XDG_DATA_HOME: home, XDG_DATA_DIRS: join(home, 'shared') }, () => now);
    await later.read();
    install('shared', 'new.desktop', entry('Name=New\nExec=new'));
    expect(later.of('new')).toBeNull();
    now = 61_000;
    expect(later.of('new')).toBeNull();
    await expect.poll(() => later.of('new')?.en).toBe('New');
  });

  it('comes from no entry that is broken, of another kind, or from another part of one', () => {
    for (const text of [
      '',
      'Name=Loose\n',
      '[Desktop Entry]\nType=Link\nName=A link\n',
      '[Desktop Entry]\nType=Application\n',
    ])
      expect(parseEntry(text, 'x')).toBeNull();
    const actions = entry('Name=Whole\nExec=x\n\n[Desktop Action new]\nName=New window');
    expect(parseEntry(actions, 'x')?.label.en).toBe('Whole');
  });

  it('is the last part of an address where nobody tells another', () => {
    expect(['org-gjt-sp-jedit-jEdit', 'org.kde.kate', 'Xfce4-terminal', 'st'].map(readableName)).toEqual([
      'jEdit',
      'kate',
      'Xfce4-terminal',
      'st',
    ]);
  });
});
