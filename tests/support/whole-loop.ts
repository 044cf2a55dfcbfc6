import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import type { AnswerReceipt } from '../../contract/receipt-log.ts';
import { BeckonApp } from './beckon-app.ts';
import type { TestDisplay } from './display.ts';
import { type Passage, type Place, places } from './journey-places.ts';
import { OverlaySteps } from './overlay-steps.ts';
import type { PageServer } from './page-server.ts';
import { endTree, sleep, waitFor } from './processes.ts';

const text = 'The ferry ends its night service on 12 November. Passengers fell from 41,200 to 28,600 last year.';
const passage: Passage = {
  ...{ before: 'The first line.\nIt says: ', selected: text },
  after: ' That is all.\nThe last line.',
};
/** How capitals are written counts in no check: that they are is looked at in the answers. */
const example = { input: text, has: ['FERRY', 'NOVEMBER'], not: ['Beckon'] };

/** Where pictures of each step go; left out, none is taken. */
const pictures = process.env['BECKON_PICTURES'];

/** A chain on its way from the person who makes it to one who is given it, and into that person's documents. */
export class WholeLoop {
  readonly #display: TestDisplay;
  readonly #pages: PageServer;
  /** What it writes, apart from what another one on the same display does: a file that was there would pass for its own. */
  readonly #folder: string;
  #taken = 0;

  constructor(display: TestDisplay, pages: PageServer) {
    this.#display = display;
    this.#pages = pages;
    this.#folder = mkdtempSync(join(display.folder, 'loop-'));
  }

  /** Makes it in the editor by the keyboard, gives it an example as text, and exports it. Answers the file. */
  async make(modelId: string): Promise<string> {
    await using ends = new AsyncDisposableStack();
    const app = ends.adopt(await this.#launch(modelId), (one) => one.close());
    const file = join(this.#folder, 'loud.json');
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showMessageBox = (async () => ({ response: 1, checkboxChecked: false })) as never;
      dialog.showSaveDialog = (async () => ({ canceled: false, filePath: path })) as never;
    }, file);
    const page = await this.#build(app);
    await page.locator('label.segment', { hasText: /^Text$/ }).click();
    const area = page.locator('.source-text');
    const doc = JSON.parse(await area.inputValue()) as Record<string, unknown>;
    await area.fill(JSON.stringify({ ...doc, examples: [example] }, null, 2));
    await this.#shot('as-text');
    await page.keyboard.press('Control+s');
    await waitFor('it is saved', () => readAtom(app)?.['examples'] !== undefined);
    await app.ask('window.open', { page: 'settings', conversationId: null });
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('button', { name: /^Export….*Loud/ }).click();
    await page.getByRole('dialog').locator('input').fill('Lin Wei');
    await this.#shot('export');
    await page.keyboard.press('Enter');
    await waitFor('it is exported', () => existsSync(file) && readFileSync(file, 'utf8').includes('"signature"'));
    return file;
  }

