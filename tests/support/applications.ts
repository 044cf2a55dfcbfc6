import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './beckon-app.ts';
import type { TestDisplay } from './display.ts';
import { makePdf } from './pdf.ts';
import { sleep, waitFor } from './processes.ts';

export const text = 'The tide turns at noon. 潮水正午转向。';
export const paragraphs = `${text}\nThe ferry is late.`;
export interface Application {
  readonly name: string;
  readonly command: string;
  /** Writes what it opens into a folder of its own and answers its arguments. */
  readonly open: (folder: string) => readonly string[];
  readonly title: RegExp;
  /** Keys that select the whole text; a number is a click that many times, in the middle of the window. */
  readonly select: readonly (string | number)[];
  /** The same after text was put back, where that takes other keys. */
  readonly selectAgain?: readonly (string | number)[];
  /** How often its own undo has to be pressed at most; once when left out, 0 when it has none. */
  readonly undoSteps?: number;
  /** What it holds, where that is not the usual text. */
  readonly text?: string;
  /** It opens no file, so that the text is typed. */
  readonly typed?: true;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it takes keys. */
  readonly settleMs: number;
  readonly reads: 'accessibility' | 'primary';
  /** `asked`: by a paste, once the person agreed. */
  readonly writes: 'accessibility' | 'paste' | 'asked' | 'no';
}

