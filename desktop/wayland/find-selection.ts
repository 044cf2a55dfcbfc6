import type { ActiveWindow } from '../../contract/desktop.ts';
import { accessiblePlace } from '../atspi/accessible-place.ts';
import { askAgainWhenBusy, type Busy } from '../atspi/ask-again.ts';
import type { AtspiRoute } from '../atspi/atspi-route.ts';
import { type FoundSelection, readOnlyPlace } from '../places.ts';
import { type ReadBytes, readOffered } from './offered-text.ts';
import { offerOf, type WaylandSession } from './wayland-session.ts';

export interface FinderDeps {
  readonly accessibility: Pick<AtspiRoute, 'find'>;
  readonly read: ReadBytes;
}

/** Looks for selected text: by the accessibility interface, then in the primary selection. */
export class SelectionFinder {
  readonly #deps: FinderDeps;
  /** The window that was in front when the primary selection was made; null when that is not known. */
  #primaryFrom: number | null = null;
  /** Whether the primary selection was made after the last capture. */
  #primaryIsNew = false;

  constructor(deps: FinderDeps) {
    this.#deps = deps;
  }

  notePrimary(from: number | null): void {
    this.#primaryFrom = from;
    this.#primaryIsNew = true;
  }

  /** Null when nothing is selected. Throws what ends a capture. */
  async find(session: WaylandSession, window: ActiveWindow | null): Promise<FoundSelection | null> {
    const found = await askAgainWhenBusy(
      () => this.#byAccessibility(session, window),
      () => this.#byPrimary(session, window),
    );
    this.#primaryIsNew = false;
    return found;
  }

  /** Throws what ends the capture: a password field must not be read by another way either. */
  async #byAccessibility(session: WaylandSession, window: ActiveWindow | null): Promise<FoundSelection | Busy | null> {
    if (window === null || window.processId === null) return null;
    const found = await this.#deps.accessibility.find(window.processId);
    if (found === null || found === 'busy') return found;
    // Each paragraph may be an object of its own (LibreOffice), of which one tells only its part of what is selected.
    const wider = found.whole ? null : await this.#byPrimary(session, window).catch(() => null);
    // Where nobody tells which window is in front, that what is selected now is a part of it is what tells that it is new.
    const known = session.toplevels.known;
    if (wider !== null && isPart(found.text, wider.text) && (wider.fresh || !known)) return { ...wider, fresh: true };
    const place = accessiblePlace(found, window) ?? readOnlyPlace;
    return { place, text: found.text, route: 'accessibility', window, fresh: true };
  }

  async #byPrimary(session: WaylandSession, window: ActiveWindow | null): Promise<FoundSelection | null> {
    const offer = offerOf(session, 'primary');
    if (offer === null) return null;
    const text = await readOffered('primary', offer, this.#deps.read);
    const { known } = session.toplevels;
    const isFromHere = window !== null && String(this.#primaryFrom) === window.windowId;
    const fresh = known ? isFromHere : this.#primaryIsNew;
    const isElsewhere = known && window !== null && this.#primaryFrom !== null && !fresh;
    const from = isElsewhere ? { elsewhere: true as const } : {};
    return { place: readOnlyPlace, text, route: 'primary', window, fresh, ...from };
  }
}

/** A line's end that one offers and the other does not tells nothing of what is selected. */
function isPart(text: string, whole: string): boolean {
  return whole.trim().length > text.trim().length && whole.includes(text.trim());
}
