import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './beckon-app.ts';
import { makePdf } from './pdf.ts';

/** An application that stands in no list of the product. */
export interface Untried {
  readonly name: string;
  readonly command: string;
  /** What it opens, in a folder of its own. */
  readonly open: (folder: string) => readonly string[];
  readonly title: RegExp;
  /** Milliseconds until it takes keys. */
  readonly settleMs: number;
  /** Keys that select the text that is to be replaced; its line, where left out. */
  readonly select?: readonly string[];
  /** Keys that select all there is; Ctrl+A, where left out. */
  readonly selectAll?: readonly string[];
  /** It takes a paste by its name, so that nobody is asked. */
  readonly known?: true;
  /**
   * `accessibility`: in place. `paste`: once the person agreed. `either`: in place where Qt is on the accessibility bus. `copy`:
   * told by a copy, and not written to. `no`: never.
   */
  readonly way: 'accessibility' | 'paste' | 'either' | 'copy' | 'no';
}

export const wrong = 'The tide turn at noon. 潮水转向。';
export const right = 'The tide turns at noon. 潮水正转向。';
const whole = `First line.\n${wrong}\nLast line.\n`;
export const line = ['ctrl+Home', 'Down', 'Home', 'shift+End'] as const;

const written = (folder: string, name: string, content: string | Buffer) => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const editor = (name: string) => join(checkout, 'tests', 'fakes', 'editors', name);
const note =
  (ending = 'txt', ...before: readonly string[]) =>
  (folder: string) => [...before, written(folder, `note.${ending}`, whole)];
const field =
  (...before: readonly string[]) =>
  (folder: string) => {
    const style = 'display:block;width:90vw;height:80vh;font:20px sans-serif';
    const page = `<!doctype html><meta charset="utf-8"><title>note</title><textarea autofocus style="${style}">${whole}</textarea>`;
    return [...before, `file://${written(folder, 'note.html', page)}`];
  };
const usual = { open: note(), title: /note/, settleMs: 3000 } as const;
const inPlace = { ...usual, way: 'accessibility' } as const;
const byPaste = { ...usual, way: 'paste' } as const;
const either = { ...usual, way: 'either' } as const;

/** What docs/applications.md says of each, in a session as Debian starts it. */
export const untried: readonly Untried[] = [
  { ...byPaste, name: 'ReText (Qt 6)', command: 'retext', open: note('md') },
  { ...byPaste, name: 'Texmaker (Qt 5)', command: 'texmaker', open: note('tex') },
  { ...byPaste, name: 'surf, text area (WebKitGTK)', command: 'surf', open: field(), settleMs: 4000 },
  { ...byPaste, name: 'Konqueror, text area (Qt WebEngine)', command: 'konqueror', open: field(), settleMs: 8000 },
  {
    ...byPaste,
    name: 'Falkon, text area (Qt WebEngine)',
    command: 'falkon',
    open: field('--no-sandbox'),
    settleMs: 7000,
  },
  { ...byPaste, name: 'Epiphany, text area (WebKitGTK)', command: 'epiphany-browser', open: field(), settleMs: 6000 },
  // Its own "select all" moves no end that a key could move.
  {
    ...byPaste,
    name: 'a Tk application',
    command: 'wish',
    open: (folder) => [editor('tk-editor.tcl'), ...note('txt')(folder)],
    selectAll: ['ctrl+Home', 'ctrl+shift+End'],
  },
  { ...byPaste, name: 'a Java application (Swing)', command: 'java', open: note('txt', editor('SwingEditor.java')) },
  {
    ...byPaste,
    name: 'an Electron application',
    command: process.env['BECKON_ELECTRON'] ?? 'electron',
    open: note('txt', '--no-sandbox', editor('electron-editor')),
  },
  { ...usual, way: 'paste', known: true, name: 'KWrite (Qt 5, KDE)', command: 'kwrite', settleMs: 5000 },
  { ...either, name: 'JuffEd (Qt 5, Scintilla)', command: 'juffed' },
  { ...either, name: 'TEA (Qt 5)', command: 'tea', title: /note|TEA/ },
  { ...either, name: 'TeXworks (Qt 5)', command: 'texworks', open: note('tex') },
  { ...either, name: 'ghostwriter (Qt 5)', command: 'ghostwriter', open: note('md'), settleMs: 4000 },
  { ...inPlace, name: 'Bluefish (GTK 3)', command: 'bluefish' },
  { ...inPlace, name: 'L3afpad (GTK 3)', command: 'l3afpad' },
  { ...inPlace, name: 'Gummi (GTK 3)', command: 'gummi', open: note('tex'), title: /note|Gummi/ },
  {
    ...usual,
    way: 'copy',
    name: 'Atril, PDF',
    command: 'atril',
    open: (folder) => [written(folder, 'note.pdf', makePdf([wrong]))],
    select: ['ctrl+a'],
  },
  { ...usual, way: 'no', name: 'gvim', command: 'gvim', open: note('txt', '-f'), select: ['g', 'g', 'j', 'shift+v'] },
];
