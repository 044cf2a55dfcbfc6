import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findViolations } from '../support/accessibility.ts';
import { checkout } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

/** A folder in which no model lies. */
const noModels = join(checkout, 'tests', 'corpus', 'markdown');
/** Where pictures go; left out, none is taken. */
const pictures = process.env['BECKON_PICTURES'];

const both = (en: string, zh: string) => ({ en, 'zh-CN': zh });

const loud = {
  ...{ atom: 2, id: 'loud', name: both('Loud', '大声'), input: 'selection', output: 'show' },
  steps: [{ do: 'case', to: 'upper' }],
};

const fields = [
  { name: 'who', label: both('Who pays', '谁付款'), type: 'text' },
  { name: 'rate', label: both('Discount in percent', '折扣（%）'), type: 'number', usual: '10' },
  { name: 'days', label: both('Days later', '推迟几天'), type: 'number', usual: '7' },
  { name: 'from', label: both('Valid from', '生效日期'), type: 'date' },
  { name: 'how', label: both('How it is paid', '付款方式'), type: 'choice', options: ['cash', 'card', 'transfer'] },
];

const offer = {
  ...{ atom: 2, id: 'offer', name: both('Make an offer', '做报价'), input: 'selection', output: 'replace' },
  steps: [
    { do: 'ask', fields },
    { do: 'calculate', how: 'take-percent', by: '{rate}' },
    { do: 'move-date', by: '{days}', unit: 'days' },
    { do: 'call', action: 'loud' },
    { do: 'template', text: both('{text} ({who}, {how}, {from})', '{text} ({who}, {how}, {from})') },
  ],
};

const options = {
  display: { accessibility: true },
  app: {
    models: noModels,
    settings: { offline: true, modelId: null, actionHotkeys: { offer: 'Control+Alt+O' } },
    fill: (profile: string) => {
      mkdirSync(join(profile, 'atoms'), { recursive: true, mode: 0o700 });
      for (const one of [loud, offer]) writeFileSync(join(profile, 'atoms', `${one.id}.json`), JSON.stringify(one));
    },
  },
};

describeOnDesktop('an action that asks the person', options, ({ display, app, steps, openNote, select, startAnew }) => {
  const text = 'Total 1,200 until 2029-11-29';
  const answer = (who: string) => `TOTAL 1,080 UNTIL 2029-12-06 (${who}, transfer, 2029-03-15)`;

  function shot(name: string): void {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    display.screenshot(join(pictures, `${name}.png`));
  }

  /** Selects the first line in an editor and presses the action's key; answers the file. */
  async function begin(): Promise<string> {
    const { file } = await openNote(`${text}\nAfter.\n`);
    await select(text, 'ctrl+Home', 'shift+End');
    display.press('ctrl+alt+o');
    await inField('who');
    return file;
  }

  async function inField(name: string): Promise<void> {
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    await waitFor(`the keyboard is in ${name}`, () =>
      app.overlay.evaluate((wanted) => (document.activeElement as HTMLElement)?.dataset['field'] === wanted, name),
    );
  }

  const written = (name: string) => app.overlay.inputValue(`[data-field="${name}"]`);

  async function write(name: string, typed: string): Promise<void> {
    display.type(typed);
    await waitFor(`${typed} is in ${name}`, async () => (await written(name)) === typed);
  }

  /** Fills in what is behind the second field, from the third on, by keys alone. */
  async function fillTheRest(): Promise<void> {
    display.press('Tab');
    await inField('from');
    display.type('03152029');
    await waitFor('the date is there', async () => (await written('from')) === '2029-03-15');
    for (let tries = 0; tries < 4; tries += 1) {
      display.press('Tab');
      if (await app.overlay.evaluate(() => (document.activeElement as HTMLInputElement).type === 'radio')) break;
    }
    await inField('how');
    display.press('Down', 'Down');
    await waitFor('the last is chosen', () => app.overlay.locator('[data-field="how"]').nth(2).isChecked());
  }

  async function expectSaved(file: string, wanted: string): Promise<void> {
    await waitFor('the application has the keyboard', () => /note\.txt/.test(display.focusedTitle()));
    await waitFor('it is in the file', () => {
      display.press('ctrl+s');
      return readFileSync(file, 'utf8') === wanted;
    });
  }

  it('is filled in by keys alone, says what is no number and loses nothing, is put back and undone', async () => {
    const file = await begin();
    shot('form');
    await write('who', 'Lin 林伟');
    display.press('Tab');
    await inField('rate');
    await write('rate', 'ten');
    display.press('Tab');
    await inField('days');
    await fillTheRest();
    display.press('Return');
    await inField('rate');
    await waitFor('it is said', async () => /“Discount in percent” takes a number/.test(await steps.text()));
    shot('refused');
    expect(await written('who')).toBe('Lin 林伟');
    expect(await written('from')).toBe('2029-03-15');
    display.press('ctrl+a');
    await write('rate', '10');
    display.press('Return');
    await waitFor('the answer is there', async () => (await steps.lastAnswer()) === answer('Lin 林伟'));
    shot('answered');
    await waitFor('the form is gone', async () => (await app.overlay.locator('.answer-form').count()) === 0);
    await steps.putBack();
    await expectSaved(file, `${answer('Lin 林伟')}\nAfter.\n`);
    display.press('ctrl+z', 'ctrl+z', 'ctrl+z');
    await expectSaved(file, `${text}\nAfter.\n`);
  });

  it('is stopped by Escape and says so, and the text is as it was', async () => {
    const file = await begin();
    display.press('Escape');
    await waitFor('it is said', async () => /Stopped/i.test(await steps.text()));
    shot('stopped');
    expect(await app.overlay.locator('.answer-form').count()).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(`${text}\nAfter.\n`);
  });

  it('asks again in a page that was loaded anew, and in the main window, where it is filled in', async () => {
    // The way to the page ends with its process.
    startAnew();
    await begin();
    await app.overlay.reload();
    await inField('who');
    const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
    await app.ask('window.open', { page: 'chats', conversationId: chat?.id ?? null });
    const page = await waitFor('the main window', () =>
      app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    await page.waitForSelector('.answer-form [data-field="who"]');
    shot('window');
    expect(await findViolations(page)).toEqual([]);
    await waitFor('the first field has the keyboard', () =>
      page.evaluate(() => (document.activeElement as HTMLElement)?.dataset['field'] === 'who'),
    );
    await page.fill('[data-field="who"]', 'Omar');
    await page.fill('[data-field="from"]', '2029-03-15');
    await page.check('[data-field="how"] >> nth=2');
    await page.press('[data-field="how"] >> nth=2', 'Enter');
    await waitFor('the answer is there', async () => (await steps.lastAnswer()) === answer('Omar'));
    await waitFor('the form is gone there', async () => (await page.locator('.answer-form').count()) === 0);
  });

  it('ends in a sentence where core dies while its form waits', async () => {
    startAnew();
    await begin();
    process.kill(app.corePid() ?? 0, 'SIGKILL');
    await waitFor('the form is gone', async () => (await app.overlay.locator('.answer-form').count()) === 0);
    await waitFor('it is said', async () => /broke off|ended|stopped|lost/i.test(await steps.text()));
    shot('core-died');
  });

  it.each(['light', 'dark'] as const)('has no fault that axe can find, %s', async (theme) => {
    await app.ask('settings.set', { theme });
    await begin();
    await waitFor('the page has its colours', () =>
      app.overlay.evaluate((wanted) => document.documentElement.dataset['theme'] === wanted, theme),
    );
    shot(`form-${theme}`);
    expect(await findViolations(app.overlay)).toEqual([]);
  });
});
