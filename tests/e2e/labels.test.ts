import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NotificationService } from '../fakes/notification-service.ts';
import { checkout } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

/** A folder in which no model lies. */
const noModels = join(checkout, 'tests', 'corpus', 'markdown');
/** Where pictures of each step go; left out, none is taken. */
const pictures = process.env['BECKON_PICTURES'];
const both = (text: string) => ({ en: text, 'zh-CN': text });
const common = { atom: 2, input: 'selection', output: 'show' } as const;
const visit = {
  ...{ ...common, id: 'visit-and-note', name: { en: 'Visit and note', 'zh-CN': '打开并记下' } },
  steps: [
    { do: 'append-file', file: 'visited.md' },
    { do: 'extract', what: 'links' },
    { do: 'join', with: ' ' },
    { do: 'open-link' },
  ],
};
const tell = {
  ...{ ...common, id: 'tell-lines', name: { en: 'Tell lines', 'zh-CN': '告诉我几行' } },
  steps: [{ do: 'split', at: 'lines' }, { do: 'reverse' }, { do: 'join' }, { do: 'notify' }],
};
const letters = {
  ...{ ...common, id: 'letters', name: both('Letters') },
  steps: [
    { do: 'case', to: 'upper' },
    { do: 'json', style: 'pretty' },
    { do: 'count', what: 'words' },
  ],
};
const options = {
  display: { accessibility: true },
  app: {
    models: noModels,
    settings: { offline: true, modelId: null },
    fill: (profile: string) => {
      mkdirSync(join(profile, 'atoms'), { mode: 0o700 });
      for (const one of [visit, letters, tell])
        writeFileSync(join(profile, 'atoms', `${one.id}.json`), JSON.stringify(one));
    },
  },
};

/** Main's dialogs, answered in the place of the person; what each said is noted. */
interface Dialogs {
  readonly said: { readonly message: string; readonly detail: string }[];
  agrees: boolean;
}

