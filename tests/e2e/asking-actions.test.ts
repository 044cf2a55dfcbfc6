import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
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

/** One step of each of these kinds. */
const every = {
  ...{ atom: 2, id: 'every', name: both('Each kind', '每一种'), input: 'selection', output: 'show' },
  steps: [
    { do: 'ask', fields },
    { do: 'calculate', how: 'take-percent', by: '{rate}' },
    { do: 'move-date', by: '{days}', unit: 'workdays' },
    { do: 'redact', as: 'names' },
    { do: 'call', action: 'loud' },
    { do: 'translate', to: 'de' },
    { do: 'find-dates' },
    { do: 'between-dates', unit: 'days' },
    { do: 'total', what: 'sum', decimals: '2' },
  ],
};

const options = {
  display: { accessibility: true },
  app: {
    models: noModels,
    settings: { offline: true, modelId: null, actionHotkeys: { offer: 'Control+Alt+O' } },
    fill: (profile: string) => {
      mkdirSync(join(profile, 'atoms'), { recursive: true, mode: 0o700 });
      for (const one of [loud, offer, every])
        writeFileSync(join(profile, 'atoms', `${one.id}.json`), JSON.stringify(one));
    },
  },
};

describeOnDesktop(
  'an action that asks the person',
  options,
  ({ display, app, steps, openNote, select, startAnew, after }) => {
    const text = 'Total 1,200 until 2029-11-29';
    const answer = (who: string) => `TOTAL 1,080 UNTIL 2029-12-06 (${who}, transfer, 2029-03-15)`;

    async function shot(name: string, page: Page = app.overlay): Promise<void> {
      if (pictures === undefined) return;
      mkdirSync(pictures, { recursive: true });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      if (page === app.overlay) display.screenshot(join(pictures, `${name}.png`));
      else await page.screenshot({ path: join(pictures, `${name}.png`) });
    }

    async function mainWindow(page: 'chats' | 'actions', conversationId: string | null = null): Promise<Page> {
      await app.ask('window.open', { page, conversationId });
      return waitFor('the main window', () => app.electron.windows().find((one) => one.url().includes('window.html')));
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
      await shot('form');
      await write('who', 'Lin ');
      // As an input method hands it over: keys that the keyboard does not have are lost on a busy display.
      await app.overlay.keyboard.insertText('林伟');
      await waitFor('Chinese is there, too', async () => (await written('who')) === 'Lin 林伟');
      display.press('Tab');
      await inField('rate');
      await write('rate', 'ten');
      display.press('Tab');
      await inField('days');
      await fillTheRest();
      display.press('Return');
      await inField('rate');
      await waitFor('it is said', async () => /“Discount in percent” takes a number/.test(await steps.text()));
      await shot('refused');
      expect(await written('who')).toBe('Lin 林伟');
      expect(await written('from')).toBe('2029-03-15');
      display.press('ctrl+a');
      await write('rate', '10');
      display.press('Return');
      await waitFor('the answer is there', async () => (await steps.lastAnswer()) === answer('Lin 林伟'));
      await shot('answered');
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
      await shot('stopped');
      expect(await app.overlay.locator('.answer-form').count()).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe(`${text}\nAfter.\n`);
    });

    it('asks again in a page that was loaded anew, and in the main window, where it is filled in', async () => {
      // The way to the page ends with its process.
      startAnew();
      await begin();
      await app.overlay.reload();
      await waitFor('it is the first to go on with', async () =>
        /^Make an offer.*continue/s.test(await app.overlay.locator('.row.at').innerText()),
      );
      display.press('Return');
      await inField('who');
      const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
      const page = await mainWindow('chats', chat?.id ?? null);
      await page.waitForSelector('.answer-form [data-field="who"]');
      await shot('window', page);
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
      await waitFor('it is said', async () => /Cut off before the first word/.test(await steps.text()));
    });

    it.each([
      ['light', 'en', 100],
      ['dark', 'zh-CN', 100],
      ['light', 'zh-CN', 200],
    ] as const)('has no fault that axe can find, %s, %s, %i per cent', async (theme, language, textPercent) => {
      await app.ask('settings.set', { theme, language, textPercent });
      after(() => app.ask('settings.set', { theme: 'system', language: 'en', textPercent: 100 }));
      await begin();
      const drawnSo = (page: Page) =>
        waitFor('the page has its colours and its language', () =>
          page.evaluate(
            (wanted) =>
              document.documentElement.dataset['theme'] === wanted.theme &&
              document.documentElement.lang === wanted.language,
            { theme, language },
          ),
        );
      await drawnSo(app.overlay);
      const name = `${theme}-${language}-${textPercent}`;
      await shot(`form-${name}`);
      const found = [...(await findViolations(app.overlay))];
      const page = await mainWindow('actions');
      await drawnSo(page);
      await page.locator('.action-item', { hasText: every.name[language] }).click();
      await page
        .locator('.step')
        .nth(every.steps.length - 1)
        .waitFor();
      found.push(...(await findViolations(page)));
      for (const at of every.steps.keys()) {
        await page.locator('.step').nth(at).scrollIntoViewIfNeeded();
        if (at % 3 === 0) await shot(`editor-${name}-${at}`, page);
      }
      expect(found).toEqual([]);
    });
  },
);
