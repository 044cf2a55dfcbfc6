import type { TestDisplay } from './display.ts';
import { run, waitFor } from './processes.ts';

export interface TrayEntry {
  readonly id: number;
  readonly label: string;
  /** Null where there is nothing to tick. */
  readonly ticked: boolean | null;
}

const watcher = ['--dest', 'org.kde.StatusNotifierWatcher', '--object-path', '/StatusNotifierWatcher'];

/** The tray of a real panel, and the menus that applications give it (StatusNotifierItem, dbusmenu), as a panel asks for them. */
export class TrayHost {
  readonly #display: TestDisplay;

  private constructor(display: TestDisplay) {
    this.#display = display;
  }

  static async start(display: TestDisplay): Promise<TrayHost> {
    display.start('xfce4-panel', ['--disable-wm-check']);
    const host = new TrayHost(display);
    await waitFor('the tray host is there', () => host.items() !== null, 20_000);
    return host;
  }

  /** What is in the tray, as the host tells it; null while there is none. */
  items(): string | null {
    const property = ['org.kde.StatusNotifierWatcher', 'RegisteredStatusNotifierItems'];
    try {
      return this.#call([...watcher, '--method', 'org.freedesktop.DBus.Properties.Get', ...property]);
    } catch {
      return null;
    }
  }

  /** The menu of the one item there is; empty while there is none. */
  menu(): readonly TrayEntry[] {
    const layout = this.#menuCall('GetLayout', '0', '-1', '@as []');
    const entries = [...layout.matchAll(/\((\d+), \{([^{}]*)\}/g)];
    return entries.flatMap(([, id, properties = '']) => {
      const label = /'label': <'([^']*)'>/.exec(properties)?.[1];
      const state = /'toggle-state': <(-?\d)>/.exec(properties)?.[1];
      const ticked = properties.includes('toggle-type') ? state === '1' : null;
      return label === undefined ? [] : [{ id: Number(id), label, ticked }];
    });
  }

  click(label: string): void {
    const entry = this.menu().find((one) => one.label === label);
    if (entry === undefined) throw new Error(`the tray has no “${label}”`);
    this.#menuCall('Event', String(entry.id), "'clicked'", "<''>", 'uint32 0');
  }

  #menuCall(method: string, ...args: readonly string[]): string {
    const owner = /'(:[\d.]+|org\.[\w.-]+)[/']/.exec(this.items() ?? '')?.[1];
    if (owner === undefined) return '';
    const menu = ['--dest', owner, '--object-path', '/com/canonical/dbusmenu'];
    return this.#call([...menu, '--method', `com.canonical.dbusmenu.${method}`, '--', ...args]);
  }

  #call(args: readonly string[]): string {
    return run('gdbus', ['call', '--session', ...args], this.#display.env);
  }
}
