import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, it } from 'vitest';
import { type BeckonApp, cliEntry, nodeExecutable, smallModel } from '../support/beckon-app.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { answerLimitMs, sleep, stays, waitFor } from '../support/processes.ts';

const key = 'Control+Alt+E';

const options: DesktopOptions = {
  display: { accessibility: true },
  models: [smallModel],
  app: { settings: { actionHotkeys: { 'list-actions': 'Control+Alt+L' } } },
};

describeOnDesktop('an action with a key of its own', options, ({ display, app, openNote, select, startAnew }) => {
  const [first, second] = ['The tide turns at noon.', 'The ferry waits for nobody.'];

  beforeEach(async () => void (await openNote(`${first}\n${second}\n`)));

  const selectFirst = () => select(first, 'ctrl+Home', 'shift+End');
  const selectSecond = () => select(second, 'ctrl+Home', 'Down', 'shift+End');

  async function inEditor(): Promise<void> {
    await waitFor('mousepad has the keyboard', () => /note\.txt/.test(display.focusedTitle()), 30_000);
  }

  async function answered(question: RegExp): Promise<void> {
    await waitFor(`${question} is asked`, async () => question.test(await app.overlay.locator('body').innerText()));
    await app.overlay.waitForSelector('.receipt', { timeout: answerLimitMs });
  }

  async function bindExplain(): Promise<void> {
    expect(await app.ask('hotkey.setAction', { actionId: 'explain', accelerator: key })).toMatchObject({ ok: true });
  }

  async function back(): Promise<void> {
    display.press('ctrl+n', 'Escape');
    await inEditor();
  }

  it('says what is missing when nothing is selected, and runs at once on what is', async () => {
    await bindExplain();
    display.press('ctrl+Home', 'ctrl+alt+e');
    await waitFor('it is said', async () =>
      /No selected text was found/.test(await app.overlay.locator('body').innerText()),
    );
    await back();
    await selectFirst();
    display.press('ctrl+alt+e');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    await answered(/Explain · 5 words from Mousepad/);
  });

  it('runs in a chat of its own while another answer is on the screen, by the key of the settings file too', async () => {
    await bindExplain();
    await selectFirst();
    display.press('ctrl+alt+e');
    await answered(/Explain · 5 words from Mousepad/);
    display.press('Escape');
    await inEditor();
    await selectSecond();
    display.press('ctrl+alt+l');
    await answered(/List the actions in it · 5 words from Mousepad/);
    expect(await app.overlay.locator('.question').count()).toBe(1);
  });

  it('shows its answer though something was being written, which is there again after it', async () => {
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    display.type('half a question');
    await waitFor('it is in the box', async () => (await app.valueInOverlay('textarea')) === 'half a question');
    display.press('ctrl+shift+space');
    await inEditor();
    await selectSecond();
    display.press('ctrl+alt+l');
    await answered(/List the actions in it · 5 words from Mousepad/);
    expect(await app.valueInOverlay('textarea')).toBe('');
    display.press('ctrl+n');
    await waitFor('it is back', async () => (await app.valueInOverlay('textarea')) === 'half a question');
    display.press('ctrl+n');
    await waitFor('the box is empty', async () => (await app.valueInOverlay('textarea')) === '');
  });

  it('is run by a command, for desktops that give keys themselves', async () => {
    await selectFirst();
    const env = { ...display.env, BECKON_PROFILE: app.profile };
    const run = spawnSync(nodeExecutable, [cliEntry, 'run', 'explain'], { env });
    expect(run.status).toBe(0);
    await answered(/Explain · 5 words from Mousepad/);
  });

  it('is refused on keys that are taken, and let go when it is removed', async () => {
    await bindExplain();
    const taken = await app.ask('hotkey.setAction', { actionId: 'reply', accelerator: key });
    expect(taken.error?.code).toBe('hotkey/refused');
    expect(await app.ask('hotkey.setAction', { actionId: 'explain', accelerator: null })).toMatchObject({ ok: true });
    display.press('ctrl+alt+e');
    await stays('the editor has the keyboard', 600, () => /note\.txt/.test(display.focusedTitle()));
    // A page cannot bind keys by way of the settings.
    const around = await app.ask('settings.set', { actionHotkeys: { explain: 'Control+Alt+T' } });
    expect(around.ok).toBe(false);
  });

  // The page began the answer, so that one that was not there lost the press.
  it('is answered though the page hangs at the press and dies: the next page shows it, and keeps what was typed', async () => {
    // The way to the page ends with its process.
    startAnew();
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    display.type('half a question');
    await waitFor('it is in the box', async () => (await app.valueInOverlay('textarea')) === 'half a question');
    display.press('ctrl+shift+space');
    await inEditor();
    await selectSecond();
    const page = await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.webContents.getURL().includes('overlay'))
        ?.webContents.getOSProcessId(),
    );
    // Chats of earlier cases go for good only now and then, so that their number tells nothing.
    const before = wholeAnswers(app.profile);
    process.kill(page ?? 0, 'SIGSTOP');
    display.press('ctrl+alt+l');
    await waitFor('core has answered', () => [...wholeAnswers(app.profile)].some((id) => !before.has(id)), 60_000);
    process.kill(page ?? 0, 'SIGKILL');
    await waitFor('the next page shows it', async () =>
      /List the actions in it · 5 words from Mousepad/.test(await textThroughMain(app)),
    );
    expect(await app.valueInOverlay('textarea')).toBe('');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    display.press('ctrl+n');
    await waitFor('what was typed is back', async () => (await app.valueInOverlay('textarea')) === 'half a question');
  });
});

/** The ids of the whole answers in a profile's chats. */
function wholeAnswers(profile: string): ReadonlySet<string> {
  const database = new DatabaseSync(join(profile, 'beckon.db'), { readOnly: true });
  const rows = database.prepare("SELECT id FROM messages WHERE role = 'assistant' AND state = 'complete'").all();
  database.close();
  return new Set(rows.map((row) => String(row['id'])));
}

/** What the overlay shows, read by way of main, which still works after its page was loaded again. */
async function textThroughMain(app: BeckonApp): Promise<string> {
  const text = app.electron.evaluate(({ BrowserWindow }) => {
    const overlay = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().includes('overlay'));
    return overlay?.webContents.executeJavaScript('document.body.innerText') as Promise<string>;
  });
  // A page that is being loaded again may never answer.
  return Promise.race([text, sleep(500).then(() => '')]).catch(() => '');
}
