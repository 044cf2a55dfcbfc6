import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { endProgram, run, startProgram, waitFor } from './processes.ts';
import { asTestUser, ensureTestUser, isRoot, testUser } from './test-user.ts';

export interface WaylandOptions {
  readonly compositor: 'sway' | 'weston';
  /** Lines for sway's configuration, such as a key that runs a command. */
  readonly configuration?: string;
  /** Starts a session bus and the accessibility bus. */
  readonly accessibility?: boolean;
}

const base = 'xwayland disable\nfocus_on_window_activation focus\ndefault_border none\n';

/** A real Wayland compositor without a screen, run as an ordinary user, with the buses of a session. */
export class WaylandDesktop {
  readonly folder = mkdtempSync(join(tmpdir(), 'beckon-wayland-'));
  readonly runtime = join(this.folder, 'run');
  readonly env: NodeJS.ProcessEnv;
  readonly #programs: ChildProcess[] = [];

  private constructor() {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
    this.env = {
      ...rest,
      HOME: this.folder,
      XDG_RUNTIME_DIR: this.runtime,
      XDG_CONFIG_HOME: join(this.folder, '.config'),
      XDG_DATA_HOME: join(this.folder, '.local'),
      XDG_CACHE_HOME: join(this.folder, '.cache'),
      XDG_SESSION_TYPE: 'wayland',
      LANG: 'C.UTF-8',
    };
  }

  static async start({ compositor, configuration = '', accessibility = false }: WaylandOptions) {
    ensureTestUser();
    const desktop = new WaylandDesktop();
    mkdirSync(desktop.runtime, { mode: 0o700 });
    chmodSync(desktop.folder, 0o755);
    writeFileSync(join(desktop.folder, 'config'), `${base}${configuration}\n`);
    if (isRoot()) run('chown', ['-R', testUser, desktop.folder]);
    try {
      await desktop.#startCompositor(compositor);
      if (accessibility) await desktop.#startBuses();
      return desktop;
    } catch (error) {
      await desktop.stop();
      throw error;
    }
  }

  /** Starts a program as the ordinary user. */
  start(command: string, args: readonly string[] = [], options: SpawnOptions = {}): ChildProcess {
    const [name, rest] = asTestUser(command, args);
    const child = startProgram(name, rest, { env: this.env, ...options });
    this.#programs.push(child);
    return child;
  }

  /** Runs one as the ordinary user and answers what it printed. */
  run(command: string, ...args: readonly string[]): string {
    const [name, rest] = asTestUser(command, args);
    return run(name, rest, this.env);
  }

  /** What sway shows, as JSON. */
  tree(): string {
    const socket = this.#socket('sway-ipc');
    return socket === null ? '' : this.run('swaymsg', '-s', join(this.runtime, socket), '-t', 'get_tree', '-r');
  }

  /** Name of the window that has the keyboard in sway; empty when none has. */
  focusedTitle(): string {
    const find = (node: SwayNode): string | null => {
      if (node.focused && node.type !== 'workspace') return node.name ?? '';
      for (const child of [...(node.nodes ?? []), ...(node.floating_nodes ?? [])]) {
        const name = find(child);
        if (name !== null) return name;
      }
      return null;
    };
    const tree = this.tree();
    return tree === '' ? '' : (find(JSON.parse(tree) as SwayNode) ?? '');
  }

  swaymsg(...command: readonly string[]): void {
    this.run('swaymsg', '-s', join(this.runtime, this.#socket('sway-ipc') ?? ''), ...command);
  }

  /** Presses keys by wtype's own arguments. */
  type(...args: readonly string[]): void {
    this.run('wtype', ...args);
  }

  /** Presses one key; the first that a new keyboard presses is lost on some clients, so a Shift goes before it. */
  press(key: string, modifier?: 'ctrl'): void {
    const one = modifier === undefined ? ['-k', key] : ['-M', modifier, '-k', key, '-m', modifier];
    this.type('-s', '400', '-k', 'Shift_L', '-s', '200', ...one, '-s', '200');
  }

  async stop(): Promise<void> {
    for (const child of this.#programs.splice(0).reverse()) await endProgram(child);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #startCompositor(compositor: WaylandOptions['compositor']): Promise<void> {
    Object.assign(this.env, { WLR_BACKENDS: 'headless', WLR_LIBINPUT_NO_DEVICES: '1', WLR_RENDERER: 'pixman' });
    if (compositor === 'sway') this.start('sway', ['--config', join(this.folder, 'config')]);
    else this.start('weston', ['--backend=headless-backend.so', '--idle-time=0', '--socket=wayland-5']);
    await waitFor(`${compositor} answers`, () => {
      const isUp = this.#socket('wayland-') !== null;
      return isUp && (compositor === 'weston' || this.tree() !== '');
    });
    this.env['WAYLAND_DISPLAY'] = join(this.runtime, this.#socket('wayland-') ?? '');
  }

  async #startBuses(): Promise<void> {
    const args = ['--session', '--nofork', '--print-address=1'];
    const bus = this.start('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const output = bus.stdout as Readable;
    output.setEncoding('utf8');
    this.env['DBUS_SESSION_BUS_ADDRESS'] = await new Promise<string>((resolve) => {
      output.once('data', (text: string) => resolve(text.trim()));
    });
    const launcher = ['/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi2-core/at-spi-bus-launcher'].find(existsSync);
    if (launcher === undefined) throw new Error('the accessibility bus (at-spi2-core) is missing');
    this.start(launcher, ['--launch-immediately', '--a11y=1']);
    const ask = ['--session', '--print-reply', '--dest=org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus.GetAddress'];
    await waitFor('the accessibility bus answers', () => {
      try {
        return this.run('dbus-send', ...ask).includes('unix:');
      } catch {
        return false;
      }
    });
  }

  #socket(prefix: string): string | null {
    return readdirSync(this.runtime).find((name) => name.startsWith(prefix) && !name.endsWith('.lock')) ?? null;
  }
}

interface SwayNode {
  readonly name: string | null;
  readonly type: string;
  readonly focused: boolean;
  readonly nodes?: readonly SwayNode[];
  readonly floating_nodes?: readonly SwayNode[];
}
