import { join } from 'node:path';
import { type AnyApplication, editor, usualLine } from './any-application.ts';
import { byLines } from './drawn-applications.ts';
import { copied, field, note, saved, usual } from './opened-documents.ts';

const named = { ...usual, named: true } as const;

/** Applications that the project knows by name, or that were tried before. */
export const triedBefore: readonly AnyApplication[] = [
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
    line: byLines,
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
