import type { ClipboardContent, ClipboardDescription, PortAnswer } from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { isSecretMarker } from '../secret-markers.ts';
import { decodeSelection } from '../selection-text.ts';
import { AwakeClock } from './awake-clock.ts';
import type { SelectionReader } from './read-selection.ts';
import { atomsOf, type X11Connection } from './x11-connection.ts';

const knownTargets = {
  files: ['text/uri-list', 'x-special/gnome-copied-files'],
  rich: ['text/html', 'text/rtf', 'application/rtf'],
  text: ['UTF8_STRING', 'text/plain;charset=utf-8', 'text/plain', 'STRING'],
  image: ['image/png', 'image/bmp', 'image/jpeg', 'image/tiff'],
} as const;
type Group = keyof typeof knownTargets;

/** Looks at the clipboard of a display: what kind of thing is in it by the names alone, its text only when asked for. */
export class ClipboardReader {
  readonly #x: X11Connection;
  readonly #reader: SelectionReader;
  readonly #clock = new AwakeClock();

  constructor(x: X11Connection, reader: SelectionReader) {
    this.#x = x;
    this.#reader = reader;
  }

  async describe(): Promise<PortAnswer<ClipboardDescription>> {
    try {
      if ((await this.#x.selectionOwner('CLIPBOARD')) === 0) return { status: 'nothing', cause: null };
      const content = await this.#content();
      return { status: 'available', value: { content, ageMs: await this.#age() } };
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  async readText(): Promise<PortAnswer<string>> {
    try {
      if ((await this.#x.selectionOwner('CLIPBOARD')) === 0) return { status: 'nothing', cause: null };
      // Asked anew: what is in it may have become a secret since it was described.
      const content = await this.#content();
      if (content === 'secret') throw new AppError('capture/clipboard-secret', 'marked as a secret by its owner');
      if (content !== 'text' && content !== 'rich-text') throw notText(content);
      const unicode = await this.#reader.read('CLIPBOARD', 'UTF8_STRING');
      const bytes = unicode ?? (await this.#reader.read('CLIPBOARD', 'STRING'));
      if (bytes === null) throw notText(content);
      return { status: 'available', value: decodeSelection(bytes, unicode === null ? 'latin1' : 'utf8') };
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  async #content(): Promise<ClipboardContent> {
    const list = (await this.#reader.read('CLIPBOARD', 'TARGETS')) ?? Buffer.alloc(0);
    const offered = new Set(atomsOf(list));
    const has = async (group: Group) => {
      const atoms = await Promise.all(knownTargets[group].map((name) => this.#x.atom(name)));
      return atoms.some((atom) => offered.has(atom));
    };
    const names = await Promise.all([...offered].map((atom) => this.#x.atomName(atom)));
    if (names.some(isSecretMarker)) return 'secret';
    if (await has('files')) return 'files';
    if (await has('text')) return (await has('rich')) ? 'rich-text' : 'text';
    return (await has('image')) ? 'image' : 'other';
  }

  /** Since it was copied, by the display's clock; null for an owner that does not say. */
  async #age(): Promise<number | null> {
    const copiedAt = await this.#reader.copiedAt('CLIPBOARD');
    const now = await this.#reader.serverTime();
    if (copiedAt === null || now === null) return null;
    // The clock is 32 bits of milliseconds and starts over; what is nearer ahead than behind has not come yet.
    const age = (now - copiedAt) | 0;
    return age < 0 || age > this.#clock.runningMs() ? null : age;
  }
}

function notText(content: ClipboardContent): AppError {
  return new AppError('capture/not-text', `the clipboard holds no text but ${content}`);
}
