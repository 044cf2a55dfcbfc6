import type { PropertyValue } from 'x11';
import type { ActiveWindow } from '../../contract/desktop.ts';
import { type ApplicationNames, readableName } from '../applications/names.ts';
import { propertyChangeMask, propertyNumber, propertyText, type X11Connection } from './x11-connection.ts';

/**
 * Knows which window of another application has the focus, or had it before Beckon's own took it: the display tells each
 * change (`_NET_ACTIVE_WINDOW`, Extended Window Manager Hints 1.5), so that nothing has to be asked for at the hotkey.
 */
export class WindowWatch {
  readonly #x: X11Connection;
  /** Process whose windows are Beckon's own; null when no app runs. */
  readonly #shellProcessId: number | null;
  readonly #names: Pick<ApplicationNames, 'of'> | null;
  #last = 0;
  #lastProcessId: number | null = null;

  /** `names`: what people call applications; null where nobody knows. */
  constructor(x: X11Connection, shellProcessId: number | null, names: Pick<ApplicationNames, 'of'> | null = null) {
    this.#x = x;
    this.#names = names;
    this.#shellProcessId = shellProcessId;
    this.#watch().catch(() => {});
  }

  /** The process of the window the person most likely comes from: as of the last change that the display told. */
  get expectedProcessId(): number | null {
    return this.#lastProcessId;
  }

  /** The window the person came from; null when there is none. */
  async current(): Promise<ActiveWindow | null> {
    // Asked for at once with whether it still is the one: the display answers both in one turn.
    const expected = this.#last;
    const [known] = await Promise.all([this.#describe(expected), this.#update()]);
    return this.#last === expected ? known : this.#describe(this.#last);
  }

  async #describe(window: number): Promise<ActiveWindow | null> {
    if (window === 0) return null;
    const [title, legacyTitle, className, processId] = await Promise.all([
      this.#x.property(window, '_NET_WM_NAME'),
      this.#x.property(window, 'WM_NAME'),
      this.#x.property(window, 'WM_CLASS'),
      this.#x.property(window, '_NET_WM_PID'),
    ]);
    if (!isTold(className)) return null;
    const names = propertyText(className)
      ?.split('\0')
      .filter((name) => name !== '');
    const application = names?.at(-1) ?? null;
    return {
      windowId: String(window),
      processId: propertyNumber(processId),
      application,
      title: propertyText(title) ?? propertyText(legacyTitle),
      ...this.#labelOf(names ?? []),
    };
  }

  /** By the class of the window, or else by the name of this one of its windows. */
  #labelOf(names: readonly string[]): Pick<ActiveWindow, 'label'> {
    const application = names.at(-1);
    if (this.#names === null || application === undefined) return {};
    const readable = readableName(application);
    const label = this.#names.of(application) ?? this.#names.of(names[0] ?? null);
    if (label === null && readable === application) return {};
    return { label: label ?? { en: readable, 'zh-CN': readable } };
  }

  /** The window that has the focus right now, Beckon's own too; 0 when none has. */
  async focused(): Promise<number> {
    return propertyNumber(await this.#x.property(await this.#x.root(), '_NET_ACTIVE_WINDOW')) ?? 0;
  }

  /** Told where the client that made a window has one that a person sees: a program that only keeps selections has none. */
  async whereElse(madeBy: number): Promise<{ readonly elsewhere?: true }> {
    const list = await this.#x.property(await this.#x.root(), '_NET_CLIENT_LIST');
    const windows = Array.from({ length: Math.floor((list?.data.length ?? 0) / 4) }, (_, at) =>
      Number(list?.data.readUInt32LE(at * 4)),
    );
    const own = await Promise.all(windows.map((window) => this.#x.sameClient(window, madeBy)));
    return own.includes(true) ? { elsewhere: true } : {};
  }

  async isOpen(window: number): Promise<boolean> {
    return isTold(await this.#x.property(window, 'WM_CLASS'));
  }

  async #watch(): Promise<void> {
    const [client, root, atom] = await Promise.all([
      this.#x.client(),
      this.#x.root(),
      this.#x.atom('_NET_ACTIVE_WINDOW'),
    ]);
    this.#x.onEvent((event) => {
      if (event.name === 'PropertyNotify' && event.wid === root && event.atom === atom) this.#update().catch(() => {});
    });
    client.ChangeWindowAttributes(root, { eventMask: propertyChangeMask });
    await this.#update();
  }

  async #update(): Promise<void> {
    const active = await this.focused();
    if (active === 0) return;
    const processId = propertyNumber(await this.#x.property(active, '_NET_WM_PID'));
    if (processId !== null && processId === this.#shellProcessId) return;
    this.#last = active;
    this.#lastProcessId = processId;
  }
}

/** Every client window has a class (ICCCM 4.1.2.5): one without is gone. */
function isTold(className: PropertyValue | null): className is PropertyValue {
  return className !== null && className.data.length > 0;
}
