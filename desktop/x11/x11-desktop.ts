import { createClient, type PropertyValue, type XDisplay } from 'x11';
import type { ActiveWindow, PortAnswer } from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import type { DesktopDescription, DesktopPort } from '../ports.ts';

const anyType = 0;
/** Longest property read, in 4-byte units: titles are other applications' text and may be of any size. */
const longLimit = 1024;
const answerLimitMs = 500;

/** X11 through one connection of our own. Properties: Extended Window Manager Hints 1.5, ICCCM. */
export class X11Desktop implements DesktopPort {
  readonly #connected: Promise<XDisplay>;
  readonly #atoms = new Map<string, Promise<number>>();

  constructor() {
    this.#connected = connect();
    // Reported by each question; a display that is not there must not end the process.
    this.#connected.catch(() => {});
  }

  async activeWindow(): Promise<PortAnswer<ActiveWindow>> {
    try {
      return await withLimit(this.#readActiveWindow());
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  async describe(): Promise<DesktopDescription> {
    try {
      const composited = await withLimit(this.#hasCompositor());
      return { system: 'linux-x11', compositor: await withLimit(this.#windowManagerName()), composited };
    } catch {
      return { system: 'linux-x11', compositor: null, composited: null };
    }
  }

  dispose(): void {
    void this.#connected.then(({ client }) => client.terminate()).catch(() => {});
  }

  async #readActiveWindow(): Promise<PortAnswer<ActiveWindow>> {
    const root = await this.#root();
    const window = toNumber(await this.#property(root, '_NET_ACTIVE_WINDOW'));
    if (window === null || window === 0) return { status: 'nothing', cause: null };
    const [title, legacyTitle, className, processId] = await Promise.all([
      this.#property(window, '_NET_WM_NAME'),
      this.#property(window, 'WM_NAME'),
      this.#property(window, 'WM_CLASS'),
      this.#property(window, '_NET_WM_PID'),
    ]);
    const names = toText(className)
      ?.split('\0')
      .filter((name) => name !== '');
    return {
      status: 'available',
      value: {
        windowId: String(window),
        processId: toNumber(processId),
        application: names?.at(-1) ?? null,
        title: toText(title) ?? toText(legacyTitle),
      },
    };
  }

  async #hasCompositor(): Promise<boolean> {
    const { client } = await this.#connected;
    const selection = await this.#atom('_NET_WM_CM_S0');
    return new Promise((resolve, reject) => {
      client.GetSelectionOwner(selection, (error, owner) => (error ? reject(error) : resolve(owner !== 0)));
    });
  }

  async #windowManagerName(): Promise<string | null> {
    const check = toNumber(await this.#property(await this.#root(), '_NET_SUPPORTING_WM_CHECK'));
    return check === null ? null : toText(await this.#property(check, '_NET_WM_NAME'));
  }

  async #root(): Promise<number> {
    const { screen } = await this.#connected;
    const first = screen[0];
    if (first === undefined) throw new AppError('display/none', 'the display has no screen');
    return first.root;
  }

  #atom(name: string): Promise<number> {
    const known = this.#atoms.get(name);
    if (known !== undefined) return known;
    const asked = this.#connected.then(
      ({ client }) =>
        new Promise<number>((resolve, reject) => {
          client.InternAtom(false, name, (error, atom) => (error ? reject(error) : resolve(atom)));
        }),
    );
    this.#atoms.set(name, asked);
    return asked;
  }

  async #property(window: number, name: string): Promise<PropertyValue | null> {
    const { client } = await this.#connected;
    const atom = await this.#atom(name);
    return new Promise((resolve) => {
      // A window that closed meanwhile answers with an error: it has no such property any more.
      client.GetProperty(0, window, atom, anyType, 0, longLimit, (error, value) => resolve(error ? null : value));
    });
  }
}

function connect(): Promise<XDisplay> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(new AppError('display/none', `no X display: ${String(error)}`));
    try {
      const client = createClient((error, display) => (error ? fail(error) : resolve(display)));
      client.on('error', fail);
    } catch (error) {
      fail(error);
    }
  });
}

function withLimit<Value>(work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new AppError('desktop/not-answering', 'the display did not answer')),
      answerLimitMs,
    );
    work.then(resolve, reject).finally(() => clearTimeout(limit));
  });
}

function toNumber(value: PropertyValue | null): number | null {
  return value !== null && value.data.length >= 4 ? value.data.readUInt32LE(0) : null;
}

function toText(value: PropertyValue | null): string | null {
  if (value === null || value.data.length === 0) return null;
  return value.data.toString('utf8').toWellFormed();
}
