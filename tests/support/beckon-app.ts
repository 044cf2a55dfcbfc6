import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { SettingsPatch } from '../../contract/settings.ts';
import { connectToCore } from '../../core/socket/socket-client.ts';
import type { TestDisplay } from './display.ts';
import { askInPage, type BridgeAnswer } from './page-bridge.ts';
import { isAlive, processTree, sleep, waitFor } from './processes.ts';

export const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const cacheFolder =
  process.env['BECKON_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'beckon');
export const testModels = join(cacheFolder, 'models');
export const smallModel = 'qwen2.5-coder-0.5b-instruct-q4_k_m';
export const tinyModel = 'smollm2-135m-instruct-q4_1';
/** The one that a new profile begins with on most machines; large, so soaks and benches alone use it. */
export const starterModel = 'qwen2.5-coder-1.5b-instruct-q4_k_m';
export const nodeExecutable = join(checkout, 'node_modules', '.bin', 'node');
/** Whether bundles run, as a packaged Beckon has them, and not the sources: they start in half of the time of a processor. */
const runsBundles = process.env['BECKON_BUNDLED'] === '1';
/** Longest until a part of the app is there, and until a page shows what it is asked for: nothing was promised of it. */
const startLimitMs = 60_000;
/** The command of the terminal. */
export const cliEntry = runsBundles ? join(checkout, 'out', 'node', 'cli.mjs') : join(checkout, 'cli', 'index.ts');
/** What processes of Beckon run, from source and from bundles, as it stands in their command lines. */
const entries = {
  core: ['/core/entry.ts', '/core.mjs'],
  desktop: ['/desktop/entry.ts', '/desktop.mjs'],
  engine: ['/models/engine/entry.ts', '/engine.mjs'],
  keys: ['/desktop/keys-entry.ts', '/keys.mjs'],
} as const;

/** What that process of Beckon is started with. */
export function nodeEntry(which: keyof typeof entries): string {
  const [source, bundle] = entries[which];
  return runsBundles ? join(checkout, 'out', 'node', bundle) : join(checkout, source);
}

/** Whether a command line is of that process of Beckon. */
export function isProcess(which: keyof typeof entries, command: string): boolean {
  return entries[which].some((entry) => command.includes(entry));
}

/** The Electron that `npm test` put in place and named. */
export function electronExecutable(): string {
  const path = process.env['BECKON_ELECTRON'] ?? join(cacheFolder, 'runtimes', 'electron-25.1.1-linux-x64', 'electron');
  if (!existsSync(path)) throw new Error('no Electron runtime: run these tests through `npm test`');
  return path;
}

export function requireModel(id: string): string {
  const path = join(testModels, `${id}.gguf`);
  if (!existsSync(path)) throw new Error(`the test model ${id} is missing: run these tests through \`npm test\``);
  return path;
}

export interface LaunchOptions {
  readonly display: Pick<TestDisplay, 'env'>;
  readonly settings?: SettingsPatch;
  /** A profile to start on; a fresh one in a folder of its own when left out. */
  readonly profile?: string;
  /** Writes into the fresh profile before the start. */
  readonly fill?: (profile: string) => void;
  readonly models?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly appFolder?: string;
  readonly args?: readonly string[];
  /** A program to start in place of Electron, such as one that starts Electron as an ordinary user, with its sandbox on. */
  readonly executable?: string;
}

export const readySettings: SettingsPatch = { firstRunDone: true, language: 'en', theme: 'light', modelId: smallModel };

/** Beckon as a person has it, in real Electron, with its own profile. */
export class BeckonApp {
  readonly electron: ElectronApplication;
  readonly profile: string;
  readonly output: string[];
  /** Of Electron's first process; it stays known after that has ended. */
  readonly pid: number;
  readonly #ownProfile: boolean;
  #overlay: Page;

  private constructor(
    electron: ElectronApplication,
    overlay: Page,
    profile: string,
    ownProfile: boolean,
    output: string[],
  ) {
    this.electron = electron;
    this.pid = electron.process().pid ?? 0;
    this.#overlay = overlay;
    this.profile = profile;
    this.#ownProfile = ownProfile;
    this.output = output;
  }

  static async launch(options: LaunchOptions): Promise<BeckonApp> {
    const ownProfile = options.profile === undefined;
    const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'beckon-profile-'));
    if (ownProfile) writeSettings(profile, { ...readySettings, ...options.settings });
    options.fill?.(profile);
    const sandbox = process.getuid?.() === 0 && options.executable === undefined ? ['--no-sandbox'] : [];
    const electron = await _electron.launch({
      timeout: startLimitMs,
      executablePath: options.executable ?? electronExecutable(),
      args: [...sandbox, ...(options.args ?? []), options.appFolder ?? checkout],
      env: {
        ...stringsOnly(options.display.env),
        BECKON_PROFILE: profile,
        BECKON_MODELS: options.models ?? testModels,
        BECKON_NODE: nodeExecutable,
        ...stringsOnly(options.env ?? {}),
      },
    });
    const output: string[] = [];
    for (const stream of [electron.process().stdout, electron.process().stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => output.push(text));
    }
    electron.context().setDefaultTimeout(startLimitMs);
    const overlay = await electron.firstWindow();
    await overlay.waitForSelector('.box');
    return new BeckonApp(electron, overlay, profile, ownProfile, output);
  }

  /** The page of the overlay; once its window was made anew for a compositor, that of the new one. */
  get overlay(): Page {
    if (this.#overlay.isClosed()) {
      const next = this.electron.windows().find((page) => page.url().includes('/overlay.html'));
      this.#overlay = next ?? this.#overlay;
    }
    return this.#overlay;
  }

  /** Process ids by a part of their command line, such as `--type=renderer`; empty when there is none. */
  processIds(part: string): readonly number[] {
    return processTree(this.pid)
      .filter(({ command }) => command.includes(part))
      .map(({ pid }) => pid);
  }

  /** The first process of Beckon of that kind; undefined when there is none. */
  processId(which: keyof typeof entries): number | undefined {
    return processTree(this.pid).find(({ command }) => isProcess(which, command))?.pid;
  }

  corePid(): number | undefined {
    return this.processId('core');
  }

  enginePid(): number | undefined {
    return this.processId('engine');
  }

  async waitForCore(limitMs = startLimitMs): Promise<void> {
    await waitFor('core is up', async () => (await this.ask('core.info', {})).ok, limitMs);
  }

  /** Waits until the process that reads other windows answers: what is selected before is not captured. */
  async waitForDesktop(limitMs = startLimitMs): Promise<void> {
    const connection = await connectToCore(this.profile);
    if (connection === null) throw new Error('core takes no connection');
    try {
      await waitFor(
        'the desktop process answers',
        () =>
          connection.client.request('window.active', {}).then(
            (answer) => answer.ok && ['available', 'nothing'].includes(answer.value.status),
            () => false,
          ),
        limitMs,
      );
    } finally {
      connection.dispose();
    }
  }

  /** Asks through the page's own bridge, as the page would. */
  async ask(name: string, input: unknown): Promise<BridgeAnswer> {
    const page = this.overlay;
    try {
      return await page.evaluate(askInPage, { name, input });
    } catch (error) {
      // Its window was made anew for a compositor meanwhile.
      if (this.overlay === page) throw error;
      return this.overlay.evaluate(askInPage, { name, input });
    }
  }

  /** The same, by way of main, which still works after the page's process was killed and its page loaded again. */
  async askThroughMain(name: string, input: unknown, limitMs = 3000): Promise<BridgeAnswer> {
    const code = `(${askInPage.toString()})(${JSON.stringify({ name, input })})`;
    // A page whose process dies meanwhile never answers.
    const limit = sleep(limitMs).then(() => Promise.reject(new Error(`${name} was not answered`)));
    const answer = this.electron.evaluate(({ BrowserWindow }, script) => {
      const overlay = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().includes('overlay'));
      if (overlay === undefined) throw new Error('there is no overlay');
      return overlay.webContents.executeJavaScript(script) as Promise<BridgeAnswer>;
    }, code);
    return Promise.race([answer, limit]);
  }

  /** The value of a field, read by way of main for the same reason. */
  async valueInOverlay(selector: string): Promise<string> {
    const code = `document.querySelector(${JSON.stringify(selector)})?.value ?? ''`;
    const answer = this.electron.evaluate(({ BrowserWindow }, script) => {
      const overlay = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().includes('overlay'));
      return overlay === undefined ? '' : (overlay.webContents.executeJavaScript(script) as Promise<string>);
    }, code);
    return Promise.race([answer, sleep(500).then(() => '')]);
  }

  /** Resolves when the whole process tree is gone. */
  async waitUntilGone(pids: readonly number[], limitMs: number): Promise<void> {
    await waitFor('every process ended', () => pids.every((pid) => !isAlive(pid)), limitMs);
  }

  async close(): Promise<void> {
    const pids = processTree(this.pid).map(({ pid }) => pid);
    await Promise.race([this.electron.close().catch(() => {}), sleep(8000)]);
    for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    if (this.#ownProfile) rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

export function writeSettings(profile: string, settings: SettingsPatch): void {
  mkdirSync(profile, { recursive: true });
  writeFileSync(join(profile, 'settings.json'), JSON.stringify({ version: 1, ...settings }));
}

/** The first finished answer in a profile's database; null while there is none. Needs no way into the app. */
export function readAnswer(path: string): string | null {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    const row = database.prepare("SELECT text FROM messages WHERE role = 'assistant' AND state = 'complete'").get();
    database.close();
    return row === undefined ? null : String(row['text']);
  } catch {
    return null;
  }
}

function stringsOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