  async #build(app: BeckonApp): Promise<Page> {
    await app.ask('window.open', { page: 'actions', conversationId: null });
    const page = await mainWindow(app);
    await page.waitForSelector('.page-actions:not([hidden]) .action-item');
    await waitFor('it has the keyboard', () => /Beckon/.test(this.#display.focusedTitle()));
    this.#display.press('ctrl+shift+l');
    await waitFor('its name is asked for', () =>
      page.evaluate(() => document.activeElement?.closest('.name-field') !== null),
    );
    this.#display.type('Loud');
    for (const [at, name] of ['clean', 'ask a model', 'capitals'].entries()) {
      this.#display.press('ctrl+Return');
      await page.waitForSelector('dialog[open] .palette-input');
      this.#display.type(name);
      await waitFor('it is found', async () => (await page.locator('.palette-row').count()) < 10);
      this.#display.press('Return');
      await waitFor('the step has the keyboard', () =>
        page.evaluate(
          (index) => document.activeElement?.closest('.step') === document.querySelectorAll('.step')[index],
          at,
        ),
      );
      if (name === 'ask a model') this.#display.type('Repeat the text exactly, and nothing else.');
    }
    await this.#shot('built');
    return page;
  }

  /** Looks at the file on another profile, tries its examples there, adds it, and uses it in each place. */
  async receive(file: string, modelId: string, names: readonly string[]): Promise<void> {
    await using ends = new AsyncDisposableStack();
    const app = ends.adopt(await this.#launch(modelId), (one) => one.close());
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [path] })) as never;
    }, file);
    await app.ask('window.open', { page: 'settings', conversationId: null });
    const page = await mainWindow(app);
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('button', { name: 'Choose files…' }).click();
    const told = page.getByRole('dialog', { name: 'Loud' });
    await told.waitFor();
    await told.getByRole('button', { name: /^Try its examples/ }).click();
    await told.locator('.proof-line').waitFor({ timeout: 300_000 });
    await this.#shot('proved');
    expect(await told.innerText()).toMatch(/Signed by Lin Wei[\s\S]*\b1 of 1 on/);
    await told.getByRole('button', { name: 'Add it' }).click();
    await page.locator('.toast:visible', { hasText: 'Loud is added.' }).waitFor();
    await page.close();
    for (const name of names) await this.#use(app, name, modelId);
  }

  async #use(app: BeckonApp, name: string, modelId: string): Promise<void> {
    const place = places.find((one) => one.name === name);
    if (place === undefined) throw new Error(`no place ${name}`);
    const steps = new OverlaySteps(this.#display, app);
    await using ends = new AsyncDisposableStack();
    const there = await this.#open(place, ends);
    await this.#select(place);
    await steps.call();
    await app.overlay.waitForSelector('.chip.on');
    const answer = await steps.use('loud', /^Loud/);
    await this.#shot(`answer-${name}`);
    expect(answer).toMatch(/\p{Lu}{3}/u);
    expect(answer).toBe(answer.toUpperCase());
    await expectReceipt(app, modelId);
    await steps.putBack();
    const holds = (wanted: string) =>
      waitFor(`${name} holds it`, async () => squeezed(await there().catch(String)) === squeezed(wanted), 20_000);
    await holds(`${passage.before}${answer}${passage.after}`);
    await this.#shot(`put-back-${name}`);
    await steps.call();
    this.#display.press('ctrl+n', 'ctrl+z');
    await steps.untilGone();
    await holds(`${passage.before}${passage.selected}${passage.after}`);
    await this.#shot(`undone-${name}`);
  }

  async #open(place: Place, ends: AsyncDisposableStack): Promise<() => Promise<string>> {
    const folder = join(this.#folder, place.name.replaceAll(/\W+/g, '-'));
    mkdirSync(folder);
    const start = (command: string, args: readonly string[]) =>
      void ends.adopt(this.#display.start(command, args), (child) => endTree(child));
    return (await place.open({ display: this.#display, pages: this.#pages, folder, start }, passage)).read;
  }

  async #select(place: Place): Promise<void> {
    this.#display.press(...place.byKeyboard(passage));
    await waitFor('it is selected', () => squeezed(this.#display.selection('primary')) === squeezed(text));
  }

  async #launch(modelId: string): Promise<BeckonApp> {
    const app = await BeckonApp.launch({ display: this.#display, settings: { modelId, offline: true } });
    await app.waitForCore();
    await app.waitForDesktop();
    return app;
  }

  async #shot(name: string): Promise<void> {
    this.#taken += 1;
    if (pictures === undefined) return;
    const folder = join(pictures, basename(this.#folder));
    mkdirSync(folder, { recursive: true });
    await sleep(300);
    const file = `${String(this.#taken).padStart(2, '0')}-${name.replaceAll(/\W+/g, '-')}.png`;
    this.#display.screenshot(join(folder, file));
  }
}

async function mainWindow(app: BeckonApp): Promise<Page> {
  return waitFor('the main window', () => app.electron.windows().find((one) => one.url().includes('window.html')));
}

function readAtom(app: BeckonApp): Readonly<Record<string, unknown>> | null {
  if (!existsSync(join(app.profile, 'atoms', 'loud.json'))) return null;
  return JSON.parse(readFileSync(join(app.profile, 'atoms', 'loud.json'), 'utf8')) as Record<string, unknown>;
}

/** One call, to the model that was chosen here, and nothing that left this machine. */
async function expectReceipt(app: BeckonApp, modelId: string): Promise<void> {
  const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
  const { messages } = (await app.ask('conversation.get', { conversationId: chat?.id })).value as Conversation;
  const answer = messages.at(-1);
  expect(answer?.receipt).toMatchObject({
    entries: [{ where: 'device', host: null, modelId }],
    basis: { type: 'steps', done: 3, total: 3 },
  });
  const { calls } = (await app.ask('receipts.ofAnswer', { answerId: answer?.id })).value as AnswerReceipt;
  expect(calls).toMatchObject([{ place: 'device', modelId, action: 'loud', state: 'arrived' }]);
}

function squeezed(words: string): string {
  return words.replaceAll(/\s/g, '');
}
