import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import { checkout, requireModel, smallModel } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { answerLimitMs, waitFor } from '../support/processes.ts';
import { SightModelServer } from '../support/sight-models.ts';

const server = await SightModelServer.start();
const models = mkdtempSync(join(tmpdir(), 'beckon-sight-'));
const picture = join(checkout, 'tests', 'corpus', 'pictures', 'accuracy', 'notice-en-light-1x.png');

describeOnDesktop(
  'a picture on the clipboard',
  {
    models: [smallModel],
    app: { models, env: { HF_ENDPOINT: server.origin } },
    stage: async (_, ends) => {
      symlinkSync(requireModel(smallModel), join(models, `${smallModel}.gguf`));
      ends.defer(() => rmSync(models, { recursive: true, force: true }));
      ends.defer(() => server.stop());
    },
  },
  ({ display, app, keep }) => {
    const words = () => app.overlay.locator('.chip.file').innerText();
    // Beside other work the reader, which gives way to all of it, takes many times longer; nothing was promised of the time.
    const says = (text: RegExp) => waitFor(`the chip says ${text}`, async () => text.test(await words()), 180_000);
    const step = () => app.overlay.click('.chip-step');

    it('is pasted, offers to get the model that reads it, is read once that is there, and is asked about', async () => {
      keep(display.start('xclip', ['-quiet', '-selection', 'clipboard', '-t', 'image/png', '-i', picture]));
      await waitFor('the picture is on the clipboard', () => display.targets('clipboard').includes('image/png'));
      display.press('ctrl+shift+space');
      await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
      display.press('ctrl+v');
      await says(/Pasted picture\s*cannot be read yet\s*Get it \(31 MB\)/);

      await app.overlay.fill('.ask-input', 'When will the water be off?');
      await app.overlay.press('.ask-input', 'Enter');
      await waitFor('it says why it cannot be asked', async () =>
        /model that reads pictures/.test(await app.overlay.locator('.box').innerText()),
      );

      await step();
      await says(/of 31 MB.*left\s*Cancel/s);
      await step();
      await says(/Get it \(31 MB\)/);
      await step();
      await says(/Cancel/);
      server.goOn();
      await says(/Pasted picture\s*10 lines · \d+ words/);

      await app.overlay.fill('.ask-input', 'On which date will the water be off?');
      await app.overlay.press('.ask-input', 'Enter');
      await waitFor('the answer', async () => (await app.overlay.locator('.receipt').count()) > 0, answerLimitMs);
      const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
      const { messages } = (await app.ask('conversation.get', { conversationId: chat?.id })).value as Conversation;
      // A small model names the day of the week, the date, or both; all of it stands in the picture alone.
      expect(messages.at(-1)?.text).toMatch(/14(th)? (of )?May|May 14|Thursday/);
    }, 600_000);
  },
);
