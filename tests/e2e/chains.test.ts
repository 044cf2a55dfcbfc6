import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { checkout } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

/** A folder in which no model lies. */
const noModels = join(checkout, 'tests', 'corpus', 'markdown');

/** One that a person wrote into the folder of their actions. */
const own = {
  ...{ atom: 2, id: 'figures', name: { en: 'Figures by size', 'zh-CN': '数字按大小' } },
  ...{ input: 'selection', output: 'replace' },
  steps: [
    { do: 'extract', what: 'numbers' },
    { do: 'sort', by: 'number', order: 'down' },
    { do: 'join', with: ', ' },
  ],
};

const options = {
  display: { accessibility: true },
  app: {
    models: noModels,
    settings: { offline: true, modelId: null },
    fill: (profile: string) => {
      mkdirSync(join(profile, 'atoms'), { recursive: true, mode: 0o700 });
      writeFileSync(join(profile, 'atoms', 'figures.json'), JSON.stringify(own));
    },
  },
};

describeOnDesktop('an action without a model', options, ({ display, app, steps, openNote, select }) => {
  async function use(typed: string, name: RegExp): Promise<void> {
    await steps.call();
    await app.overlay.waitForSelector('.chip.on');
    display.type(typed);
    await waitFor(`${name} is first`, async () => name.test(await app.overlay.locator('.row.at').innerText()));
    display.press('Return');
  }

  async function expectSaved(file: string, text: string): Promise<void> {
    await waitFor('the application has the keyboard', () => /note\.txt/.test(display.focusedTitle()));
    await waitFor('it is in the file', () => {
      display.press('ctrl+s');
      return readFileSync(file, 'utf8') === text;
    });
  }

  it('turns cells with tabs into a table, replaces them, and gives them back', async () => {
    const cells = 'Line\tHours\nNorth\t14';
    const { file } = await openNote(`${cells}\nAfter.\n`);
    await select(cells, 'ctrl+Home', 'shift+Down', 'shift+End');
    await use('table as mark', /^Table as Markdown/);
    await waitFor('the answer is there', async () => /North/.test(await steps.lastAnswer()));
    display.press('Return');
    await waitFor('the overlay is gone', () => !display.visibleTitles().includes('Beckon'));
    await expectSaved(file, '| Line | Hours |\n| --- | --- |\n| North | 14 |\nAfter.\n');
    display.press('ctrl+z', 'ctrl+z', 'ctrl+z');
    await expectSaved(file, `${cells}\nAfter.\n`);
  });

  it('of one’s own is done step by step, and says so where a step finds nothing', async () => {
    const text = 'North 1,200 and south 90, east 41200.';
    const { file } = await openNote(`${text}\nNo figure here.\n`);
    await select(text, 'ctrl+Home', 'shift+End');
    await use('figures by', /^Figures by size/);
    await waitFor('the answer is there', async () => (await steps.lastAnswer()) === '41200, 1,200, 90');
    display.press('Return');
    await waitFor('the overlay is gone', () => !display.visibleTitles().includes('Beckon'));
    await expectSaved(file, '41200, 1,200, 90\nNo figure here.\n');
    await select('No figure here.', 'ctrl+Home', 'Down', 'shift+End');
    await use('figures by', /^Figures by size/);
    await waitFor('it says so', async () => /Nothing of that kind/.test(await steps.text()));
  });
});
