import { readFileSync } from 'node:fs';
import { BeckonApp } from './beckon-app.ts';
import { TestDisplay } from './display.ts';
import { sleep, waitFor } from './processes.ts';
import { Typist } from './typist.ts';

export const letters = 'abcdefghij';

/** Ten letters typed from 10 ms after the hotkey on, over and over, with a terminal below that takes what is lost. */
export class TypingRounds {
  readonly #display: TestDisplay;
  readonly #app: BeckonApp;
  readonly #typist: Typist;
  readonly #below: string;

  private constructor(display: TestDisplay, app: BeckonApp, typist: Typist, below: string) {
    this.#display = display;
    this.#app = app;
    this.#typist = typist;
    this.#below = below;
  }

  static async start(windowManager: string): Promise<TypingRounds> {
    const display = await TestDisplay.start({ windowManager });
    const { typed } = await display.openTerminal();
    const app = await BeckonApp.launch({ display });
    await app.waitForCore();
    await waitFor('the process that holds the keys is there', () => app.processId('keys') !== undefined);
    const typist = await Typist.start(display.env['DISPLAY']);
    // Keys are passed on to it a moment later, and one that is pressed before that does nothing.
    const hasKeyboard = () => display.focusedTitle() === 'Beckon';
    await waitFor('the key calls the overlay', () => {
      display.press('ctrl+shift+space');
      return waitFor('it has the keyboard', hasKeyboard, 1500).catch(() => false);
    });
    display.press('Escape');
    await waitFor('it is gone', () => display.focusedTitle() === 'first-application');
    return new TypingRounds(display, app, typist, typed);
  }

  async stop(): Promise<void> {
    this.#typist.stop();
    await this.#app.close();
    await this.#display.stop();
  }

  /** What arrived in the overlay. */
  async round(number: number): Promise<string> {
    await this.#typist.callAndType(letters, { gapsMs: [10 + (number % 3) * 10, 10 + ((number * 7) % 21)] });
    await waitFor('the overlay has the keyboard', () => this.#display.focusedTitle() === 'Beckon');
    const value = () => this.#app.overlay.inputValue('.ask-input');
    await waitFor('all of it is there', async () => (await value()) === letters, 2000).catch(() => {});
    const arrived = await value();
    this.#display.press('ctrl+a', 'BackSpace', 'Escape');
    await waitFor('it is gone', () => this.#display.focusedTitle() === 'first-application');
    await sleep(60);
    return arrived;
  }

  /** What was typed into the terminal since this was asked last. */
  async typedBelow(): Promise<string> {
    // A terminal hands on whole lines.
    const before = readFileSync(this.#below, 'utf8').length;
    this.#display.press('Return');
    await waitFor('the line is there', () => readFileSync(this.#below, 'utf8').length > before);
    return readFileSync(this.#below, 'utf8').slice(before).trim();
  }
}
