import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SettingsPatch } from '../../contract/settings.ts';
import {
  checkout,
  electronExecutable,
  nodeExecutable,
  readySettings,
  testModels,
  writeSettings,
} from '../../tests/support/beckon-app.ts';
import type { TestDisplay } from '../../tests/support/display.ts';
import { run } from '../../tests/support/processes.ts';
import { endTree, type Subject, startQuietly } from './subject.ts';

/** What it takes to start an Electron app from a profile of its own. */
export interface ElectronStart {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly profile: string;
  /** Removes the profile. */
  clear(): void;
}

export const beckonKeys = 'Control_L+Shift_L+space';
const floorKeys = 'Control_L+Shift_L+F9';
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Version of the Electron that is measured, such as `Electron 25.1.1`. */
export function runtimeName(): string {
  const executable = electronExecutable();
  const file = join(dirname(executable), 'version');
  const version = existsSync(file)
    ? readFileSync(file, 'utf8').trim()
    : run(executable, [...sandbox, '--version']).trim();
  return `Electron ${version.replace(/^v/, '')}`;
}

/** Throws a sentence when the bundles that are measured have not been built. */
export function requireBuild(): void {
  for (const file of ['out/main/index.cjs', 'out/renderer/overlay.html', 'out/node/core.mjs', 'out/node/engine.mjs']) {
    if (!existsSync(join(checkout, file))) throw new Error(`${file} is missing: run this through \`npm run bench\``);
  }
}

function temporaryProfile(): { readonly profile: string; readonly clear: () => void } {
  const profile = mkdtempSync(join(tmpdir(), 'beckon-bench-'));
  return { profile, clear: () => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}

/** A bare window as tall as what it is compared with, in pixels. */
export function prepareFloor(display: TestDisplay, height: number, showAtStart: boolean): ElectronStart {
  const { profile, clear } = temporaryProfile();
  return {
    profile,
    clear,
    command: [electronExecutable(), ...sandbox, join(checkout, 'bench', 'floor')],
    env: {
      ...display.env,
      FLOOR_PROFILE: profile,
      FLOOR_HOTKEY: 'Control+Shift+F9',
      FLOOR_HEIGHT: String(height),
      FLOOR_SHOW: showAtStart ? '1' : '0',
    },
  };
}

export interface BeckonChoices {
  readonly settings?: SettingsPatch;
  /** Folder of models; the one with the test models when left out. */
  readonly models?: string;
}

/** Beckon as it is shipped: from its bundles, with the settings of someone who has used it before. */
export function prepareBeckon(display: TestDisplay, { settings, models }: BeckonChoices = {}): ElectronStart {
  requireBuild();
  const { profile, clear } = temporaryProfile();
  writeSettings(profile, { ...readySettings, hotkeyProvedAt: 1, ...settings });
  return {
    profile,
    clear,
    command: [electronExecutable(), ...sandbox, checkout],
    env: {
      ...display.env,
      BECKON_PROFILE: profile,
      BECKON_MODELS: models ?? testModels,
      BECKON_NODE: nodeExecutable,
      BECKON_BUNDLED: '1',
    },
  };
}

/** An empty models folder inside a profile, for figures without a model. */
export function emptyModels(display: TestDisplay): string {
  const folder = join(display.folder, 'no-models');
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function start(name: string, prepared: ElectronStart, keys: string): Promise<Subject> {
  const [command = '', ...args] = prepared.command;
  const child = await startQuietly(command, args, prepared.env);
  return {
    name,
    pid: child.pid,
    keys,
    dismiss: keys,
    stop: async () => {
      await endTree(child.pid);
      prepared.clear();
    },
  };
}

export function startFloor(display: TestDisplay, height: number): Promise<Subject> {
  return start('bare window', prepareFloor(display, height, false), floorKeys);
}

export function startBeckon(display: TestDisplay, choices: BeckonChoices = {}): Promise<Subject> {
  return start('Beckon', prepareBeckon(display, choices), beckonKeys);
}
