import { expect, it } from 'vitest';
import { tinyModel } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';
import { expectWithinMemory, keeperDays } from '../support/whole-texts.ts';

const options = { display: { accessibility: true }, app: {}, models: [tinyModel] };

describeOnDesktop('selected text', options, ({ display, app, steps, openNote, select }) => {
  it('of 6,000 words is summarised with all of it read, within the memory that the model list states', async () => {
    const text = keeperDays(500);
    await app.ask('model.choose', { modelId: tinyModel });
    await openNote(text);
    await select(text, 'ctrl+a');
    await steps.call();
    await app.overlay.waitForSelector('.chip.on');
    display.type('summ');
    await waitFor('Summarise is first', async () =>
      /^Summarise/.test(await app.overlay.locator('.row.at').innerText()),
    );
    display.press('Return');
    const { parts, read } = await expectWithinMemory(app, tinyModel, 280_000);
    expect(parts).toBeGreaterThan(3);
    expect(read).toBe(parts);
    expect((await steps.lastAnswer()).length).toBeGreaterThan(20);
  });
});
