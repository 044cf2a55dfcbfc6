import { afterAll, beforeAll, describe, it } from 'vitest';
import { requireModel, smallModel, starterModel } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { PageServer } from '../support/page-server.ts';
import { WholeLoop } from '../support/whole-loop.ts';

describe('a chain from its maker into the documents of somebody else', () => {
  let display: TestDisplay;
  let pages: PageServer;

  beforeAll(async () => {
    for (const id of [smallModel, starterModel]) requireModel(id);
    display = await TestDisplay.start({ accessibility: true });
    pages = await PageServer.start();
  });

  afterAll(async () => {
    await pages?.stop();
    await display?.stop();
  });

  const loops = [
    { maker: smallModel, receiver: starterModel },
    { maker: starterModel, receiver: smallModel },
  ];
  it.each(loops)('made with $maker, proved and used with $receiver', async ({ maker, receiver }) => {
    const loop = new WholeLoop(display, pages);
    const file = await loop.make(maker);
    await loop.receive(file, receiver, ['LibreOffice Writer', 'Chromium, text area']);
  });
});
