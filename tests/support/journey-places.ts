import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDisplay } from './display.ts';
import { makeSpreadsheet, makeTextDocument, readSpreadsheet, readTextDocument } from './office-files.ts';
import type { PageServer } from './page-server.ts';
import { makePdf } from './pdf.ts';
import { sleep, waitFor } from './processes.ts';

/** A document with a part that is to be selected. */
export interface Passage {
  readonly before: string;
  readonly selected: string;
  readonly after: string;
}

/** A click that many times, in pixels from the corner of the window; or a drag from there to another place. */
export interface Mouse {
  readonly at: readonly [number, number];
  readonly times?: number;
  readonly to?: readonly [number, number];
}

export interface Opened {
  /** The document as it is now, by another way than Beckon's: a saved file, or what the page or the terminal tells. */
  readonly read: () => Promise<string>;
}

export interface Bench {
  readonly display: TestDisplay;
  readonly pages: PageServer;
  /** Empty, and of this run alone. */
  readonly folder: string;
  readonly start: (command: string, args: readonly string[]) => void;
}

/** Somewhere that text is selected and an answer goes back to. */
export interface Place {
  readonly name: string;
  /** `copies`: it is known that nothing can be written. `tries`: a paste is tried, nothing takes it, and that is said. */
  readonly puts: 'back' | 'tries' | 'copies';
  readonly open: (bench: Bench, passage: Passage) => Promise<Opened>;
  /** Keys; `pause` gives it the time to begin something. */
  readonly byKeyboard: (passage: Passage) => readonly string[];
  readonly byMouse: (passage: Passage) => readonly Mouse[];
  /** An answer with Markdown structure comes out formatted, in paragraphs of its own. */
  readonly takesRichText?: true;
  /** What could be a formula goes in with a space before it. */
  readonly computes?: true;
  /** A selection by the keyboard is all of the document. */
  readonly selectsAll?: true;
  /** A click that gives the document the keyboard; a viewer has it only then. */
  readonly focusBy?: Mouse;
  /** How often its own undo has to be pressed at most; once when left out. */
  readonly undoSteps?: number;
}

const times = (count: number, key: string) => Array.from({ length: count }, () => key);
const whole = ({ before, selected, after }: Passage) => `${before}${selected}${after}`;
/** How far the passage is from the beginning of its line. */
const column = ({ before }: Passage) => before.length - before.lastIndexOf('\n') - 1;
/** On the second line, from where it begins to where it ends. */
const secondLine = (passage: Passage) => [
  ...['ctrl+Home', 'Down', 'Home'],
  ...times(column(passage), 'Right'),
  ...times(passage.selected.length, 'shift+Right'),
];

async function front(bench: Bench, title: RegExp, settleMs: number): Promise<void> {
  await waitFor(`${title} has the keyboard`, () => title.test(bench.display.focusedTitle()), 60_000);
  await sleep(settleMs);
}

async function openMousepad(bench: Bench, passage: Passage): Promise<Opened> {
  const file = join(bench.folder, 'note.txt');
  writeFileSync(file, whole(passage));
  bench.start('mousepad', ['--disable-server', file]);
  await front(bench, /note\.txt/, 600);
  const read = async () => {
    await front(bench, /note\.txt/, 0);
    bench.display.press('ctrl+s');
    await sleep(400);
    return readFileSync(file, 'utf8');
  };
  return { read };
}

async function openChromium(bench: Bench, content: Buffer | string, name: string): Promise<void> {
  const profile = join(bench.folder, 'profile', 'Default');
  mkdirSync(profile, { recursive: true });
  // Caret browsing, as F7 switches it on: text of a page can be selected by the keyboard.
  const caret = { enabled: true, show_dialog: false };
  writeFileSync(join(profile, 'Preferences'), JSON.stringify({ settings: { a11y: { caretbrowsing: caret } } }));
  const address = bench.pages.serve(content, name);
  bench.start('chromium', [
    ...['--no-sandbox', '--no-first-run', '--password-store=basic', '--disable-gpu', '--window-position=0,0'],
    ...[`--user-data-dir=${join(bench.folder, 'profile')}`, '--window-size=1240,700', address],
  ]);
  await front(bench, /test-page/, 1800);
}

const html = (body: string, script = '') =>
  `<!doctype html><meta charset="utf-8"><title>test-page</title><style>body{margin:0}#field{display:block;box-sizing:border-box;width:100vw;height:80vh;font:14px/24px sans-serif;padding:24px;margin:0}#field *{margin:0}</style>${body}<script>${script}</script>`;
const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const blocks = (passage: Passage, tag: string) =>
  whole(passage)
    .split('\n')
    .map((line) => `<${tag}>${escapeHtml(line)}</${tag}>`)
    .join('');

const openPage = (body: (passage: Passage) => string) => async (bench: Bench, passage: Passage) => {
  await openChromium(bench, html(body(passage), 'field.focus()'), 'page.html');
  const read = async () => {
    const { text, focused } = await bench.pages.report();
    if (!focused) throw new Error('the page has not the keyboard');
    return text;
  };
  return { read };
};

async function openPdf(bench: Bench, passage: Passage): Promise<Opened> {
  const { before, selected, after } = passage;
  const lines = [before.trimEnd(), ...pdfLines(selected), after.trimStart()];
  const pdf = makePdf([lines.join('\n')]);
  await openChromium(bench, pdf, 'test-page.pdf');
  return { read: async () => whole(passage) };
}

