import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Conversation, Message } from '../../contract/conversation.ts';
import type { BeckonApp } from './beckon-app.ts';
import type { TestDisplay } from './display.ts';
import { type Look, takeInAllLooks, wear } from './file-looks.ts';
import { waitFor } from './processes.ts';

/** Beside other work an engine takes many times longer; nothing was promised of the time. */
const answerMs = 420_000;

/** What a person does with files in the box and in the window, from the question to the file opened at its place. */
export class FileJourney {
  readonly #display: TestDisplay;
  readonly #app: BeckonApp;
  readonly #look: Look;
  #page: Page | null = null;

  private constructor(display: TestDisplay, app: BeckonApp, look: Look) {
    this.#display = display;
    this.#app = app;
    this.#look = look;
  }

  /** Begins one in that language and theme. */
  static async begin(display: TestDisplay, app: BeckonApp, look: Look): Promise<FileJourney> {
    await wear(app, app.overlay, look);
    return new FileJourney(display, app, look);
  }

  /** For whoever wants to look. */
  readonly look = (name: string): void => {
    const shots = process.env['BECKON_SHOTS'];
    if (shots !== undefined) this.#display.screenshot(join(shots, `${name}.png`));
  };

  /** Waits until so many files were read to their end. */
  async untilRead(count: number): Promise<void> {
    const ready = this.#app.overlay.locator('.chip.file[data-status=ready]');
    await waitFor(`${count} read`, async () => (await ready.count()) === count, answerMs);
  }

  async call(): Promise<void> {
    this.#display.press('ctrl+shift+space');
    await this.untilCalled();
  }

  async untilCalled(): Promise<void> {
    await waitFor('the overlay has the keyboard', () => this.#display.focusedTitle() === 'Beckon', 60_000);
  }

  async ask(question: string): Promise<Message> {
    const { overlay } = this.#app;
    const before = await overlay.locator('.receipt').count();
    await overlay.fill('.ask-input', question);
    await overlay.press('.ask-input', 'Enter');
    await waitFor('the answer', async () => (await overlay.locator('.receipt').count()) > before, answerMs);
    const [chat] = (await this.#app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
    const { messages } = (await this.#app.ask('conversation.get', { conversationId: chat?.id })).value as Conversation;
    return messages.at(-1) as Message;
  }

  /** Shows, in the main window, the passage of the answer's first sentence that has one; tells it and its title line. */
  async showPassage(): Promise<{ readonly passage: string; readonly head: string }> {
    await this.#app.ask('window.open', { page: 'chats', conversationId: null });
    const page = await waitFor('the main window', () =>
      this.#app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    this.#page = page;
    await page.locator('.chat-item').first().click();
    await page.locator('.grounding summary').last().click();
    await page.locator('.cited').first().focus();
    await page.keyboard.press('Enter');
    const mark = page.locator('.passage-text mark');
    await waitFor('the passage is marked', async () => (await mark.count()) === 1);
    return { passage: await mark.innerText(), head: await page.locator('.passage-title').innerText() };
  }

  /** Opens the file of the passage that is shown, and waits until that viewer was told its place. */
  async openAtPlace(viewer: RegExp): Promise<void> {
    const page = this.#page;
    if (page === null) throw new Error('no passage is shown');
    const pane = page.locator('.passage-pane');
    await pane.focus();
    await page.keyboard.press('Enter');
    await waitFor(`opened in ${viewer}`, async () => viewer.test(await pane.innerText()), 60_000);
    const [head, said] = [page.locator('.passage-title'), page.locator('.passage-pane .note')];
    const [above, note] = [await head.boundingBox(), await said.boundingBox()];
    if (above === null || note === null || note.y < above.y + above.height)
      throw new Error('what is said of the opening is scrolled out of sight');
  }

  /** The box with the answer in every look, for whoever wants to look. */
  lookAtBox(name: string): Promise<void> {
    return this.#lookAt(this.#app.overlay, `${name}-box`);
  }

  /** The chat in the main window in every look, its passage shown. */
  async lookAtWindow(name: string): Promise<void> {
    if (this.#page !== null) await this.#lookAt(this.#page, `${name}-window`);
  }

  async #lookAt(page: Page, name: string): Promise<void> {
    const shots = process.env['BECKON_SHOTS'];
    if (shots !== undefined) await takeInAllLooks(this.#app, page, join(shots, name), this.#look);
  }
}

/** Makes an application the one for a type of file, by the person's own choice. */
export function chooseViewer(display: TestDisplay, type: string, entry: string): void {
  const config = join(display.folder, 'home', '.config');
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'mimeapps.list'), `[Default Applications]\n${type}=${entry}\n`);
}

/** The share of the screen whose colour is near to this, of 100. */
export function shareOf(display: TestDisplay, colour: readonly [number, number, number]): number {
  const raw = execFileSync('import', ['-window', 'root', '-depth', '8', 'rgb:-'], { env: display.env, maxBuffer: 1e8 });
  let count = 0;
  for (let at = 0; at + 2 < raw.length; at += 3)
    if (colour.every((part, index) => Math.abs(part - (raw[at + index] ?? 0)) < 40)) count += 1;
  return (count / (raw.length / 3)) * 100;
}
