import type { ActiveWindow } from '../../contract/desktop.ts';
import { applicationOf } from '../applications/applications.ts';
import { type AccessiblePlace, accessiblePlace } from '../atspi/accessible-place.ts';
import { askAgainWhenBusy, type Busy, isBusy } from '../atspi/ask-again.ts';
import type { AtspiRoute } from '../atspi/atspi-route.ts';
import type { FoundText, TextObject } from '../atspi/text-target.ts';
import { type FoundSelection, type Place, readOnlyPlace } from '../places.ts';
import type { ClipboardCopies } from './clipboard-copies.ts';
import type { CopyRoute } from './copy-route.ts';
import { isSpreadsheet, isWholeCells } from './paste/takes-paste.ts';
import { PastePlace, type Pasting } from './paste-place.ts';
import type { PrimarySelection, SelectedText } from './primary-selection.ts';
import { RichPlace } from './rich-place.ts';
import type { WindowJudge } from './window-judge.ts';
import type { WindowWatch } from './window-watch.ts';
import type { X11Connection } from './x11-connection.ts';

export interface FinderDeps {
  readonly x: Pick<X11Connection, 'sameClient'>;
  readonly windows: Pick<WindowWatch, 'whereElse'>;
  readonly accessibility: Pick<AtspiRoute, 'find'>;
  readonly primary: Pick<PrimarySelection, 'read' | 'isOwn' | 'isOwnedBy' | 'offersHtml'>;
  readonly judge: Pick<WindowJudge, 'of'>;
  readonly copy: Pick<CopyRoute, 'isDocument' | 'read'>;
  /** What Beckon itself has copied. */
  readonly copies: Pick<ClipboardCopies, 'isCopied'>;
  readonly pasting: Pasting;
  /** Pastes where a copy alone tells what is selected in a window. */
  readonly pastingByCopy: (window: number) => Pasting;
  /** Pastes where an object of the accessibility interface tells what is selected in it. */
  readonly pastingByObject: (object: TextObject) => Pasting;
}

/** What the accessibility interface was asked before it was sure that it is the right process. */
export interface AskedAhead {
  readonly processId: number;
  readonly found: Promise<FoundText | Busy | null>;
}

/** Where selected text is looked for. `agreed`: the person agreed that this application is asked for a copy. */
export interface Looked {
  readonly window: ActiveWindow | null;
  readonly ahead: AskedAhead | null;
  readonly agreed: boolean;
}

/** What the accessibility interface told; `inPlace`: null where it cannot write there. */
interface Told {
  readonly found: FoundSelection;
  readonly inPlace: AccessiblePlace | null;
}

/** What PRIMARY holds; `pastes`: null where no paste goes. */
interface Offered {
  readonly found: FoundSelection;
  readonly pastes: SelectedText | null;
}

/** Editors copy a line where nothing is selected: of fewer characters, one that a key selects looks like the rest of them. */
const fewestCopied = 3;

/**
 * Looks for selected text in the window in front:
 * 1. the accessibility interface, where it tells some; then PRIMARY in its stead where that serves better;
 * 2. a copy, in applications that are known to need one;
 * 3. PRIMARY;
 * 4. a copy, where the person agreed to it.
 */
export class SelectionFinder {
  readonly #deps: FinderDeps;

  constructor(deps: FinderDeps) {
    this.#deps = deps;
  }