const openOffice =
  (kind: 'writer' | 'calc', make: (lines: readonly string[]) => string, read: (xml: string) => readonly string[]) =>
  async (bench: Bench, passage: Passage): Promise<Opened> => {
    const file = join(bench.folder, kind === 'writer' ? 'note.fodt' : 'note.fods');
    writeFileSync(file, make(whole(passage).split('\n')));
    bench.start('soffice', [
      ...[`--${kind}`, '--norestore', '--nologo', `-env:UserInstallation=file://${join(bench.folder, 'profile')}`],
      file,
    ]);
    await front(bench, /note/, 6000);
    const saved = () => statSync(file).mtimeMs;
    return {
      read: async () => {
        await front(bench, /note/, 0);
        const before = saved();
        bench.display.press('ctrl+s');
        // Nothing is written when nothing was changed.
        await waitFor('it is saved', () => saved() !== before, 2500).catch(() => {});
        await sleep(300);
        return read(readFileSync(file, 'utf8')).join('\n');
      },
    };
  };

/**
 * A terminal of which every byte that a key brings is written down. Text is selected by the keyboard in a tmux in it, which
 * hands it over by OSC 52, since xterm itself has no such keys.
 */
async function openXterm(bench: Bench, passage: Passage): Promise<Opened> {
  const [log, shown, settings] = ['typed.txt', 'shown.txt', 'tmux.conf'].map((name) => join(bench.folder, name));
  writeFileSync(shown ?? '', `${whole(passage)}\n`);
  writeFileSync(settings ?? '', 'set -g mode-keys vi\nset -g status off\nset -g destroy-unattached on\n');
  const tmux = `tmux -u -L journey -f ${settings} new-session "cat ${shown}; exec cat"`;
  bench.start('xterm', [
    ...['-T', 'lines', '-fa', 'Noto Sans Mono', '-fs', '7', '-geometry', '190x10+0+0'],
    ...['-xrm', 'XTerm*disallowedWindowOps: 20,21,SetXprop'],
    ...['-e', 'script', '-q', '--flush', '--log-in', log ?? '', '-c', tmux],
  ]);
  await front(bench, /lines/, 1200);
  return { read: async () => readFileSync(log ?? '', 'latin1') };
}

/** Three clicks select a line or a paragraph, in Writer four. */
const clicks = (x: number, y: number, count: number) => () => [{ at: [x, y], times: count }] as const;

/** Lines that fit on the page of `makePdf`, where each character is as wide as a Chinese one. */
const pdfLines = (text: string) => (text.match(/.{1,34}(?: |$)|.{1,34}/gu) ?? []).map((line) => line.trim());
/** From the beginning of the second line to the end of the line before the last, at 100 %. */
const dragInPdf = ({ selected }: Passage): readonly Mouse[] => {
  const lines = pdfLines(selected);
  const end = [430 + 16 * (lines.at(-1)?.length ?? 0), Math.round(297 + 18.67 * (lines.length - 1))] as const;
  return [{ at: [434, 297], to: end }];
};

const inBrowser = { puts: 'back', byKeyboard: secondLine } as const;

export const places: readonly Place[] = [
  {
    name: 'mousepad',
    puts: 'back',
    // Taking the text away, and putting the answer there; sometimes both at once.
    undoSteps: 2,
    open: openMousepad,
    byKeyboard: secondLine,
    byMouse: clicks(80, 80, 3),
  },
  {
    ...inBrowser,
    name: 'Chromium, text area',
    open: openPage((passage) => `<textarea id="field">${escapeHtml(whole(passage))}</textarea>`),
    byMouse: clicks(80, 204, 3),
  },
  {
    ...inBrowser,
    name: 'Chromium, contenteditable',
    takesRichText: true,
    open: openPage((passage) => `<div id="field" contenteditable>${blocks(passage, 'div')}</div>`),
    byMouse: clicks(80, 204, 3),
  },
  {
    name: 'Chromium, page',
    puts: 'tries',
    open: openPage((passage) => `<div id="field">${blocks(passage, 'p')}</div>`),
    byKeyboard: secondLine,
    byMouse: clicks(80, 204, 3),
  },
  {
    name: 'Chromium, PDF',
    puts: 'tries',
    open: openPdf,
    focusBy: { at: [800, 550] },
    byKeyboard: () => ['ctrl+a'],
    selectsAll: true,
    byMouse: dragInPdf,
  },
  {
    name: 'LibreOffice Writer',
    takesRichText: true,
    undoSteps: 2,
    puts: 'back',
    open: openOffice('writer', makeTextDocument, readTextDocument),
    byKeyboard: secondLine,
    byMouse: clicks(442, 252, 4),
  },
  {
    name: 'LibreOffice Calc, in a cell',
    computes: true,
    puts: 'back',
    open: openOffice('calc', makeSpreadsheet, readSpreadsheet),
    byKeyboard: (passage) => [
      ...['ctrl+Home', 'Down', 'pause', 'F2', 'pause', 'Home'],
      ...times(column(passage), 'Right'),
      ...times(passage.selected.length, 'shift+Right'),
    ],
    // Two clicks open the cell; its text is then dragged over from end to end.
    byMouse: () => [
      { at: [76, 193], times: 2 },
      { at: [34, 193], to: [1150, 193] },
    ],
  },
  {
    name: 'xterm',
    puts: 'copies',
    open: openXterm,
    byKeyboard: (passage) => [
      ...['ctrl+b', 'bracketleft', 'g', 'Down', '0'],
      ...times(column(passage), 'Right'),
      'space',
      ...times(passage.selected.length - 1, 'Right'),
      'Return',
    ],
    byMouse: clicks(40, 20, 3),
  },
];
