import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyApplication, editor, usualLine, whole, written } from './any-application.ts';

const note =
  (name = 'note.txt', ...before: readonly string[]) =>
  (folder: string) => [...before, written(folder, name)];
/** A page with one field that holds the document. */
const page = (body: string) => `<!doctype html><meta charset="utf-8"><title>note</title>${body}`;
const style = 'display:block;box-sizing:border-box;width:90vw;height:80vh;font:20px sans-serif';
const area = page(`<textarea autofocus style="${style}">${whole}</textarea>`);
const field =
  (...before: readonly string[]) =>
  (folder: string) => [...before, `file://${written(folder, 'note.html', area)}`];
const saved = (name = 'note.txt') => ({ saved: name });

const usual = { open: note(), title: /note/i, settleMs: 2500, read: saved() } as const;
const unnamed = { ...usual, named: false } as const;
const named = { ...usual, named: true } as const;
const copied = { read: 'copied' } as const;

/** Applications that no file of the project named before: chosen from Debian by what they are built with. */
const neverTried: readonly AnyApplication[] = [
  { ...unnamed, name: 'Xfwrite', toolkit: 'FOX', command: 'xfwrite' },
  {
    ...unnamed,
    ...copied,
    name: 'Dillo, text area',
    toolkit: 'FLTK',
    command: 'dillo',
    open: field(),
    enter: [[50, 40]],
  },
  {
    ...unnamed,
    name: 'Setzer',
    toolkit: 'GTK 3',
    command: 'setzer',
    open: note('note.tex'),
    title: /setzer/i,
    read: saved('note.tex'),
    settleMs: 5000,
  },
  {
    ...unnamed,
    name: 'GNOME LaTeX',
    toolkit: 'GTK 3',
    command: 'latexila',
    open: note('note.tex'),
    title: /welcome/i,
    enter: ['Escape', 'wait', [60, 40]],
    read: saved('note.tex'),
  },
  {
    ...unnamed,
    name: 'Formiko',
    toolkit: 'GTK 3',
    command: 'formiko',
    open: note('note.rst'),
    enter: [[20, 40]],
    settleMs: 4000,
    read: saved('note.rst'),
  },
  {
    ...unnamed,
    name: 'Apostrophe',
    toolkit: 'GTK 3',
    command: 'apostrophe',
    open: note('note.md'),
    read: saved('note.md'),
  },
  {
    ...unnamed,
    name: 'Meld',
    toolkit: 'GTK 3',
    command: 'meld',
    open: (folder) => [written(folder, 'note.txt'), written(folder, 'other.txt', `${whole}more\n`)],
    title: /meld|note|other/i,
    settleMs: 4000,
    enter: [[25, 60]],
  },
  {
    ...unnamed,
    name: 'Diffuse',
    toolkit: 'GTK 3, draws its text itself',
    command: 'diffuse',
    open: (folder) => [written(folder, 'note.txt'), written(folder, 'other.txt', `${whole}more\n`)],
    title: /note|diffuse/i,
    enter: ['Return'],
  },
  {
    ...unnamed,
    ...copied,
    name: 'yad, text',
    toolkit: 'GTK 3',
    command: 'yad',
    open: (folder) => [
      '--title=note',
      '--text-info',
      '--editable',
      `--filename=${written(folder, 'note.txt')}`,
      '--width=600',
      '--height=400',
    ],
    undoSteps: 0,
  },
  {
    ...unnamed,
    ...copied,
    name: 'KDialog, text',
    toolkit: 'Qt 5 (KDE)',
    command: 'kdialog',
    open: () => ['--title', 'note', '--textinputbox', 'note', whole],
  },
  {
    ...unnamed,
    name: 'Kile',
    toolkit: 'Qt 5 (KDE)',
    ends: { at: 'replaced', why: 'it shows a terminal in its window: no key is pressed, Enter copies' },
    command: 'kile',
    open: note('note.tex'),
    title: /kile/i,
    enter: ['Escape', 'wait', 'wait'],
    read: saved('note.tex'),
    settleMs: 6000,
  },
  {
    ...unnamed,
    name: 'Pyzo',
    toolkit: 'Qt 5 (Python)',
    command: 'pyzo',
    open: note('note.py'),
    title: /note|pyzo/i,
    read: saved('note.py'),
    settleMs: 8000,
  },
  {
    ...unnamed,
    name: 'Mu',
    toolkit: 'Qt 5, Scintilla',
    command: 'mu-editor',
    open: note('note.py'),
    title: /mode|note|mu /i,
    enter: ['Return', 'wait'],
    read: saved('note.py'),
    settleMs: 8000,
  },
  {
    ...unnamed,
    name: 'OpenSCAD',
    toolkit: 'Qt 5, Scintilla',
    command: 'openscad',
    open: note('note.scad'),
    title: /openscad|note/i,
    read: saved('note.scad'),
    settleMs: 6000,
  },
  {
    ...unnamed,
    name: 'Frescobaldi',
    toolkit: 'Qt 5 (Python)',
    command: 'frescobaldi',
    open: note('note.ly'),
    title: /note|frescobaldi/i,
    read: saved('note.ly'),
    settleMs: 6000,
  },
  {
    ...unnamed,
    name: 'QtikZ',
    toolkit: 'Qt 5',
    command: 'qtikz',
    open: note('note.pgf'),
    title: /note|tikz/i,
    read: saved('note.pgf'),
    settleMs: 5000,
    enter: [[12, 45]],
  },
  { ...unnamed, name: 'Qt Creator', toolkit: 'Qt 6', command: 'qtcreator', title: /note/, settleMs: 9000 },
  {
    ...unnamed,
    name: 'Arduino',
    toolkit: 'Java Swing',
    command: 'arduino',
    open: (folder) => [written(folder, 'note/note.ino')],
    title: /note/,
    read: saved('note/note.ino'),
    settleMs: 8000,
  },
  {
    ...unnamed,
    name: 'CodeLite',
    toolkit: 'wxWidgets (GTK 3), Scintilla',
    command: 'codelite',
    title: /note|codelite|wizard|setup/i,
    enter: ['Escape', 'wait', [60, 50]],
    settleMs: 8000,
  },
  {
    ...unnamed,
    name: 'Poedit',
    toolkit: 'wxWidgets (GTK 3)',
    command: 'poedit',
    open: (folder) => [
      written(
        folder,
        'note.po',
        `msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: de\\n"\n\nmsgid "tide"\nmsgstr ""\n${JSON.stringify(whole).replace(/\\n/g, '\\n"\n"').replace(/\n""$/, '')}\n`,
      ),
    ],
    ...copied,
    settleMs: 5000,
    enter: [[30, 90]],
  },
  {
    ...unnamed,
    ...copied,
    name: 'Claws Mail, new message',
    toolkit: 'GTK 3',
    command: 'claws-mail',
    open: (folder) => {
      const home = join(folder, '..', '.claws-mail');
      written(
        home,
        'accountrc',
        '[Account: 1]\naccount_name=test\nis_default=1\nname=Test\naddress=test@localhost\nprotocol=5\nreceive_server=localhost\nsmtp_server=localhost\n',
      );
      written(home, 'clawsrc', '[Common]\nask_send=0\n');
      mkdirSync(join(folder, '..', 'Mail', 'inbox'), { recursive: true });
      return ['--compose', 'mailto:a@localhost?subject=note'];
    },
    title: /compose|note/i,
    settleMs: 4000,
    enter: [[50, 70]],
    typed: true,
  },
];

