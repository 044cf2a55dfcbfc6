import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BeckonApp,
  checkout,
  electronExecutable,
  nodeExecutable,
  readySettings,
  requireModel,
  smallModel,
  writeSettings,
} from '../support/beckon-app.ts';
import { endProgram, run, sleep, waitFor } from '../support/processes.ts';
import { isRoot, testUser } from '../support/test-user.ts';
import { WaylandDesktop } from '../support/wayland-desktop.ts';

const text = 'The keeper painted the boat on Monday. On Tuesday the ferry was late. 星期三潮水很高。';

/** The whole journey on Wayland, as an ordinary user, with the key in the compositor's own configuration. */
describe('selected text on Wayland', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-journey-'));
  const profile = join(folder, 'profile');
  let wayland: WaylandDesktop;
  let app: BeckonApp;

  beforeAll(async () => {
    const model = requireModel(smallModel);
    const models = join(folder, 'models');
    const runtime = join(folder, 'runtime');
    mkdirSync(models);
    copyFileSync(model, join(models, `${smallModel}.gguf`));
    // Where an ordinary user can read it: the cache is in the home of whoever runs the suite.
    cpSync(dirname(electronExecutable()), runtime, { recursive: true });
    const executable = join(folder, 'electron');
    const asUser = isRoot() ? `runuser -u ${testUser} -- ` : '';
    writeFileSync(executable, `#!/bin/sh\nexec ${asUser}'${join(runtime, 'electron')}' "$@"\n`, { mode: 0o755 });
    // The key has been bound before: the app stays hidden until it comes.
    writeSettings(profile, { ...readySettings, toggleProvedAt: 1 });
    chmodSync(folder, 0o755);
    const cli = `${nodeExecutable} ${join(checkout, 'cli', 'index.ts')}`;
    wayland = await WaylandDesktop.start({
      compositor: 'sway',
      accessibility: true,
      configuration: `bindsym F9 exec env BECKON_PROFILE=${profile} ${cli} toggle`,
    });
    if (isRoot()) run('chown', ['-R', testUser, folder]);
    app = await BeckonApp.launch({
      display: wayland,
      executable,
      profile,
      models,
      args: ['--ozone-platform=wayland'],
    });
    await app.waitForCore();
  });

  afterAll(async () => {
    await app?.close();
    await wayland?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is summarised in the overlay that the key called, and the summary takes its place', async () => {
    const note = join(wayland.folder, 'note.txt');
    writeFileSync(note, `${text}\n`);
    if (isRoot()) run('chown', [testUser, note]);
    const editor = wayland.start('gnome-text-editor', ['--standalone', note]);
    try {
      await waitFor('the editor has the keyboard', () => /note\.txt/.test(wayland.focusedTitle()), 30_000);
      await sleep(1500);
      wayland.press('a', 'ctrl');
      await sleep(500);
      wayland.press('F9');
      await waitFor('the overlay has the keyboard', () => wayland.focusedTitle() === 'Beckon', 20_000);
      await app.overlay.waitForSelector('.chip.on', { timeout: 10_000 });
      wayland.type('-s', '300', '-d', '30', 'summ');
      await waitFor('Summarise is first', async () =>
        /^Summarise/.test(await app.overlay.locator('.row.at').innerText()),
      );
      wayland.press('Return');
      await app.overlay.waitForSelector('.receipt', { timeout: 90_000 });
      const summary = (await app.overlay.locator('.markdown').innerText()).trim();
      wayland.press('Return');
      await waitFor('the editor has the keyboard again', () => /note\.txt/.test(wayland.focusedTitle()), 20_000);
      const saved = async () => {
        wayland.press('s', 'ctrl');
        await sleep(1000);
        return readFileSync(note, 'utf8').trim();
      };
      const replaced = await saved();
      expect(replaced).not.toContain(text);
      expect(wordsOf(replaced)).toEqual(wordsOf(summary));
      // Twice: what was put in, and what it took the place of.
      wayland.press('z', 'ctrl');
      wayland.press('z', 'ctrl');
      expect(await saved()).toBe(text);
    } finally {
      await endProgram(editor);
    }
  });
});

/** Without the marks of a list, which the overlay shows as dots. */
function wordsOf(written: string): readonly string[] {
  return written.match(/[\p{L}\p{N}]+/gu) ?? [];
}
