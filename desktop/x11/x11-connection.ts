import { createClient, type PropertyValue, type XClient, type XDisplay, type XEvent } from 'x11';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';

/** Changes of properties: what every window of ours and the root window are watched for. */
export const propertyChangeMask = 0x00400000;
/** Who has the keyboard, and who takes it away for a while. */
export const focusChangeMask = 0x0020_0000;
/** Where a window is and how large. */
export const structureMask = 0x0002_0000;
const anyType = 0;
/** Longest property read at once, in 4-byte units: titles are other applications' text and may be of any size. */
const usualLongs = 1024;

/** One connection to the display, with what Xlib would do around it: atoms by name, properties by name, events. */
export class X11Connection implements Disposable {
  readonly ready: Promise<XDisplay>;
  /** Resolves when the display has ended, as at the end of a session. */
  readonly closed: Promise<void>;
  readonly #atoms = new Map<string, Promise<number>>();
  readonly #names = new Map<number, string>();
  readonly #listeners = new Set<(event: XEvent) => void>();
  readonly #selected = new Map<number, readonly number[]>();

  /** `display` as in the environment's DISPLAY, which counts when it is left out. */
  constructor(display?: string) {
    this.ready = connect(display);
    // Reported by each question; a display that is not there must not end the process.
    this.closed = this.ready.then(
      ({ client }) =>
        new Promise((resolve) => {
          client.on('event', (event) => this.#emit(event));
          client.on('end', () => resolve());
        }),
      () => {},
    );
  }

  async client(): Promise<XClient> {
    return (await this.ready).client;
  }

  async root(): Promise<number> {
    const first = (await this.ready).screen[0];
    if (first === undefined) throw new AppError('display/none', 'the display has no screen');
    return first.root;
  }

  /** Returns a function that ends the listening. */
  onEvent(listener: (event: XEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Has the display tell of these events of a window, beside those that others here asked for. Ends by what it returns. */
  async select(window: number, eventMask: number): Promise<() => void> {
    const client = await this.client();
    const apply = (masks: readonly number[]) => {
      if (masks.length === 0) this.#selected.delete(window);
      else this.#selected.set(window, masks);
      client.ChangeWindowAttributes(window, { eventMask: masks.reduce((all, mask) => all | mask, 0) });
    };
    apply([...(this.#selected.get(window) ?? []), eventMask]);
    return () => {
      const masks = this.#selected.get(window) ?? [];
      const at = masks.indexOf(eventMask);
      apply(masks.filter((_, index) => index !== at));
    };
  }

  atom(name: string): Promise<number> {
    const known = this.#atoms.get(name);
    if (known !== undefined) return known;
    const asked = this.client().then(
      (client) =>
        new Promise<number>((resolve, reject) => {
          client.InternAtom(false, name, (error, atom) => (error ? reject(error) : resolve(atom)));
        }),
    );
    this.#atoms.set(name, asked);
    return asked;
  }

  /** A name stays an atom's for as long as the display is there. */
  async atomName(atom: number): Promise<string> {
    const known = this.#names.get(atom);
    if (known !== undefined) return known;
    const client = await this.client();
    const name = await new Promise<string>((resolve, reject) => {
      client.GetAtomName(atom, (error, found) => (error ? reject(error) : resolve(found)));
    });
    this.#names.set(atom, name);
    return name;
  }

  /** A property of a window; null when the window or the property is not there. */
  async property(window: number, name: string): Promise<PropertyValue | null> {
    return this.readProperty(window, await this.atom(name), { longs: usualLongs, remove: false });
  }

  async readProperty(
    window: number,
    atom: number,
    { longs, remove }: { readonly longs: number; readonly remove: boolean },
  ): Promise<PropertyValue | null> {
    const client = await this.client();
    return new Promise((resolve) => {
      // A window that closed meanwhile answers with an error: it has no such property any more.
      const answer = (error: Error | null, value: PropertyValue) => resolve(error ? null : value);
      client.GetProperty(remove ? 1 : 0, window, atom, anyType, 0, longs, answer);
    });
  }

  /** The window that owns a selection such as `PRIMARY`; 0 when nobody does. */
  async selectionOwner(name: string): Promise<number> {
    const client = await this.client();
    const atom = await this.atom(name);
    return new Promise((resolve, reject) => {
      client.GetSelectionOwner(atom, (error, owner) => (error ? reject(error) : resolve(owner)));
    });
  }

  /** Whether two windows were made by the same client (connection), which a resource id tells (X11 protocol, chapter 2). */
  async sameClient(one: number, other: number): Promise<boolean> {
    const mask = (await this.ready).resource_mask;
    return (one & ~mask) === (other & ~mask);
  }

  /** Whether one of the first three mouse buttons is down, whoever has the pointer (QueryPointer; 4 and 5 are the wheel). */
  async pointerPressed(): Promise<boolean> {
    const [client, root] = await Promise.all([this.client(), this.root()]);
    return new Promise((resolve, reject) => {
      client.QueryPointer(root, (error, { keyMask }) => (error ? reject(error) : resolve((keyMask & 0x0700) !== 0)));
    });
  }

  dispose(): void {
    this.#listeners.clear();
    void this.client()
      .then((client) => client.terminate())
      .catch(() => {});
  }

  #emit(event: XEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

function connect(display: string | undefined): Promise<XDisplay> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(new AppError('display/none', `no X display: ${String(error)}`));
    try {
      const options = display === undefined ? {} : { display };
      const client = createClient(options, (error, opened) => {
        if (error) return fail(error);
        // The library notes the atoms of all displays in one table, where each display has numbers of its own.
        opened.client.atoms = { ...opened.client.atoms };
        resolve(opened);
      });
      client.on('error', fail);
    } catch (error) {
      fail(error);
    }
  });
}

export function propertyNumber(value: PropertyValue | null): number | null {
  return value !== null && value.data.length >= 4 ? value.data.readUInt32LE(0) : null;
}

export function propertyText(value: PropertyValue | null): string | null {
  if (value === null || value.data.length === 0) return null;
  return value.data.toString('utf8').toWellFormed();
}

/** Atoms and window ids are told as 32-bit numbers. */
export function atomsOf(bytes: Buffer): readonly number[] {
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readUInt32LE(index * 4));
}
