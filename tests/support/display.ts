import { type ChildProcess, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { hasCompositor } from '../../desktop/x11/window-manager.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { endProgram, processTree, run, sleep, startProgram, waitFor } from './processes.ts';

export interface DisplayOptions {
  readonly width?: number;
  readonly height?: number;
  /** Starts a real pinyin input method (fcitx5) beside the window manager. */
  readonly inputMethod?: boolean;
  /** openbox when left out; another one by its command, or none. */
  readonly windowManager?: string | false;
  /**
   * Starts the accessibility bus, which is off otherwise to keep applications quick. `as-installed`: as Debian starts it for
   * people without a screen reader, which is said there: GTK is on it all the same, Qt is not.
   */
  readonly accessibility?: boolean | 'as-installed';
}

/** A window manager that ignores a request, or an owner that never answers, would be waited for without an end. */
const answerMs = 30_000;

/** A private X display with a window manager and a session bus, and its own home and runtime folders. */
export class TestDisplay {
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly #programs: ChildProcess[] = [];

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.env = env;
  }

  /** A server that takes the number of one that just ended sometimes never gets a window manager: then another is started. */
  static async start(options: DisplayOptions = {}): Promise<TestDisplay> {
    for (let tries = 1; tries < 3; tries += 1) {
      try {
        return await TestDisplay.#startOnce(options);
      } catch (error) {
        process.stderr.write(`a test display did not start: ${String(error)}\n`);
      }
    }
    return TestDisplay.#startOnce(options);
  }

  static async #startOnce(options: DisplayOptions): Promise<TestDisplay> {
    const folder = mkdtempSync(join(tmpdir(), 'beckon-display-'));
    const runtime = join(folder, 'run');
    mkdirSync(join(folder, 'home'), { recursive: true });
    mkdirSync(runtime, { mode: 0o700 });
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...inherited } = process.env;
    const env: NodeJS.ProcessEnv = {
      ...inherited,
      HOME: join(folder, 'home'),
      XDG_RUNTIME_DIR: runtime,
      XDG_CONFIG_HOME: join(folder, 'home', '.config'),
      XDG_DATA_HOME: join(folder, 'home', '.local', 'share'),
      LANG: 'C.UTF-8',
      NO_AT_BRIDGE: '1',
    };
    const display = new TestDisplay(folder, env);
    try {
      await display.#startServer(options);
      await display.#startBus();
      if (options.windowManager !== false) await display.#startWindowManager(options.windowManager ?? 'openbox');
      if (options.accessibility) await display.#startAccessibility(options.accessibility === true);
      if (options.inputMethod) await display.#startInputMethod();
    } catch (error) {
      await display.stop();
      throw error;
    }
    return display;
  }

  /** Presses keys as a person would (XTEST), such as `ctrl+shift+space`. */
  press(...keys: readonly string[]): void {
    this.xdotool('key', '--clearmodifiers', ...keys);
  }

  type(text: string, delayMs = 12): void {
    this.xdotool('type', '--clearmodifiers', '--delay', String(delayMs), text);
  }

  /** Lets go of every key and button that a case may still hold. */
  letGo(): void {
    this.xdotool('keyup', 'ctrl', 'keyup', 'shift', 'keyup', 'alt', 'keyup', 'super', 'mouseup', '1');
  }

  xdotool(...args: readonly string[]): string {
    // A search ends with an error when some window goes while it looks at all of them.
    for (let left = args[0] === 'search' ? 5 : 0; ; left -= 1) {
      try {
        return run('xdotool', args, this.env, answerMs).trim();
      } catch (error) {
        if (left === 0 || !String(error).includes('BadWindow')) throw error;
      }
    }
  }

  /** What is selected or copied, as text, read by a program that is not Beckon's; empty when nothing is. */
  selection(name: 'primary' | 'clipboard', format: string | null = null): string {
    const asked = ['-o', '-selection', name, ...(format === null ? [] : ['-t', format])];
    return spawnSync('xclip', asked, { env: this.env, encoding: 'utf8', maxBuffer: 1e8, timeout: answerMs }).stdout;
  }

  /** The names of the formats in which somebody offers it; none while nobody does. */
  targets(name: 'primary' | 'clipboard'): readonly string[] {
    const asked = ['-o', '-selection', name, '-t', 'TARGETS'];
    return spawnSync('xclip', asked, { env: this.env, encoding: 'utf8', timeout: answerMs }).stdout.split('\n');
  }

  /** Title of the window that has the keyboard; empty when none has. */
  focusedTitle(): string {
    try {
      return this.xdotool('getwindowfocus', 'getwindowname');
    } catch {
      return '';
    }
  }

  /** Titles of the windows that can be seen. */
  visibleTitles(): readonly string[] {
    try {
      return this.xdotool('search', '--onlyvisible', '--name', '.')
        .split('\n')
        .map((id) => {
          try {
            return this.xdotool('getwindowname', id);
          } catch {
            return '';
          }
        });
    } catch {
      return [];
    }
  }

  screenshot(path: string): void {
    run('import', ['-window', 'root', path], this.env);
  }

  start(command: string, args: readonly string[] = []): ChildProcess {
    const child = startProgram(command, args, { env: this.env });
    this.#programs.push(child);
    return child;
  }

  /** A terminal whose typed text lands in a file, with the keyboard on it. */
  async openTerminal(title = 'first-application'): Promise<{ readonly typed: string; readonly process: ChildProcess }> {
    const typed = join(this.folder, `${title}.txt`);
    writeFileSync(typed, '');
    const child = this.start('xterm', ['-T', title, '-e', 'sh', '-c', `stty -echo; exec cat > '${typed}'`]);
    await waitFor(`${title} has the keyboard`, () => this.focusedTitle() === title);
    // The shell has switched the echo off and given way to what takes the letters.
    await waitFor('it takes what is typed', () => processTree(child.pid ?? 0).some(({ command }) => command === 'cat'));
    return { typed, process: child };
  }

  async stop(): Promise<void> {
    for (const child of this.#programs.reverse()) await endProgram(child);
    this.#programs.length = 0;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #startServer({ width = 1280, height = 800 }: DisplayOptions): Promise<void> {
    // The server itself picks a free number and writes it down once it takes connections.
    const server = startProgram(
      'Xvfb',
      ['-displayfd', '3', '-noreset', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      },
    );
    this.#programs.push(server);
    const output = server.stdio[3] as Readable;
    const number = await new Promise<string>((resolve, reject) => {
      output.setEncoding('utf8');
      output.once('data', (text: string) => resolve(text.trim()));
      server.once('exit', () => reject(new Error('Xvfb ended before its display was ready')));
    });
    this.env['DISPLAY'] = `:${number}`;
  }

  async #startBus(): Promise<void> {
    const bus = startProgram('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#programs.push(bus);
    const output = bus.stdout as Readable;
    output.setEncoding('utf8');
    this.env['DBUS_SESSION_BUS_ADDRESS'] = await new Promise<string>((resolve) => {
      output.once('data', (text: string) => resolve(text.trim()));
    });
  }

  /** Has windows drawn over each other, as desktops with effects do; resolves once it does. */
  async startCompositor(): Promise<ChildProcess> {
    // What is decided here is ours: no file of the machine has a say in it.
    const config = join(this.folder, 'picom.conf');
    writeFileSync(config, 'backend = "xrender";\nshadow = true;\nshadow-exclude = [ "_GTK_FRAME_EXTENTS@:c" ];\n');
    const child = this.start('picom', ['--config', config]);
    const x = new X11Connection(this.env['DISPLAY']);
    await waitFor('the compositor runs', () => hasCompositor(x));
    x.dispose();
    return child;
  }

  async #startWindowManager(command: string): Promise<void> {
    // Without one i3 asks the person to make one.
    if (command === 'i3') this.#configureI3();
    this.start(command);
    const known = () => run('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'], this.env).includes('window id');
    await waitFor(`${command} is there`, known);
  }

  #configureI3(): void {
    const folder = join(this.folder, 'home', '.config', 'i3');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config'), '# i3 config file (v4)\n');
  }

  async #startAccessibility(isOn: boolean): Promise<void> {
    delete this.env['NO_AT_BRIDGE'];
    const launcher = ['/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi2-core/at-spi-bus-launcher'].find(existsSync);
    if (launcher === undefined) throw new Error('the accessibility bus (at-spi2-core) is missing');
    this.start(launcher, ['--launch-immediately', ...(isOn ? ['--a11y=1'] : [])]);
    // Asked before it has its name, the bus would start another launcher, which nobody told to be on and nobody ends.
    await waitFor('the launcher has its name', () =>
      run('dbus-send', hasOwner('org.a11y.Bus'), this.env).includes('true'),
    );
    const ask = ['--session', '--print-reply', '--dest=org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus.GetAddress'];
    await waitFor('the accessibility bus answers', () => {
      try {
        return run('dbus-send', ask, this.env).includes('unix:');
      } catch {
        return false;
      }
    });
  }

  async #startInputMethod(): Promise<void> {
    const folder = join(this.folder, 'home', '.config', 'fcitx5');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'profile'), inputMethodProfile);
    // Without it each text field has a choice of its own, and the one made for the last field is lost on the next.
    writeFileSync(join(folder, 'config'), '[Behavior]\nShareInputState=All\n');
    Object.assign(this.env, { GTK_IM_MODULE: 'fcitx', QT_IM_MODULE: 'fcitx', XMODIFIERS: '@im=fcitx' });
    this.start('fcitx5', ['--disable=wayland']);
    await waitFor('the input method answers', () => {
      try {
        return run('fcitx5-remote', [], this.env).trim() !== '';
      } catch {
        return false;
      }
    });
    await sleep(500);
  }
}

/** Arguments of dbus-send: whether somebody has a name of the session bus. */
function hasOwner(name: string): readonly string[] {
  const bus = ['--dest=org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner'];
  return ['--session', '--print-reply', ...bus, `string:${name}`];
}

const inputMethodProfile = `[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
`;
