import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { endProgram, processTree, run, startProgram, waitFor } from '../support/processes.ts';

describe('the packaged folder', () => {
  let display: TestDisplay;
  let folder: string;

  beforeAll(async () => {
    requireModel(smallModel);
    run('node', [join(checkout, 'scripts', 'package.mjs')]);
    folder = mkdtempSync(join(tmpdir(), 'beckon package '));
    cpSync(join(checkout, 'dist', 'linux-unpacked'), join(folder, 'Beckon app'), { recursive: true });
    display = await TestDisplay.start();
  });

  afterAll(async () => {
    await display?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('answers from a path with a space and with no Node on PATH', async () => {
    const profile = join(folder, 'profile');
    const nothing = join(folder, 'empty path');
    mkdirSync(nothing);
    writeSettings(profile, { ...readySettings });
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const env = { ...display.env, PATH: nothing, BECKON_PROFILE: profile, BECKON_MODELS: testModels };
    const app = startProgram(join(folder, 'Beckon app', 'beckon'), sandbox, { env });
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
      const answer = await waitFor('an answer is stored', () => readAnswer(join(profile, 'beckon.db')), 90_000);
      expect(answer).toMatch(/Paris/i);
      const commands = processTree(app.pid ?? 0).map(({ command }) => command);
      expect(commands.some((command) => command.includes('Beckon app/resources/node'))).toBe(true);
    } finally {
      await endProgram(app, 8000);
    }
  });
});
