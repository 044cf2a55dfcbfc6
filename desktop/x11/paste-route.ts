import type { ActiveWindow, RichText } from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import type { PutBackMode } from '../ports.ts';
import { withTimeLimit } from '../time-limit.ts';
import { type ClipboardLease, type Loan, offerText } from './clipboard-lease.ts';
import type { Keyboard, KeyName } from './keyboard.ts';
import pasteTargets from './paste-targets.json' with { type: 'json' };
import type { SelectionReader } from './read-selection.ts';
import { pingWindow } from './window-ping.ts';
import type { WindowWatch } from './window-watch.ts';
import type { X11Connection } from './x11-connection.ts';

/** A selection that was read from PRIMARY, as it has to be still when text is pasted over it. */
export interface PrimarySelection {
  readonly window: ActiveWindow;
  readonly owner: number;
  readonly text: string;
  /** It is offered as HTML too, and the accessibility interface says that it can be edited: rich text is taken as such. */
  readonly takesHtml: boolean;
}

export interface PasteParts {
  readonly x: X11Connection;
  readonly windows: WindowWatch;
  readonly reader: SelectionReader;
  readonly lease: ClipboardLease;
  readonly keyboard: Keyboard;
  /** What a copy gives in a document of an office; null when nothing is selected there. */
  readonly readCopy: (window: number) => Promise<string | null>;
  /** What PRIMARY holds now. */
  readonly readPrimary: () => Promise<{ readonly owner: number; readonly text: string } | null>;
}

/** The form that an application has read of what was offered. */
type Taken = 'html' | 'text' | 'nothing';

const focusLimitMs = 1200;
/** An office that has just got the keyboard back throws away a shortcut that comes sooner. */
const awakeMs = 200;
/** A busy one does so once it has worked through what came before. */
const busyLimitMs = 6000;
/** An application that takes a paste asks for the text within a few milliseconds. */
const askedLimitMs = 1200;
/**
 * Browsers tell the display of a new selection a moment after it was made. A page that is busy tells nothing and pastes later:
 * what was lent has to be there then still.
 */
const readBackLimitMs = 3000;
/** An office offers another selection some 100 ms after the key that made it. */
const keyLimitMs = 500;
/** A selection of cells comes with tabs between them and a line's end after each row. */
const spreadsheets: readonly string[] = ['libreoffice-calc', 'gnumeric'];
/** Reading what is selected, in characters a millisecond. */
const charactersPerMs = 10_000;
/** A key that moves an end of the selection, and the one that moves it back. */
const selectionKeys = [
  ['Left', 'Right'],
  ['Right', 'Left'],
] as const;
/** Three clicks in a browser select to the beginning of what comes next: moving back from there takes nothing off yet. */
const mostMoves = 2;
/** What grows or shrinks by a key they do not offer anew, and a copy with nothing selected does nothing. */
const offices: readonly string[] = ['libreoffice', 'libreoffice-writer', 'libreoffice-impress', 'soffice'];
/** A character as a person sees it can be several, such as a family of emoji, in UTF-16 units. */
const longestCharacter = 16;
/** So many at the end of what was pasted are looked at before it is undone, in so many UTF-16 units at most. */
const tailCharacters = 6;
const tailUnits = 60;
/** Between what was there and rich text that goes below it. */
const emptyLine = '<p><br></p>';
/** Some ask for a second format after the first. */
const settleMs = 250;

/**
 * Whether a key may be synthesised in a window at all: only in applications known to paste on Ctrl+V over a selection. In a
 * terminal, Emacs and whatever else is not known, the same key does something else.
 */
export function takesPaste({ application }: ActiveWindow, selected: string): boolean {
  if (application === null) return false;
  const name = application.toLowerCase();
  // Whole cells, which a paste would change in ways that cannot be read back; in a cell that is edited it works.
  if (spreadsheets.includes(name) && /[\t\n]/.test(selected)) return false;
  return pasteTargets.includes(name);
}

function isSpreadsheet({ application }: ActiveWindow): boolean {
  return application !== null && spreadsheets.includes(application.toLowerCase());
}

