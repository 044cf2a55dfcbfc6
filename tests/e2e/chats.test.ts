import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Conversations } from '../../core/conversations/conversations.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { cliEntry, nodeExecutable } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { run, waitFor } from '../support/processes.ts';

const chats = 450;

/** Hundreds of chats in a file of which a page was lost. */
function writeDamagedChats(profile: string): void {
  const path = join(profile, 'beckon.db');
  const { database } = openDatabase(path);
  const conversations = new Conversations(database, () => {});
  database.exec('BEGIN');
  for (let chat = 0; chat < chats; chat += 1)
    conversations.ask(null, `第${chat}个问题 Question ${chat}: ${'tide '.repeat(60)}`, null);
  database.exec("UPDATE messages SET state = 'complete'; COMMIT");
  conversations.dispose();
  database.close();
  const bytes = readFileSync(path);
  const page = Math.floor(bytes.indexOf('tide tide') / 4096);
  writeFileSync(path, bytes.fill(0, (page + 3) * 4096, (page + 4) * 4096));
}

// A damage is told of once.
const options = { app: { fill: writeDamagedChats }, anew: true } as const;

describeOnDesktop('hundreds of chats in a file of which a page was lost', options, ({ display, app }) => {
  it('are told about in the terminal and over the overlay, in numbers, until the person has seen it', async () => {
    // A pipe has not seen it: each command tells it, beside what it was asked for.
    const beckon = (command: string) =>
      run('sh', ['-c', `'${nodeExecutable}' '${cliEntry}' ${command} 2>&1 || true`], {
        ...process.env,
        BECKON_PROFILE: app.profile,
      });
    // A chat of which a title alone is left is none that is here.
    const sentence = new RegExp(
      `part of the chat file was damaged\\. 4\\d\\d of ${chats} chats are here; messages known to be missing: \\d+`,
    );
    for (const command of ['history', 'history', 'doctor']) expect(beckon(command)).toMatch(sentence);
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    expect(await app.overlay.locator('.notice-strip').innerText()).toMatch(sentence);
    if (process.env['BECKON_SHOTS']) display.screenshot(join(process.env['BECKON_SHOTS'], 'notice.png'));
    display.press('ctrl+Down');
    await waitFor('the notice is gone', async () => (await app.overlay.locator('.notice-strip').count()) === 0);
    for (const command of ['history', 'doctor']) expect(beckon(command)).not.toMatch(sentence);
    expect(beckon('history')).toContain('第');
  });

  it('are all in the list of the window, by scrolling and by keys, and all found', async () => {
    await app.ask('window.open', { page: 'chats', conversationId: null });
    const page = await waitFor('the window', () =>
      app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    const items = page.locator('.chat-item');
    await waitFor('the first chats', async () => (await items.count()) > 0);
    expect(await items.count()).toBeLessThan(chats);
    await items.first().focus();
    await waitFor('the last of them', async () => {
      await page.keyboard.press('End');
      return (await items.count()) === chats;
    });
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('chat-item');
    if (process.env['BECKON_SHOTS']) display.screenshot(join(process.env['BECKON_SHOTS'], 'list.png'));
    await page.locator('.chat-search .field').fill('问题');
    await waitFor('a page of hits', async () => (await page.locator('.chat-item mark').count()) > 0);
    if (process.env['BECKON_SHOTS']) display.screenshot(join(process.env['BECKON_SHOTS'], 'hits.png'));
    await items.first().focus();
    await waitFor('more hits than lists used to hold', async () => {
      await page.keyboard.press('End');
      return (await items.count()) > 200;
    });
  });
});
