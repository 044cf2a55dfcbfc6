import { it } from 'vitest';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { pasteOnce } from '../support/paste-rounds.ts';

const rounds = 100;

describeOnDesktop('the clipboard', { desktop: true }, ({ display, client, openPage }) => {
  it(`is as it was after each of ${rounds} pastes`, async () => {
    const page = await openPage('<textarea autofocus style="width:600px;height:300px"></textarea>');
    for (let round = 0; round < rounds; round += 1) await pasteOnce(display, page, client, round);
  });
});
