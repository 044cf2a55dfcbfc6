import type { ActiveWindow } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import { decodeSelection } from '../selection-text.ts';
import { withTimeLimit } from '../time-limit.ts';
import type { ClientProcess } from './client-process.ts';
import { followed } from './followed.ts';
import type { SelectionReader } from './read-selection.ts';
import { atomsOf, type X11Connection } from './x11-connection.ts';

const answerLimitMs = 500;
/** An office offers another selection some 100 ms after the key that made it. */
const followsLimitMs = 500;
const lookEveryMs = 20;
/** Half of those that there is time for where nothing else is done. */
const leastLooks = 12;

/** What PRIMARY holds: the window that offers it, and its text. */
export interface OfferedText {
  readonly owner: number;
  readonly text: string;
}

/**
 * A text that was selected in a window, and was offered in PRIMARY when it was captured. `asksFirst`: nobody has tried a paste
 * in that application. `pastesBeside`: a paste leaves there what is selected.
 */
export interface SelectedText extends OfferedText {
  readonly window: ActiveWindow;
  readonly asksFirst?: boolean;
  readonly pastesBeside?: boolean;
}

/** `madeAt`: by the display's clock; null where the owner does not say. */
interface OwnSelection extends OfferedText {
  readonly madeAt: number | null;
}

export interface PrimaryDeps {
  readonly x: Pick<X11Connection, 'atom' | 'selectionOwner' | 'sameClient'>;
  readonly reader: Pick<SelectionReader, 'read' | 'copiedAt'>;
  readonly processes: Pick<ClientProcess, 'of'>;
  /** The process whose windows are Beckon's own; null when no app runs. */
  readonly shellProcessId: number | null;
}

/** How it is seen what is selected in a window. */
export interface SelectionSight {
  /** Null when nothing is. Throws `capture/…`. `answerMs`: how long whoever offers it may stay silent. */
  read(answerMs?: number): Promise<OfferedText | null>;
  /** As `read`; null also where it cannot be read. */
  look(): Promise<OfferedText | null>;
  /** What is offered whether it is selected still or not; null where only what is selected is ever told. */
  offeredOn(): Promise<OfferedText | null>;
  /** The text once it is as wanted, for a moment and `moreMs`; null when it does not become so. */
  follows(isWanted: (text: string) => boolean, moreMs?: number): Promise<string | null>;
  /** Notes what Beckon's own keys have selected; null where nobody knows what that is. */
  noteOwn(offered: OfferedText | null): Promise<void>;
}

/** The PRIMARY selection of a display: what other applications offer as selected. */
export class PrimarySelection implements SelectionSight {
  readonly #deps: PrimaryDeps;
  /** What Beckon's own keys have selected last: it is offered on, though nothing is selected any more. */
  #looked: OwnSelection | null = null;

  constructor(deps: PrimaryDeps) {
    this.#deps = deps;
  }

  /** Null when nobody owns it, or only Beckon's own windows do: an answer is no text to be asked about anew. Throws `capture/…`. */
  async read(answerMs?: number): Promise<OfferedText | null> {
    const { x, reader, processes, shellProcessId } = this.#deps;
    const owner = await withTimeLimit(x.selectionOwner('PRIMARY'), answerLimitMs);
    if (owner === 0) return null;
    const [process, unicode] = await Promise.all([
      shellProcessId === null ? null : processes.of(owner),
      reader.read('PRIMARY', 'UTF8_STRING', answerMs),
    ]);
    if (process !== null && process === shellProcessId) return null;
    const bytes = unicode ?? (await reader.read('PRIMARY', 'STRING', answerMs));
    if (bytes === null) throw new AppError('capture/not-text', 'the selection offers no text');
    // A page's selection holds the replacement sign where a field is embedded (Chromium).
    const text = decodeSelection(bytes, unicode === null ? 'latin1' : 'utf8').replaceAll('\uFFFC', '');
    return { owner, text };
  }

  async look(): Promise<OfferedText | null> {
    return this.read().catch(() => null);
  }

  async offeredOn(): Promise<OfferedText | null> {
    return this.look();
  }

  async follows(isWanted: (text: string) => boolean, moreMs = 0): Promise<string | null> {
    const times = { limitMs: followsLimitMs + moreMs, everyMs: lookEveryMs, looks: leastLooks };
    return followed(() => this.look(), isWanted, times);
  }

  /** Whether the client of a window owns it. */
  async isOwnedBy({ windowId }: ActiveWindow): Promise<boolean> {
    const owner = await withTimeLimit(this.#deps.x.selectionOwner('PRIMARY'), answerLimitMs);
    return owner !== 0 && (await this.#deps.x.sameClient(owner, Number(windowId)));
  }

  /** Who offers what is selected as HTML has it as rich text. */
  async offersHtml(): Promise<boolean> {
    const { x, reader } = this.#deps;
    const [targets, html] = await Promise.all([reader.read('PRIMARY', 'TARGETS'), x.atom('text/html')]);
    return targets !== null && atomsOf(targets).includes(html);
  }

  async noteOwn(offered: OfferedText | null): Promise<void> {
    const madeAt = await this.#deps.reader.copiedAt('PRIMARY').catch(() => null);
    this.#looked = offered === null ? null : { ...offered, madeAt };
  }

  /** Whether this is what Beckon's own keys have selected: browsers offer it until something else is selected. */
  async isOwn(offered: OfferedText): Promise<boolean> {
    const looked = this.#looked;
    if (looked === null || looked.owner !== offered.owner || looked.text !== offered.text) return false;
    // An owner that does not say when may offer the same text as a selection of the person.
    return looked.madeAt !== null && looked.madeAt === (await this.#deps.reader.copiedAt('PRIMARY'));
  }
}
