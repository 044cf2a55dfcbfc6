import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AnyApplication, lines, written } from './any-application.ts';
import { page } from './drawn-documents.ts';
import { copied, note, saved, usual } from './opened-documents.ts';

const unnamed = { ...usual, named: false } as const;
const webEngine = { QTWEBENGINE_CHROMIUM_FLAGS: '--no-sandbox' };
/** An entry of a bibliography whose abstract is the document. */
const entry = `@article{note,\n  author = {A},\n  title = {One},\n  year = {2001},\n  abstract = {${lines.join('\n')}}\n}\n`;
/** A page of paper with the document on it, as Scribus's own scripts make one. */
const layout = [
  'import scribus',
  'scribus.newDocument((400, 400), (10, 10, 10, 10), scribus.PORTRAIT, 1, scribus.UNIT_POINTS, scribus.NOFACINGPAGES, scribus.FIRSTPAGERIGHT, 1)',
  'frame = scribus.createText(20, 20, 300, 300)',
  `scribus.setText(${JSON.stringify(lines.join('\n'))}, frame)`,
  'scribus.selectObject(frame)',
].join('\n');

/** Tk selects all by another key than most. */
const allOfTk = { selectAll: ['ctrl+slash'] } as const;

/** Sixteen of the third draw, chosen before any of them was tried; docs/applications.md tells how. */
export const drawnThird: readonly AnyApplication[] = [
  {
    ...unnamed,
    name: 'SuperCollider IDE',
    toolkit: 'Qt 5',
    command: 'scide',
    open: note('note.scd'),
    read: saved('note.scd'),
    title: /supercollider/i,
    settleMs: 9000,
    enter: [[20, 50]],
    env: webEngine,
  },
  { ...unnamed, name: 'sdlBasic', toolkit: 'GTK 2, Scintilla', command: 'sdlBasic', title: /sdlbasic/i },
  {
    ...unnamed,
    ...copied,
    ...allOfTk,
    name: 'visual-regexp, sample',
    toolkit: 'Tk',
    command: 'visual-regexp',
    open: () => [],
    title: /visual regexp/i,
    typed: true,
    enter: [[50, 75]],
  },
  {
    ...unnamed,
    ...copied,
    name: 'Freeplane, node',
    toolkit: 'Java Swing',
    command: 'freeplane',
    open: () => [],
    title: /freeplane/i,
    typed: true,
    settleMs: 25_000,
    enter: ['ctrl+n', 'wait', 'Return', 'wait', 'wait', 'alt+Return', 'wait', 'ctrl+a'],
  },
  {
    ...unnamed,
    ...copied,
    name: 'JabRef, abstract',
    toolkit: 'Java Swing',
    command: 'jabref',
    open: (folder) => [written(folder, 'note.bib', entry)],
    title: /note\.bib/,
    settleMs: 6000,
    enter: [{ screen: [400, 200], times: 2 }, 'wait', { screen: [414, 358] }, 'wait', { screen: [600, 450] }],
  },
  {
    ...unnamed,
    ...copied,
    name: 'Scribus, story editor',
    toolkit: 'Qt 5',
    command: 'scribus',
    open: (folder) => ['-ns', '-py', written(folder, 'layout.py', layout)],
    title: /scribus|new document/i,
    settleMs: 12_000,
    enter: ['Escape', 'wait', 'wait', 'ctrl+t', 'wait', 'wait'],
  },
  {
    ...unnamed,
    ...copied,
    name: 'cb2Bib',
    toolkit: 'Qt 5',
    command: 'cb2bib',
    open: () => [],
    title: /cb2bib/i,
    typed: true,
    settleMs: 5000,
    enter: [[30, 60]],
  },
  {
    ...unnamed,
    ...copied,
    ...allOfTk,
    name: 'Rhinote',
    toolkit: 'Tk (Python)',
    command: 'rhinote',
    open: () => [],
    title: /rhinote/i,
    typed: true,
    enter: [[50, 50]],
  },
  {
    ...unnamed,
    ...copied,
    name: 'XML Copy Editor',
    toolkit: 'wxWidgets (GTK 3), Scintilla',
    command: 'xmlcopyeditor',
    title: /note/,
    settleMs: 5000,
    enter: [[30, 40]],
  },
  {
    ...unnamed,
    ...copied,
    name: 'KBibTeX, source',
    toolkit: 'Qt 5 (KDE)',
    command: 'kbibtex',
    open: (folder) => [written(folder, 'note.bib', entry)],
    title: /kbibtex/i,
    env: webEngine,
    typed: true,
    settleMs: 7000,
    enter: ['Escape', 'wait', { screen: [1050, 204], times: 2 }, 'wait', [65, 15.5], 'wait', [50, 50], 'ctrl+a'],
  },
  {
    ...unnamed,
    ...copied,
    name: 'Groovy Console',
    toolkit: 'Java Swing',
    command: 'groovyConsole',
    open: () => [],
    title: /groovyconsole/i,
    typed: true,
    settleMs: 8000,
    enter: [[50, 35]],
  },
  { ...unnamed, name: 'XVile', toolkit: 'its own (Athena)', command: 'xvile', title: /xvile|note/ },
  { ...unnamed, name: 'TextEdit', toolkit: 'GNUstep', command: 'TextEdit', settleMs: 5000, enter: [[50, 70]] },
  {
    ...unnamed,
    ...copied,
    name: 'PageEdit',
    toolkit: 'Qt WebEngine',
    command: 'pageedit',
    open: (folder) => [written(folder, 'note.xhtml', page)],
    title: /pageedit/i,
    settleMs: 7000,
    enter: [[50, 70]],
    env: webEngine,
  },
  {
    ...unnamed,
    ...copied,
    name: 'DB Browser for SQLite, SQL',
    toolkit: 'Qt 5, Scintilla',
    command: 'sqlitebrowser',
    open: (folder) => {
      const path = join(folder, 'note.db');
      new DatabaseSync(path).exec('create table if not exists t (a)');
      return [path];
    },
    title: /db browser/i,
    typed: true,
    settleMs: 5000,
    enter: ['wait', { screen: [532, 132] }, 'wait', 'wait', { screen: [350, 260] }],
  },
  {
    ...unnamed,
    ...copied,
    name: 'GNUSim8085',
    toolkit: 'GTK 3',
    command: 'gnusim8085',
    open: () => [],
    title: /gnusim/i,
    typed: true,
    settleMs: 4000,
    enter: ['Escape', 'wait', { screen: [600, 350] }, 'ctrl+a'],
  },
];