describeOnDesktop('what labels hold back', options, ({ display, app, steps, openNote, select }) => {
  let taken = 0;
  function shot(name: string): void {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    taken += 1;
    display.screenshot(join(pictures, `${String(taken).padStart(2, '0')}-${name}.png`));
  }

  const answerDialogs = (agrees: boolean) =>
    app.electron.evaluate(({ dialog, shell }, yes) => {
      const kept = globalThis as unknown as { dialogs?: Dialogs };
      kept.dialogs = { said: [], agrees: yes };
      shell.openExternal = async () => {};
      dialog.showMessageBox = (async (...args: readonly unknown[]) => {
        const { message, detail } = args.at(-1) as { readonly message: string; readonly detail: string };
        kept.dialogs?.said.push({ message, detail });
        return { response: kept.dialogs?.agrees === true ? 1 : 0, checkboxChecked: false };
      }) as never;
    }, agrees);
  const dialogs = () =>
    app.electron.evaluate(() => (globalThis as unknown as { dialogs?: Dialogs }).dialogs?.said ?? []);

  const runAction = async (typed: string, name: RegExp) => {
    await steps.call();
    await app.overlay.waitForSelector('.chip.on');
    display.press('ctrl+n');
    display.type(typed);
    await waitFor('it is first', async () => name.test(await app.overlay.locator('.row.at').innerText()));
    display.press('Return');
  };

  it('is not widened by a page that was taken over: what it saves over an action is asked about in main’s own dialog', async () => {
    const file = join(app.profile, 'atoms', 'letters.json');
    const before = readFileSync(file, 'utf8');
    const text = JSON.stringify({
      ...letters,
      steps: [{ do: 'prompt', prompt: both('Say it all.') }, { do: 'open-link' }],
    });
    const saved = { file: 'letters.json', text, basis: null };
    await answerDialogs(false);
    expect(await app.ask('atom.save', saved)).toMatchObject({ ok: false, error: { code: 'atom/asks-first' } });
    for (const name of ['Letters', 'Another name'])
      expect(await app.ask('atom.saveAnyway', { ...saved, name })).toMatchObject({ error: { code: 'app/not-agreed' } });
    expect(await app.ask('hotkey.setAction', { actionId: 'visit-and-note', accelerator: 'Ctrl+Alt+K' })).toMatchObject({
      error: { code: 'app/not-agreed' },
    });
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect((await dialogs()).map(({ message }) => message)).toEqual([
      expect.stringContaining('Save “Letters”'),
      expect.stringContaining('Save “Another name”'),
      expect.stringContaining('run “Visit and note”'),
    ]);
    await answerDialogs(true);
    // The person is asked about the very action that is saved, or nothing is.
    expect(await app.ask('atom.saveAnyway', { ...saved, name: 'Another name' })).toMatchObject({
      error: { code: 'atom/asks-first' },
    });
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(await app.ask('atom.saveAnyway', { ...saved, name: 'Letters' })).toMatchObject({ ok: true });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ steps: [{ do: 'prompt' }, { do: 'open-link' }] });
  });

  it('is asked about in main’s own dialog where a text of others names the link; a file once, until that is taken back', async () => {
    const text = 'Read https://example.org/a?x=1 today.';
    const next = 'And https://example.org/b tomorrow.';
    await openNote(`${text}\n${next}\n`);
    await select(text, 'ctrl+Home', 'shift+End');
    const notes = join(app.profile, 'notes', 'visited.md');
    const runIt = () => runAction('visit and', /^Visit and note/);
    await answerDialogs(false);
    await runIt();
    await waitFor('it says so', async () => /Step 1 was not agreed to/.test(await steps.text()));
    shot('not-agreed');
    expect(existsSync(notes)).toBe(false);
    expect(await dialogs()).toEqual([
      { message: 'Let “Visit and note” add to the file visited.md?', detail: expect.stringContaining(text) as string },
    ]);
    await answerDialogs(true);
    display.press('Escape', 'Escape');
    await steps.untilGone();
    await select(next, 'ctrl+Home', 'Down', 'shift+End');
    await runIt();
    await waitFor('it is added', () => existsSync(notes) && readFileSync(notes, 'utf8') === `${next}\n`);
    await waitFor('the link is asked about', async () => (await dialogs()).length === 2);
    expect((await dialogs())[1]).toEqual({
      ...{ message: 'Open example.org in the browser?', detail: 'https://example.org/b' },
    });
    await app.ask('window.open', { page: 'settings', conversationId: null });
    const page = await waitFor('the main window', () =>
      app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    await page.getByRole('button', { name: 'Privacy' }).click();
    const takeBack = page.getByRole('button', { name: 'Take back: Visit and note adds to visited.md' });
    await takeBack.waitFor();
    await takeBack.scrollIntoViewIfNeeded();
    shot('grants');
    await takeBack.click();
    await takeBack.waitFor({ state: 'detached' });
    expect(JSON.parse(readFileSync(join(app.profile, 'grants.json'), 'utf8'))).toEqual({ grants: 1, list: [] });
    await page.close();
  });

  it('is told by a notification once the person agreed, as text and no markup, and said where the system shows none', async () => {
    const lines = ['none is shown', '<b>first</b> &lt;i&gt; & last', 'third'];
    await openNote(`${lines.join('\n')}\n`);
    const choose = (at: number) =>
      select(lines[at] ?? '', 'ctrl+Home', ...Array.from({ length: at }, () => 'Down'), 'shift+End');
    await choose(0);
    const run = () => runAction('tell li', /^Tell lines/);
    const away = async () => {
      display.press('Escape', 'Escape');
      await steps.untilGone();
    };
    await answerDialogs(true);
    await run();
    await waitFor('it says so', async () => /this system shows none/.test(await steps.text()));
    shot('none-shown');
    await away();
    const service = await NotificationService.start(display.env['DBUS_SESSION_BUS_ADDRESS'] ?? '');
    try {
      const told = { title: 'Tell lines', body: '‹b›first‹/b› ＆lt;i＆gt; & last' };
      await choose(1);
      await run();
      await waitFor('it is told', () => service.told.length === 1);
      expect(service.told).toEqual([told]);
      await waitFor('the answer is there', async () => /first.*& last/.test(await steps.text()));
      shot('told');
      await away();
      await choose(2);
      await run();
      await waitFor('it is told again', () => service.told.length === 2);
      expect(service.closed).toEqual([1]);
    } finally {
      service.end();
    }
    // It was asked about once: the first time, when nothing could be shown.
    expect(await dialogs()).toEqual([
      { message: 'Let “Tell lines” show notifications?', detail: expect.stringContaining('none is shown') as string },
    ]);
    expect(JSON.parse(readFileSync(join(app.profile, 'grants.json'), 'utf8')).list).toMatchObject([{ file: null }]);
  });
});