/** Applications that the project knows by name, or that were tried before. */
const triedBefore: readonly AnyApplication[] = [
  { ...named, name: 'Mousepad', toolkit: 'GTK 3', command: 'mousepad', open: note('note.txt', '--disable-server') },
  { ...named, name: 'Geany', toolkit: 'GTK 3, Scintilla', command: 'geany' },
  {
    ...named,
    name: 'GNOME Text Editor',
    toolkit: 'GTK 4',
    command: 'gnome-text-editor',
    open: note('note.txt', '--standalone'),
  },
  { ...named, name: 'FeatherPad', toolkit: 'Qt 5', command: 'featherpad' },
  { ...named, name: 'FocusWriter', toolkit: 'Qt 6', command: 'focuswriter', title: /note|focuswriter/i },
  { ...named, name: 'KWrite', toolkit: 'Qt 5 (KDE)', command: 'kwrite', settleMs: 5000 },
  { ...named, name: 'Kate', toolkit: 'Qt 5 (KDE)', command: 'kate', settleMs: 5000 },
  { ...named, name: 'ReText', toolkit: 'Qt 6', command: 'retext', open: note('note.md'), read: saved('note.md') },
  {
    ...named,
    name: 'LibreOffice Writer',
    toolkit: 'its own (GTK 3)',
    command: 'soffice',
    open: note('note.txt', '--writer', '--norestore', '--nologo'),
    read: { saved: 'note.txt', by: ['ctrl+s', 'Return'] },
    settleMs: 6000,
  },
  {
    ...named,
    ...copied,
    name: 'Chromium, text area',
    toolkit: 'its own',
    command: 'chromium',
    open: (folder) =>
      field(
        '--no-sandbox',
        '--no-first-run',
        '--password-store=basic',
        '--disable-gpu',
        `--user-data-dir=${join(folder, 'profile')}`,
      )(folder),
    settleMs: 4000,
  },
  {
    ...named,
    ...copied,
    name: 'Firefox, text area',
    toolkit: 'Gecko',
    command: 'firefox-esr',
    open: field('--no-remote'),
    settleMs: 9000,
  },
  {
    ...named,
    read: 'offered',
    name: 'surf, text area',
    toolkit: 'WebKitGTK',
    command: 'surf',
    open: field(),
    settleMs: 5000,
  },
  {
    ...named,
    ...copied,
    name: 'Epiphany, text area',
    toolkit: 'WebKitGTK',
    command: 'epiphany-browser',
    open: field(),
    settleMs: 6000,
  },
  {
    ...named,
    ...copied,
    name: 'Falkon, text area',
    toolkit: 'Qt WebEngine',
    command: 'falkon',
    open: field('--no-sandbox'),
    settleMs: 8000,
    env: { QTWEBENGINE_CHROMIUM_FLAGS: '--no-sandbox' },
  },
  {
    ...named,
    ...copied,
    name: 'an Electron application',
    toolkit: 'Chromium',
    command: process.env['BECKON_ELECTRON'] ?? 'electron',
    open: note('note.txt', '--no-sandbox', editor('electron-editor')),
  },
  {
    ...named,
    ...copied,
    name: 'a Java application (Swing)',
    toolkit: 'AWT',
    command: 'java',
    open: note('note.txt', editor('SwingEditor.java')),
    settleMs: 4000,
    line: (index) => ['ctrl+Home', ...usualLine(index).slice(1)],
    undoSteps: 0,
  },
];

export const anyApplications: readonly AnyApplication[] = [...neverTried, ...triedBefore];
