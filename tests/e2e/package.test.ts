import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkout,
  readAnswer,
  readySettings,
  requireModel,
  smallModel,
  testModels,
  writeSettings,
} from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { answerLimitMs, endProgram, processTree, run, startProgram, waitFor } from '../support/processes.ts';

interface Fuses {
  readonly fuses: Readonly<Record<string, { readonly on: boolean; readonly only?: readonly string[] }>>;
  readonly isOn: (fuse: Fuses['fuses'][string] | undefined, platform: string) => boolean;
  readonly readFuses: (binary: string) => Promise<Readonly<Record<string, boolean>>>;
}

const inspectorPort = 39_229;

describe('the packaged folder', () => {
  let display: TestDisplay;
  let folder: string;
  const place = (...names: readonly string[]) => join(folder, 'Beckon app', ...names);

  beforeAll(async () => {
    requireModel(smallModel);
    run('node', [join(checkout, 'scripts', 'package.mjs')]);
    folder = mkdtempSync(join(tmpdir(), 'beckon package '));
    cpSync(join(checkout, 'dist', 'linux-unpacked'), place(), { recursive: true });
    display = await TestDisplay.start();
  });

  afterAll(async () => {
    await display?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('has every fuse that its Electron knows as it was decided', async () => {
    const path = pathToFileURL(join(checkout, 'scripts', 'package', 'fuses.mjs')).href;
    const { fuses, isOn, readFuses } = (await import(path)) as Fuses;
    const states = await readFuses(place('beckon'));
    expect(Object.keys(states).length).toBeGreaterThan(6);
    for (const [name, state] of Object.entries(states)) expect(state, name).toBe(isOn(fuses[name], 'linux'));
  });

  it('has a desktop entry and a description that the tools of desktops find nothing wrong with', () => {
    expect(run('desktop-file-validate', [join(checkout, 'packaging', 'beckon.desktop')])).toBe('');
    run('appstreamcli', ['validate', '--no-net', join(checkout, 'packaging', 'app.beckon.beckon.metainfo.xml')]);
  });

  it('is no Node for those who set a variable', () => {
    const env = { PATH: '/usr/bin:/bin', ELECTRON_RUN_AS_NODE: '1' };
    const words = ['--no-sandbox', '-e', 'console.log("ran as" + " node")'];
    expect(() => run(place('beckon'), words, env)).toThrow(/display|X server/);
  });

  it('has a command that is found from a link, and is not steered by what is meant for other Node programs', () => {
    const link = join(folder, 'a link');
    run('ln', ['-s', place('bin', 'beckon'), link]);
    const env = { PATH: '/usr/bin:/bin', HOME: folder, NODE_OPTIONS: '--require /no/such/file.cjs' };
    const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };
    expect(run(link, ['--version'], env).trim()).toBe(version);
  });

  it('names the licence of everything in it, and passes the texts on', () => {
    const list = JSON.parse(readFileSync(place('resources', 'beckon.spdx.json'), 'utf8')) as {
      packages: readonly { name: string; licenseDeclared: string }[];
    };
    const names = list.packages.map(({ name }) => name);
    // Bundled into the pages, bundled into core, beside the archive, and the two runtimes.
    for (const name of ['react', 'zod', 'node-llama-cpp', '@node-llama-cpp/linux-x64', 'Electron', 'Node.js'])
      expect(names).toContain(name);
    for (const name of ['vite', 'vitest', 'electron-builder', 'typescript']) expect(names).not.toContain(name);
    const free = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|MIT-0|CC0-1\.0|BlueOak-1\.0\.0|Unlicense|Python-2\.0)/;
    expect(list.packages.filter(({ licenseDeclared }) => !free.test(licenseDeclared.replace(/^\(/, '')))).toEqual([]);
    expect(readFileSync(place('resources', 'THIRD-PARTY-NOTICES.txt'), 'utf8')).toMatch(/Meta Platforms/);
  });

  it('answers from a path with a space, with no Node on PATH, and lets no other code in', async () => {
    const profile = join(folder, 'profile');
    const nothing = join(folder, 'empty path');
    mkdirSync(nothing);
    const marker = join(folder, 'other-code-ran');
    const otherCode = join(folder, 'other.cjs');
    writeFileSync(otherCode, `require('node:fs').appendFileSync(${JSON.stringify(marker)}, process.argv.join(' '));`);
    // Electron would prefer a folder to the archive.
    mkdirSync(place('resources', 'app'));
    writeFileSync(place('resources', 'app', 'package.json'), '{"name":"other","main":"main.js"}');
    cpSync(otherCode, place('resources', 'app', 'main.js'));
    writeSettings(profile, { ...readySettings });
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const env = {
      ...display.env,
      PATH: nothing,
      BECKON_PROFILE: profile,
      BECKON_MODELS: testModels,
      NODE_OPTIONS: `--require "${otherCode}"`,
    };
    const app = startProgram(place('beckon'), [...sandbox, `--inspect=127.0.0.1:${inspectorPort}`], { env });
    try {
      await display.openTerminal();
      await waitFor('the overlay answers the hotkey', () => {
        if (display.visibleTitles().includes('Beckon')) return true;
        display.press('ctrl+shift+space');
        return display.visibleTitles().includes('Beckon');
      });
      await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
      display.type('What is the capital of France? Answer with one word.');
      display.press('Return');
      const answer = await waitFor('an answer is stored', () => readAnswer(join(profile, 'beckon.db')), answerLimitMs);
      expect(answer).toMatch(/Paris/i);
      const commands = processTree(app.pid ?? 0).map(({ command }) => command);
      expect(commands.some((command) => command.includes('Beckon app/resources/node'))).toBe(true);
      expect(existsSync(marker) ? readFileSync(marker, 'utf8') : 'nothing').toBe('nothing');
      expect(await listens(inspectorPort)).toBe(false);
    } finally {
      await endProgram(app, 8000);
    }
  });
});

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const end = (there: boolean) => {
      socket.destroy();
      resolve(there);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