const write = (folder: string, name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const note =
  (...before: readonly string[]) =>
  (folder: string) => [...before, write(folder, 'note.txt', `${text}\n`)];
const editor = (name: string) => join(checkout, 'tests', 'fakes', 'editors', name);
const page = (body: string) => (folder: string) => {
  const style = 'display:block;box-sizing:border-box;width:90vw;height:80vh;font:20px sans-serif';
  const html = `<!doctype html><meta charset="utf-8"><title>note.txt</title>${body.replace('STYLE', style)}`;
  return write(folder, 'page.html', html);
};
const chromium = (file: (folder: string) => string) => (folder: string) => [
  '--no-sandbox',
  '--no-first-run',
  '--password-store=basic',
  '--disable-gpu',
  `--user-data-dir=${join(folder, 'profile')}`,
  `file://${file(folder)}`,
];
const firefox = (file: (folder: string) => string) => (folder: string) => {
  const profile = join(folder, 'profile');
  mkdirSync(profile);
  const quiet = ['browser.aboutwelcome.enabled', 'datareporting.policy.dataSubmissionEnabled'];
  write(profile, 'user.js', quiet.map((name) => `user_pref("${name}", false);\n`).join(''));
  return ['--no-remote', '--profile', profile, `file://${file(folder)}`];
};
const pdf = (folder: string) => write(folder, 'note.txt.pdf', makePdf([text]));
const field = page(`<textarea style="STYLE" autofocus>${text}</textarea>`);
const rich = page(`<div style="STYLE" contenteditable id="e">${text}</div><script>e.focus()</script>`);

const usual = { open: note(), title: /note\.txt/, select: ['ctrl+a'], settleMs: 1500 } as const;
const inPlace = { reads: 'accessibility', writes: 'accessibility' } as const;
const byPaste = { reads: 'primary', writes: 'paste' } as const;
const asked = { reads: 'primary', writes: 'asked' } as const;
const readOnly = { reads: 'primary', writes: 'no' } as const;
const browser = { ...usual, command: 'chromium', settleMs: 2500 };

/** What docs/applications.md says of each. */
export const applications: readonly Application[] = [
  {
    ...usual,
    ...inPlace,
    name: 'Mousepad (GTK 3), by mouse',
    command: 'mousepad',
    select: ['ctrl+Home', 3],
    selectAgain: ['ctrl+a'],
    undoSteps: 2,
  },
  { ...usual, ...inPlace, name: 'Geany (GTK 3, Scintilla)', command: 'geany', undoSteps: 2 },
  { ...usual, ...inPlace, name: 'FeatherPad (Qt 5)', command: 'featherpad', undoSteps: 2 },
  {
    ...usual,
    ...inPlace,
    name: 'GNOME Text Editor (GTK 4)',
    command: 'gnome-text-editor',
    open: note('--standalone'),
    undoSteps: 2,
  },
  // As a desktop with accessibility starts them, where the bridge for GTK 2 (libatk-adaptor) is installed.
  {
    ...usual,
    ...inPlace,
    name: 'GmanEdit (GTK 2)',
    command: 'gmanedit',
    title: /gmanedit/i,
    env: { GTK_MODULES: 'gail:atk-bridge' },
    text: 'The tide turns at noon.',
    typed: true,
    undoSteps: 0,
  },
  { ...usual, ...inPlace, name: 'FocusWriter (Qt 6)', command: 'focuswriter', title: /note|FocusWriter/, undoSteps: 2 },
  // It knows no Unicode, so that its name is not among those that take a paste.
  { ...usual, ...readOnly, name: 'NEdit (Motif)', command: 'nedit', text: Buffer.from(text).toString('latin1') },
  {
    ...usual,
    ...inPlace,
    name: 'LibreOffice Writer',
    undoSteps: 2,
    command: 'soffice',
    open: note('--writer', '--norestore', '--nologo'),
    settleMs: 6000,
  },
  {
    ...usual,
    ...byPaste,
    name: 'LibreOffice Writer, several paragraphs',
    command: 'soffice',
    open: (folder) => ['--writer', '--norestore', '--nologo', write(folder, 'note.txt', paragraphs)],
    text: paragraphs,
    settleMs: 6000,
  },
  {
    ...usual,
    ...byPaste,
    name: 'LibreOffice Calc, in a cell',
    command: 'soffice',
    open: note('--calc', '--norestore', '--nologo', '--infilter=CSV:9,34,76,1'),
    select: ['ctrl+Home', 'F2', 'End', 'shift+Home'],
    selectAgain: ['End', 'shift+Home', 'shift+Up', 'shift+Home'],
    settleMs: 6000,
  },
  {
    ...usual,
    ...readOnly,
    name: 'LibreOffice Calc, whole cells',
    command: 'soffice',
    open: note('--calc', '--norestore', '--nologo', '--infilter=CSV:9,34,76,1'),
    select: ['ctrl+Home', 'shift+Down'],
    settleMs: 6000,
  },
  { ...browser, ...byPaste, name: 'Chromium, text area', open: chromium(field) },
  {
    ...browser,
    ...byPaste,
    name: 'Chromium, text area, by mouse',
    open: chromium(field),
    select: [3],
    selectAgain: ['ctrl+a'],
  },
  { ...browser, ...byPaste, name: 'Chromium, contenteditable', open: chromium(rich) },
  { ...browser, ...readOnly, name: 'Chromium, PDF', open: chromium(pdf), select: [1, 'ctrl+a'] },
  { ...browser, ...byPaste, name: 'Firefox, text area', command: 'firefox-esr', open: firefox(field), settleMs: 5000 },
  {
    ...usual,
    ...readOnly,
    name: 'Emacs',
    command: 'emacs',
    open: note('-Q', '--no-splash'),
    title: /note\.txt|emacs/i,
    select: ['ctrl+x', 'h'],
  },
  {
    ...usual,
    ...asked,
    name: 'Java Swing',
    undoSteps: 0,
    command: 'java',
    open: note(editor('SwingEditor.java')),
    settleMs: 3000,
  },
  {
    ...usual,
    ...asked,
    name: 'Tk',
    undoSteps: 0,
    command: 'wish',
    open: note(editor('tk-editor.tcl')),
    select: ['ctrl+Home', 'ctrl+shift+End'],
  },
  {
    ...usual,
    ...asked,
    name: 'Electron of its own',
    command: process.env['BECKON_ELECTRON'] ?? 'electron',
    open: note('--no-sandbox', editor('electron-editor')),
  },
];

/** Opens an application with its text in it and waits until it takes keys. */
export async function openApplication(display: TestDisplay, application: Application): Promise<ChildProcess> {
  const { name, command, open, title, settleMs, env, typed, text: held = text } = application;
  if (spawnSync('which', [command]).status !== 0) throw new Error(`${command} is not installed`);
  const folder = join(display.folder, `${name.replaceAll(/\W+/g, '-')}-${Date.now()}`);
  mkdirSync(folder);
  Object.assign(display.env, { EDITOR_PROFILE: folder, GTK_MODULES: '' }, env);
  const child = display.start(command, open(folder));
  await waitFor(`${command} has the keyboard`, () => title.test(display.focusedTitle()), 60_000);
  await sleep(settleMs);
  if (typed) display.type(held);
  return child;
}

/** Selects as a person does; afterwards the application has told the display of it. */
export async function selectBy(display: TestDisplay, keys: Application['select']): Promise<void> {
  for (const key of keys) {
    if (typeof key === 'string') display.press(key);
    else clickInside(display, key);
    await sleep(80);
  }
  await sleep(500);
}

/** On the first line of a text, whatever the size of the window. */
function clickInside(display: TestDisplay, times: number): void {
  const shell = display.xdotool('getwindowfocus', 'getwindowgeometry', '--shell');
  const [width, height] = [Number(/WIDTH=(\d+)/.exec(shell)?.[1]), Number(/HEIGHT=(\d+)/.exec(shell)?.[1])];
  const window = display.xdotool('getwindowfocus');
  const below = height > 500 ? 250 : 75;
  display.xdotool('mousemove', '--window', window, String(Math.round(width / 2)), String(below));
  display.xdotool('click', '--repeat', String(times), '--delay', '40', '1');
}
