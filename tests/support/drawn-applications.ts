import { type AnyApplication, lines, whole, written } from './any-application.ts';
import { copied, note, saved, usual } from './opened-documents.ts';

const unnamed = { ...usual, named: false } as const;

/** A translation that is the document. */
const catalogue = [
  'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: en\\n"',
  `msgid "One\\n"\nmsgstr ""\n${lines.map((line) => `"${line}\\n"`).join('\n')}\n`,
].join('\n\n');
const openCatalogue = (folder: string) => [written(folder, 'note.po', catalogue)];
/** The translation of the last message in a catalogue. */
const translated = (file: string): string => {
  const last = file.slice(file.lastIndexOf('msgstr'));
  return [...last.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replaceAll('\\n', '\n')).join('');
};
/** The line by keys that go by lines, where going by characters is not the same in all places. */
export const byLines = (index: number): readonly string[] => [
  'ctrl+Home',
  ...Array.from({ length: index }, () => 'Down'),
  'Home',
  ...Array.from({ length: lines[index]?.length ?? 0 }, () => 'shift+Right'),
];

/** Where no key goes to the beginning of the document: up further than it has lines. */
const byLinesFromAnywhere = (index: number): readonly string[] => [
  ...Array.from({ length: 2 * lines.length }, () => 'Up'),
  ...byLines(index).slice(1),
];

/**
 * Drawn before any of them was tried; docs/applications.md tells how, and which of the draw have no text that this can get into:
 * GNUMail, SimplyHTML, Geary, knews and Pan.
 */
export const drawn: readonly AnyApplication[] = [
  {
    ...unnamed,
    ends: { at: 'captured', why: 'it is drawn by its own toolkit, which is not known, and offers nothing' },
    name: 'Yudit',
    toolkit: 'its own',
    command: 'yudit',
  },
  {
    ...unnamed,
    ...copied,
    name: 'Gtranslator, translation',
    toolkit: 'GTK 3',
    command: 'gtranslator',
    open: openCatalogue,
    title: /^(?!Openbox$)/,
    settleMs: 7000,
    enter: ['Escape', 'wait', 'Escape', 'wait', 'Escape', 'wait', 'Escape', 'wait', [15, 88]],
  },
  {
    ...unnamed,
    ...copied,
    name: 'Xournal, text',
    toolkit: 'GTK 2',
    command: 'xournal',
    open: () => [],
    title: /xournal/i,
    enter: [
      [12, 14],
      [40, 40],
    ],
    typed: true,
    undoSteps: 0,
  },
  {
    ...unnamed,
    ...copied,
    name: 'UKUI Notebook',
    toolkit: 'Qt 5',
    command: 'ukui-notebook',
    open: () => [],
    title: /notes/i,
    settleMs: 4000,
    enter: [[50, 45]],
    typed: true,
  },
  {
    ...unnamed,
    ...copied,
    name: 'nobleNote',
    toolkit: 'Qt 5',
    command: 'noblenote',
    open: () => [],
    title: /noblenote/i,
    enter: ['Return', 'wait', [25, 34], 'wait', [49, 13], 'wait', 'Return', 'wait', [70, 34, 2], 'wait', [40, 70]],
    typed: true,
  },
  {
    ...unnamed,
    name: 'MiniZinc IDE',
    toolkit: 'Qt 5',
    command: 'minizinc-ide',
    open: note('note.mzn'),
    title: /minizinc|note|check/i,
    settleMs: 5000,
    enter: ['Escape', 'wait', [40, 40]],
    read: saved('note.mzn'),
  },
  {
    ...unnamed,
    ...copied,
    name: 'NixNote',
    toolkit: 'Qt 5',
    command: 'nixnote2',
    open: () => [],
    title: /nixnote/i,
    settleMs: 5000,
    enter: ['ctrl+n', 'wait', [75, 85]],
    typed: true,
  },
  {
    ...unnamed,
    ...copied,
    name: 'Xournal++, text',
    toolkit: 'GTK 3',
    command: 'xournalpp',
    open: () => [],
    title: /xournal/i,
    settleMs: 4000,
    enter: [
      [33.5, 16.5],
      [65, 55],
    ],
    typed: true,
    line: byLinesFromAnywhere,
    undoSteps: 0,
  },
  {
    ...unnamed,
    ends: { at: 'captured', why: 'it is drawn by its own toolkit, which is not known' },
    name: 'FTE',
    toolkit: 'its own',
    command: 'xfte',
    title: /note/,
  },
];

/** Those that an earlier run did not get into. */
export const notEnteredBefore: readonly AnyApplication[] = [
  {
    ...unnamed,
    name: 'Poedit, translation',
    toolkit: 'wxWidgets (GTK 3)',
    command: 'poedit',
    open: openCatalogue,
    title: /note/,
    settleMs: 5000,
    enter: [[33, 83]],
    line: byLines,
    read: { saved: 'note.po', parse: translated },
  },
  {
    ...unnamed,
    name: 'gretl, script',
    toolkit: 'GTK 3',
    command: 'gretl',
    open: note('note.inp'),
    title: /gretl/i,
    settleMs: 4000,
    enter: ['alt+y', 'wait', 'wait'],
    read: saved('note.inp'),
  },
  {
    ...unnamed,
    name: 'PSPP, syntax',
    toolkit: 'GTK 3',
    command: 'psppire',
    open: note('note.sps'),
    title: /^(?!Openbox$)/,
    settleMs: 5000,
    enter: ['Escape', 'wait'],
    read: saved('note.sps'),
  },
  {
    ...unnamed,
    ...copied,
    ends: { at: 'captured', why: 'Shift and an arrow select nothing there' },
    name: 'NetSurf, text area',
    toolkit: 'GTK 3, draws its text itself',
    command: 'netsurf-gtk',
    open: (folder) => [
      `file://${written(folder, 'note.html', `<!doctype html><meta charset="utf-8"><title>note</title><textarea rows=14 cols=60>${whole}</textarea>`)}`,
    ],
    settleMs: 4000,
    enter: [[30, 25]],
  },
  {
    ...unnamed,
    ...copied,
    name: 'Sylpheed, new message',
    toolkit: 'GTK 2',
    command: 'sylpheed',
    open: (folder) => {
      written(
        `${folder}/../.sylpheed-2.0`,
        'accountrc',
        '[Account: 1]\naccount_name=test\nis_default=1\nname=Test\naddress=test@localhost\nprotocol=5\nreceive_server=localhost\nsmtp_server=localhost\n',
      );
      return ['--compose', 'a@localhost?subject=note'];
    },
    title: /mailbox|compose|sylpheed/i,
    settleMs: 3000,
    enter: ['Return', 'wait', 'wait', [50, 75]],
    typed: true,
  },
  {
    ...unnamed,
    ...copied,
    name: 'BasKet, note',
    toolkit: 'Qt 5 (KDE)',
    command: 'basket',
    open: () => [],
    title: /basket/i,
    settleMs: 5000,
    enter: [[25, 21], 'wait', 'Insert', 'wait'],
    typed: true,
  },
  {
    ...unnamed,
    name: 'Thonny',
    toolkit: 'Tk',
    command: 'thonny',
    open: note('note.py'),
    title: /^(?!Openbox$)/,
    settleMs: 4000,
    enter: [[83, 72], 'wait', 'wait', 'wait'],
    read: saved('note.py'),
  },
];