function isOffice({ application }: ActiveWindow): boolean {
  return application !== null && offices.includes(application.toLowerCase());
}

/** An answer is never computed: with a space before it, a formula is text to a spreadsheet. */
function asText(text: string, window: ActiveWindow): string {
  return isSpreadsheet(window) && /^[=+@-]/.test(text) ? ` ${text}` : text;
}

/** In a cell rich text would be put into several. */
export function takesRichPaste(window: ActiveWindow): boolean {
  return window.application !== null && !isSpreadsheet(window);
}

/** The guarded way back: one paste into the very window and selection that were captured, the clipboard given back after. */
export class PasteRoute {
  readonly #parts: PasteParts;
  readonly #lease: ClipboardLease;
  readonly #keyboard: Keyboard;
  /** The last paste of plain text, whose end can be read. */
  #pasted: { readonly selection: PrimarySelection; readonly text: string } | null = null;

  constructor(parts: PasteParts) {
    this.#parts = parts;
    this.#lease = parts.lease;
    this.#keyboard = parts.keyboard;
  }

  /**
   * Beckon's own window must be gone by then. Throws `put-back/…`; then nothing was pasted, or nothing took the text, but for
   * `put-back/unchecked`.
   */
  async write(selection: PrimarySelection, text: string, mode: PutBackMode, rich: RichText | null): Promise<void> {
    this.#pasted = null;
    await this.#waitForFocus(selection.window);
    const now = await this.#parts.readPrimary().catch((error) => {
      if (toErrorShape(error).code !== 'capture/not-answering') return null;
      throw new AppError('put-back/refused', `the application does not answer: ${String(error)}`);
    });
    if (now === null || now.text !== selection.text || now.owner !== selection.owner) throw changed();
    await this.#requireSelected(selection);
    const gap = mode === 'replace' ? '' : '\n\n';
    // Where it is not known what a place takes (a web page's), whoever takes no rich text gets the text as it is.
    const pasted = gap + (rich !== null && selection.takesHtml ? rich.text : asText(text, selection.window));
    const html = rich === null ? null : `${gap === '' ? '' : emptyLine}${rich.html}`;
    const texts = rich === null ? [pasted] : [rich.text, pasted];
    await this.#lease.during(offerText(pasted, html), async ({ onRequest, holds }) => {
      const taken = this.#takenFrom(selection.window, onRequest);
      if (mode === 'insert-below') await this.#press(selection.window, 'Right', null);
      await this.#keyboard.press('v', 'Control', async () => {
        await this.#requireFocus(selection.window);
        if (!holds()) throw new AppError('put-back/refused', 'somebody else copied at this moment');
      });
      const format = await taken();
      // What was put into a cell is undone after the cell was left, too, as one step.
      if (format !== 'html' && !isSpreadsheet(selection.window)) this.#pasted = { selection, text: pasted };
      if (format === 'html' && selection.takesHtml) return;
      const there = await this.#isThere(format, selection, texts).catch((error) => {
        // The person has gone on to another window meanwhile: it may well be there.
        throw new AppError('put-back/unchecked', `the paste could not be checked: ${String(error)}`);
      });
      if (!there) throw new AppError('put-back/not-editable', 'nothing there took the text');
    });
  }

  /**
   * What was selected may be selected no longer though it is still offered: browsers keep what PRIMARY held, and a cell that
   * was left does. A paste would go in wherever the caret is. So the end of the selection is moved and moved back: what is
   * offered then follows. In an open cell a key takes a character off; elsewhere in a spreadsheet it selects cells.
   */
  async #requireSelected(selection: PrimarySelection): Promise<void> {
    const { text, window } = selection;
    if (isOffice(window)) return this.#requireCopied(selection);
    const cells = isSpreadsheet(window);
    // One character alone would be selected no longer after a key that takes one off.
    const ways = isOneCharacter(text) ? [...selectionKeys].reverse() : selectionKeys;
    for (const [key, back] of ways) {
      const moved = await this.#moveEnd(key, selection, cells ? 1 : mostMoves);
      // At an end of the text the key does nothing, and there is nothing to take back.
      if (moved === null) continue;
      for (let left = moved.presses; left > 0; left -= 1) await this.#press(window, back, 'Shift');
      const follows = isShorter(moved.text, text) || (!cells && isShorter(text, moved.text));
      if (follows && (await this.#isOffered(text))) return;
      throw cells ? new AppError('put-back/not-editable', 'the cell is not open') : changed();
    }
    throw new AppError('put-back/not-editable', 'the selection does not follow the keys');
  }

  /** An office offers what was selected at first, however it grew or shrank by keys since; a copy gives what is selected now. */
  async #requireCopied({ text, window }: PrimarySelection): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, awakeMs));
    await this.#requireFocus(window);
    const copied = await this.#parts.readCopy(Number(window.windowId)).catch((error) => {
      throw new AppError('put-back/refused', `the selection could not be checked: ${String(error)}`);
    });
    if (copied !== text) throw changed();
  }

  /** Moves an end of the selection until another text is offered; null when none is. */
  async #moveEnd(
    key: 'Left' | 'Right',
    { text, window }: PrimarySelection,
    most: number,
  ): Promise<{ text: string; presses: number } | null> {
    for (let presses = 1; presses <= most; presses += 1) {
      await this.#press(window, key, 'Shift');
      const now = await this.#offered((offered) => offered !== text, text.length);
      if (now !== null) return { text: now, presses };
    }
    return null;
  }

  async #isOffered(text: string): Promise<boolean> {
    return (await this.#offered((offered) => offered === text, text.length)) !== null;
  }

  /** What is offered as selected once it is as wanted; null when it does not become so. A long text takes longer to come. */
  async #offered(isWanted: (text: string) => boolean, length: number): Promise<string | null> {
    const end = Date.now() + keyLimitMs + length / charactersPerMs;
    while (Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const now = await this.#parts.readPrimary().catch(() => null);
      if (now !== null && isWanted(now.text)) return now.text;
    }
    return null;
  }

  /** `texts`: the plain form of rich text, and what was offered as text. */
  async #isThere(format: Taken, selection: PrimarySelection, texts: readonly string[]): Promise<boolean> {
    if (format === 'nothing') return false;
    return this.#readBack(selection, format === 'html' ? texts : texts.slice(-1));
  }

  /**
   * The application's own undo, in the same window. Throws `put-back/changed` where it would undo something else by now: the
   * caret has to stand behind what was pasted, or all of that has to be selected. After rich text, and in a cell that may have
   * been left since, that cannot be told.
   */
  async undo(selection: PrimarySelection): Promise<void> {
    await this.#waitForFocus(selection.window);
    await new Promise((resolve) => setTimeout(resolve, awakeMs));
    const pasted = this.#pasted?.selection === selection ? this.#pasted.text : null;
    if (pasted !== null && !(await this.#isSelected(selection, pasted)) && !(await this.#isBehind(selection, pasted)))
      throw changed();
    await this.#press(selection.window, 'z', 'Control');
  }

  /**
   * Whether the caret stands behind the pasted text: selecting one character back then selects its last one. A web page
   * that cannot be edited reads the clipboard too and does nothing with it; there its old selection shrinks instead.
   */
  async #readBack(selection: PrimarySelection, texts: readonly string[]): Promise<boolean> {
    // White space alone is no selection that can be read, so that at the end goes along with the character before it.
    const characters = Math.max(...texts.map((text) => text.length - text.trimEnd().length)) + 1;
    for (let left = characters; left > 0; left -= 1) await this.#press(selection.window, 'Left', 'Shift');
    const end = Date.now() + readBackLimitMs;
    while (Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      const now = await this.#parts.readPrimary().catch(() => null);
      if (now === null || now.text === selection.text) continue;
      const isEnd = texts.some((text) => text.endsWith(now.text));
      // In formatted text Chromium leaves the caret elsewhere; a page that took nothing has its old selection, changed by one.
      const isOld = selection.text.startsWith(now.text) || now.text.endsWith(selection.text);
      const there = now.text.length < longestCharacter + characters && (isEnd || !isOld);
      // The caret goes back behind the text, or the page's selection back to what it was.
      if (there) await this.#press(selection.window, 'Right', null);
      else for (let left = characters; left > 0; left -= 1) await this.#press(selection.window, 'Right', 'Shift');
      return there;
    }
    return false;
  }

  async #isSelected(selection: PrimarySelection, pasted: string): Promise<boolean> {
    const now = await this.#parts.readPrimary().catch(() => null);
    if (now === null || !now.text.trimEnd().endsWith(pasted.trimEnd())) return false;
    return this.#requireSelected({ ...selection, ...now }).then(
      () => true,
      () => false,
    );
  }

  /** Selects some characters back, more than are the same by chance, and goes back to where the caret was. */
  async #isBehind(selection: PrimarySelection, pasted: string): Promise<boolean> {
    const characters = [...new Intl.Segmenter().segment(pasted.slice(-tailUnits))].slice(-tailCharacters);
    const tail = characters.map(({ segment }) => segment).join('');
    for (let left = characters.length; left > 0; left -= 1) await this.#press(selection.window, 'Left', 'Shift');
    // An office offers for good what is selected when it is first asked.
    if (isOffice(selection.window)) await new Promise((resolve) => setTimeout(resolve, awakeMs));
    const isThere = (await this.#offered((offered) => offered === tail, 0)) !== null;
    await this.#press(selection.window, 'Right', null);
    return isThere;
  }

  async #waitForFocus(window: ActiveWindow): Promise<void> {
    const end = Date.now() + focusLimitMs;
    while ((await this.#parts.windows.focused()) !== Number(window.windowId)) {
      if (Date.now() > end) throw new AppError('put-back/target-gone', 'the window did not get the focus back');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Between the check and the key nothing is awaited that another window could use to come in front for long. */
  async #press(window: ActiveWindow, key: KeyName, modifier: 'Control' | 'Shift' | null): Promise<void> {
    await this.#keyboard.press(key, modifier, () => this.#requireFocus(window));
  }

  async #requireFocus(window: ActiveWindow): Promise<void> {
    if ((await this.#parts.windows.focused()) !== Number(window.windowId))
      throw new AppError('put-back/target-gone', 'another window has the focus');
  }

  /** What the target's own application has read, a moment after it did; asked for once the key is pressed. */
  #takenFrom(window: ActiveWindow, onRequest: Loan['onRequest']): () => Promise<Taken> {
    const { x, reader } = this.#parts;
    let taken: Taken = 'nothing';
    let end = () => {};
    const asked = new Promise<void>((resolve) => {
      end = resolve;
    });
    onRequest(({ requestor, target }) => {
      const check = async () => {
        const [targets, timestamp, html] = await Promise.all(
          ['TARGETS', 'TIMESTAMP', 'text/html'].map((name) => x.atom(name)),
        );
        if (target === targets || target === timestamp) return;
        if (!(await x.sameClient(requestor, Number(window.windowId)))) return;
        if (target === html) taken = 'html';
        if (taken === 'nothing') taken = 'text';
        end();
      };
      void check();
    });
    return async () => {
      const ping = await pingWindow(x, Number(window.windowId), (await reader.serverTime()) ?? 0);
      const isAsked = await isDone(asked, askedLimitMs);
      // It still has the key to come: given back now, the person's own clipboard would be pasted.
      const answers = isAsked || ping === null || (await isDone(Promise.race([asked, ping.answered]), busyLimitMs));
      if (!isAsked && answers) await isDone(asked, settleMs);
      ping?.end();
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      return taken;
    };
  }
}

async function isDone(work: Promise<void>, limitMs: number): Promise<boolean> {
  return withTimeLimit(work, limitMs).then(
    () => true,
    () => false,
  );
}

function changed(): AppError {
  return new AppError('put-back/changed', 'another text is selected');
}

function isOneCharacter(text: string): boolean {
  return text.length <= longestCharacter && [...new Intl.Segmenter().segment(text)].length === 1;
}

/** By a character at one of its ends. */
function isShorter(now: string, before: string): boolean {
  const less = before.length - now.length;
  return less > 0 && less <= longestCharacter && (before.startsWith(now) || before.endsWith(now));
}