  /** Null when nothing is selected. Throws what ends a capture: a password field must not be read by another way either. */
  async find({ window, ahead, agreed }: Looked): Promise<FoundSelection | null> {
    let answered = ahead;
    const byObject = async (other?: FoundSelection | null) => {
      // What another window offers still is no answer to what is selected in this one.
      const patient = other !== undefined && other?.fresh !== true;
      const told = await this.#byAccessibility(window, answered, patient);
      answered = null;
      return told === null || told === 'busy' ? told : this.#better(told, window);
    };
    return askAgainWhenBusy(byObject, () => this.#byOtherWays(window, agreed));
  }

  async #byAccessibility(
    window: ActiveWindow | null,
    ahead: AskedAhead | null,
    patient: boolean,
  ): Promise<Told | Busy | null> {
    if (window === null || window.processId === null) return null;
    const { processId } = window;
    const told = await (ahead?.processId === processId
      ? ahead.found
      : this.#deps.accessibility.find(processId, patient));
    if (told === null || told === 'busy') return told;
    const inPlace = accessiblePlace(told, window);
    const place = inPlace ?? (await this.#pastesInto(told, window));
    return { found: { place, text: told.text, route: 'accessibility', window, fresh: true }, inPlace };
  }

  /** Where a field tells what is selected in it and cannot be written in place, that shows where a paste goes. */
  async #pastesInto({ isField, whole, object, text }: FoundText, window: ActiveWindow): Promise<Place> {
    const { judge, pastingByObject } = this.#deps;
    const isKnownWhole = applicationOf(window).paragraphs === 'whole' && !isSpreadsheet(window);
    const may = isField && whole && isKnownWhole ? (await judge.of(window)).paste : 'never';
    const selected = { window, owner: 0, text, asksFirst: may === 'when-agreed' };
    return may === 'never' ? readOnlyPlace : new PastePlace(pastingByObject(object), selected);
  }

  /**
   * PRIMARY where it serves better: each paragraph may be an object of its own (LibreOffice), of which accessibility tells
   * one; what cannot be written in place (Firefox) may take a paste; and rich text goes in by a paste alone.
   */
  async #better({ found, inPlace }: Told, window: ActiveWindow | null): Promise<FoundSelection> {
    // The usual field: nothing beyond it can be selected with it, and no paste is needed.
    if (inPlace?.isWhole === true) return found;
    let [primary, offersHtml] = await this.#offered(window);
    // The accessibility interface answered and PRIMARY did not: one paragraph of several must not be taken for all that is selected.
    if (primary === 'busy' && (await this.#ownsPrimary(window))) [primary, offersHtml] = await this.#offered(window);
    if (primary === null || primary === 'busy') return found;
    const { text, fresh } = primary.found;
    if (!fresh || !text.includes(found.text.trim())) return found;
    if (text.length > found.text.length) return primary.found;
    if (text !== found.text || primary.pastes === null) return found;
    if (inPlace === null) return primary.found;
    const byPaste = new PastePlace(this.#deps.pasting, primary.pastes, true);
    return offersHtml && byPaste.takesRichText && !byPaste.asksFirst
      ? { ...found, place: new RichPlace(inPlace, byPaste) }
      : found;
  }

  async #byOtherWays(window: ActiveWindow | null, agreed: boolean): Promise<FoundSelection | null> {
    // Where a copy is known to be needed, what PRIMARY holds may be an older selection of the same window.
    const asked = window !== null && (await this.asksForCopy(window, false));
    const copied = asked ? await this.#byCopy(window, false) : null;
    if (copied !== null) return copied;
    const primary = await this.#byPrimary(window);
    if (primary?.found.fresh === true) return asked ? null : primary.found;
    const copiedAfter = !asked && window !== null && (await this.asksForCopy(window, agreed));
    return (copiedAfter ? await this.#byCopy(window, true) : null) ?? primary?.found ?? null;
  }

  /** Whether a window is asked for a copy of what is selected in it. */
  async asksForCopy(window: ActiveWindow, agreed: boolean): Promise<boolean> {
    const { copy } = await this.#deps.judge.of(window, agreed);
    return (copy === 'yes' || (agreed && copy === 'when-agreed')) && (await this.#deps.copy.isDocument(window));
  }

  async #byPrimary(window: ActiveWindow | null): Promise<Offered | null> {
    const { x, windows, primary, copies, pasting } = this.#deps;
    const offered = await primary.read();
    if (offered === null || (await primary.isOwn(offered))) return null;
    const { owner, text } = offered;
    const fresh = window !== null && (await x.sameClient(owner, Number(window.windowId)));
    // What Beckon copied, taken over by a program that keeps copies, was selected by nobody.
    if (!fresh && copies.isCopied(text)) return null;
    const judged = fresh && !isWholeCells(window, text) ? await this.#deps.judge.of(window) : null;
    const { paste: may, pastesBeside } = judged ?? { paste: 'never', pastesBeside: false };
    const selected = { owner, text, asksFirst: may === 'when-agreed', pastesBeside };
    const pastes = fresh && may !== 'never' ? { window, ...selected } : null;
    const place = pastes === null ? readOnlyPlace : new PastePlace(pasting, pastes);
    const known = window === null || fresh ? {} : await windows.whereElse(owner);
    return { found: { place, text, route: 'primary', window, fresh, ...known }, pastes };
  }

  /** What it gives is checked by further copies before anything is pasted over it. */
  async #byCopy(window: ActiveWindow, patient: boolean): Promise<FoundSelection | null> {
    const { copy, judge, pastingByCopy } = this.#deps;
    const id = Number(window.windowId);
    const text = await copy.read(id, patient);
    if (text === null) return null;
    const isChecked = text.trim().length >= fewestCopied && !isSpreadsheet(window);
    const may = isChecked ? (await judge.of(window)).paste : 'never';
    const selected = { window, owner: 0, text, asksFirst: may === 'when-agreed' };
    const place = may === 'never' ? readOnlyPlace : new PastePlace(pastingByCopy(id), selected);
    return { place, text, route: 'copy', window, fresh: true };
  }

  /** What PRIMARY holds, and whether as HTML too. */
  async #offered(window: ActiveWindow | null): Promise<readonly [Offered | Busy | null, boolean]> {
    return Promise.all([
      this.#byPrimary(window).catch((error) => (isBusy(error) ? 'busy' : null)),
      this.#deps.primary.offersHtml().catch(() => false),
    ]);
  }

  async #ownsPrimary(window: ActiveWindow | null): Promise<boolean> {
    return window !== null && this.#deps.primary.isOwnedBy(window);
  }
}
