import type { PutBackMode, RichText } from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { nothingWritten, type Place, type PlaceWay } from '../places.ts';
import { offerText } from './offered.ts';
import { type BackKey, opposite } from './paste/back-key.ts';
import { deleteSelected } from './paste/delete-selected.ts';
import type { Landed, Landing } from './paste/landed.ts';
import type { PasteOnce, Taken } from './paste/paste-once.ts';
import { changed, type StillSelected } from './paste/still-selected.ts';
import { asPasted, isSpreadsheet, takesRichPaste } from './paste/takes-paste.ts';
import type { PastedText, UndoPaste } from './paste/undo-paste.ts';
import type { SelectedText, SelectionSight } from './primary-selection.ts';
import { patientAnswerMs } from './read-selection.ts';
import type { WindowJudge } from './window-judge.ts';
import type { WindowKeys } from './window-keys.ts';

/** What all places of a display paste with. */
export interface Pasting {
  readonly judge: Pick<WindowJudge, 'requireNoTerminal'>;
  readonly keys: Pick<WindowKeys, 'waitForFocus' | 'press'>;
  readonly primary: Pick<SelectionSight, 'read' | 'look'>;
  readonly still: Pick<StillSelected, 'require' | 'noteCharacter'>;
  readonly once: Pick<PasteOnce, 'untilFree' | 'paste'>;
  readonly landed: Pick<Landed, 'look' | 'untilFollows'>;
  readonly undo: Pick<UndoPaste, 'undo'>;
  /** When it can be seen what is selected: a look that is a copy needs the clipboard, which is lent to a paste. */
  readonly seen: 'always' | 'when-not-lent';
}

/** What is known of a paste before the clipboard is given back, where its place can be looked at only then. */
const afterLoan = {
  html: 'there',
  text: 'there',
  nothing: 'not',
  unanswered: 'unknown',
} as const satisfies Record<Taken, Landing>;

/** Between what was there and rich text that goes below it. */
const emptyLine = '<p><br></p>';

/** `html`: null where there is no rich form. `texts`: the plain form of that, and what is offered as text. */
interface Content {
  readonly plain: string;
  readonly html: string | null;
  readonly texts: readonly string[];
}

/**
 * A place that is written to by a paste into the very window and selection that were captured; the clipboard is given back
 * after. Beckon's own window must be gone by then.
 */
export class PastePlace implements Place {
  readonly editable = 'by-paste';
  readonly needsFocus = true;
  readonly takesRichText: boolean;
  readonly asksFirst: boolean;
  readonly #pasting: Pasting;
  readonly #selected: SelectedText;
  readonly #takesHtml: boolean;
  /** What was pasted last; `unreadable`: rich text, and what is in a cell. */
  #pasted: PastedText | 'unreadable' | null = null;

  /** `takesHtml`: the place is known to take rich text as such, since it offers it and can be edited. */
  constructor(pasting: Pasting, selected: SelectedText, takesHtml = false) {
    this.#pasting = pasting;
    this.#selected = selected;
    this.#takesHtml = takesHtml;
    this.takesRichText = takesRichPaste(selected.window) && selected.pastesBeside !== true;
    this.asksFirst = selected.asksFirst ?? false;
  }

  async write(text: string, mode: PutBackMode, rich: RichText | null): Promise<PlaceWay> {
    const { judge, keys, once, landed, seen } = this.#pasting;
    const { window } = this.#selected;
    await judge.requireNoTerminal(window);
    await once.untilFree();
    await keys.waitForFocus(window);
    await this.#requireOffered();
    const back = await this.#requireSelected();
    const content = this.#contentOf(text, mode, rich);
    let taken: Taken = 'nothing';
    const pasted = await once.paste({
      window,
      offered: offerText(content.plain, content.html),
      first: this.#firstOf(mode, back),
      look: async (form) => {
        taken = form;
        return seen === 'always' ? this.#look(form, content, back) : afterLoan[form];
      },
      untilFollows: () => landed.untilFollows(this.#selected),
    });
    const landing = seen === 'always' || pasted === 'unknown' ? pasted : await this.#look(taken, content, back);
    if (landing === 'unknown') throw unchecked('the application is busy');
    return 'paste';
  }

  async undo(): Promise<PlaceWay> {
    if (this.#pasted === null) throw nothingWritten();
    await this.#pasting.judge.requireNoTerminal(this.#selected.window);
    await this.#pasting.undo.undo(this.#selected, this.#pasted === 'unreadable' ? null : this.#pasted);
    this.#pasted = null;
    return 'paste';
  }

  async #requireOffered(): Promise<void> {
    const { text, owner } = this.#selected;
    const now = await this.#pasting.primary.read(patientAnswerMs).catch((error) => {
      if (toErrorShape(error).code !== 'capture/not-answering') return null;
      throw new AppError('put-back/refused', `the application does not answer: ${String(error)}`);
    });
    if (now === null || now.text !== text || now.owner !== owner) throw changed();
  }

  async #requireSelected(): Promise<BackKey> {
    const { still } = this.#pasting;
    return still.require(this.#selected).catch(async (error) => {
      await still.noteCharacter(this.#selected);
      throw error;
    });
  }

  /** Behind what is selected, or in its stead where a paste would leave it. */
  #firstOf(mode: PutBackMode, back: BackKey): (() => Promise<void>) | null {
    const { window, text, pastesBeside } = this.#selected;
    if (pastesBeside === true) return () => deleteSelected(this.#pasting, window, text);
    return mode === 'insert-below' ? () => this.#pasting.keys.press(window, opposite[back], null) : null;
  }

  #contentOf(text: string, mode: PutBackMode, rich: RichText | null): Content {
    const kept = this.#selected.pastesBeside === true ? this.#selected.text : '';
    const gap = mode === 'replace' ? '' : `${kept}\n\n`;
    // Where it is not known what a place takes (a web page's), whoever takes no rich text gets the text as it is.
    const plain = gap + (rich !== null && this.#takesHtml ? rich.text : asPasted(text, this.#selected.window));
    if (rich === null) return { plain, html: null, texts: [plain] };
    return { plain, html: `${gap === '' ? '' : emptyLine}${rich.html}`, texts: [rich.text, plain] };
  }

  /** Throws `put-back/not-editable` where nothing took it, and `put-back/unchecked` where that cannot be told. */
  async #look(taken: Taken, { plain, texts }: Content, back: BackKey): Promise<Landing> {
    const pasted = taken === 'html' || isSpreadsheet(this.#selected.window) ? 'unreadable' : { text: plain, back };
    const landing = await this.#landing(taken, texts, back).catch((error) => {
      // The person has gone on to another window meanwhile: it may well be there.
      this.#pasted = pasted;
      throw unchecked(String(error));
    });
    // What was deleted for it is gone: that nothing was changed is said only where that is so.
    if (landing === 'not' && this.#selected.pastesBeside === true) throw unchecked('nothing took the text');
    if (landing === 'not') throw new AppError('put-back/not-editable', 'nothing there took the text');
    // What was put into a cell is undone after the cell was left, too, as one step.
    this.#pasted = pasted;
    return landing;
  }

  async #landing(taken: Taken, texts: readonly string[], back: BackKey): Promise<Landing> {
    if (taken === 'nothing') return 'not';
    if (taken === 'unanswered') return 'unknown';
    if (taken === 'html' && this.#takesHtml) return 'there';
    return this.#pasting.landed.look(this.#selected, taken === 'html' ? texts : texts.slice(-1), back);
  }
}

function unchecked(message: string): AppError {
  return new AppError('put-back/unchecked', `the paste could not be checked: ${message}`);
}
