import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { toRichText } from '../../core/put-back/rich-text.ts';
import { BeckonApp, checkout } from './beckon-app.ts';
import { TestDisplay } from './display.ts';
import { type Mouse, type Opened, type Passage, type Place, places } from './journey-places.ts';
import { OverlaySteps } from './overlay-steps.ts';
import { PageServer } from './page-server.ts';
import { expectClipboard, ownClipboard } from './paste-rounds.ts';
import { endTree, sleep, stays, waitFor } from './processes.ts';

/** A text of its own for each run: one that was asked about already does not go along by itself. */
const texts = {
  English: (day: number) =>
    `The ferry line ends its night service on ${day} November. Passenger numbers fell from 41,200 to 28,600 last year. Day crossings continue four times a week.`,
  Chinese: (day: number) =>
    `渡轮公司从十一月${day}日起停开夜班船。去年乘客从41200人减少到28600人。白天的班次保持每周四班。`,
};

export interface JourneyRun {
  readonly name: string;
  readonly place: Place;
  readonly by: 'keyboard' | 'mouse';
  readonly language: 'English' | 'Chinese';
}

export const allRuns: readonly JourneyRun[] = places.flatMap((place) =>
  (['keyboard', 'mouse'] as const).flatMap((by) =>
    (['English', 'Chinese'] as const).map((language) => ({ name: place.name, place, by, language })),
  ),
);

/** By the keyboard a part of a line is selected, by the mouse a whole line between two others. */
function passageOf({ by, language }: JourneyRun, day: number): Passage {
  const selected = texts[language](day);
  if (by === 'mouse') return { before: 'The first line.\n', selected, after: '\nThe last line.' };
  return { before: 'The first line.\nIt says: ', selected, after: ' That is all.\nThe last line.' };
}

/**
 * Text on its whole way: selected in an application, summarised in the overlay that the hotkey called, put back and taken
 * back, or copied where it cannot be, with the clipboard and the focus as they were.
 */
export class Journey {
  readonly display: TestDisplay;
  readonly #app: BeckonApp;
  readonly #pages: PageServer;
  readonly #steps: OverlaySteps;
  readonly #opened: ChildProcess[] = [];
  #number = 0;

  private constructor(display: TestDisplay, app: BeckonApp, pages: PageServer) {
    this.display = display;
    this.#app = app;
    this.#pages = pages;
    this.#steps = new OverlaySteps(display, app);
  }

  static async start(): Promise<Journey> {
    const display = await TestDisplay.start({ accessibility: true });
    const app = await BeckonApp.launch({ display });
    await app.waitForCore();
    await app.waitForDesktop();
    return new Journey(display, app, await PageServer.start());
  }

  async stop(): Promise<void> {
    await this.#app.close();
    await this.display.stop();
    await this.#pages.stop();
  }

  /** Leaves a picture of the display beside the test report when it fails. */
  async go(run: JourneyRun): Promise<void> {
    this.#number += 1;
    try {
      await this.#go(run, passageOf(run, this.#number));
    } catch (error) {
      const name = `${run.name} ${run.by} ${run.language}`.replaceAll(/\W+/g, '-');
      this.display.screenshot(join(checkout, 'out', `journey-${name}.png`));
      throw new Error(`with the overlay saying: ${await this.#steps.text()}`, { cause: error });
    } finally {
      await this.#steps.hide();
      for (const child of this.#opened.splice(0)) await endTree(child);
    }
  }

  /** The selection is left while the answer is there already: nothing may be written then, and the person is told. */
  async goAndLeave(run: JourneyRun, keys: readonly string[]): Promise<void> {
    this.#number += 1;
    const passage = passageOf(run, this.#number);
    try {
      const { there, wanted } = await this.#select(run, passage);
      const answer = await this.#summarise(wanted);
      await this.#steps.hide();
      await this.#steps.untilGone();
      await this.#press(keys);
      const asItWas = await there.read();
      await this.#steps.call();
      this.display.press('Return');
      await waitFor('it says so', async () => (await this.#steps.text()).includes('The answer is in the clipboard'));
      expect(this.#selection('clipboard').trim()).toBe(answer);
      await this.#steps.hide();
      expect(await there.read()).toBe(asItWas);
    } finally {
      await this.#steps.hide();
      for (const child of this.#opened.splice(0)) await endTree(child);
    }
  }

  async #go(run: JourneyRun, passage: Passage): Promise<void> {
    const { place, by } = run;
    const { there, wanted } = await this.#select(run, passage);
    const focused = () => this.display.xdotool('getwindowfocus');
    const window = focused();
    // Saving ends the editing of a cell, and with it the selection.
    const asItWas = place.puts === 'back' ? '' : await there.read();
    const answer = await this.#summarise(wanted);
    await expectClipboard(this.display, this.#number);
    if (place.puts === 'back') await this.#replace(place, there, passage, answer, by === 'mouse');
    else await this.#copy(place, there, asItWas, answer);
    expect(focused()).toBe(window);
  }

  async #select({ place, by }: JourneyRun, passage: Passage): Promise<{ there: Opened; wanted: string }> {
    const folder = join(this.display.folder, `run-${this.#number}`);
    mkdirSync(folder);
    const start = (command: string, args: readonly string[]) =>
      void this.#opened.push(this.display.start(command, args));
    const there = await place.open({ display: this.display, pages: this.#pages, folder, start }, passage);
    this.#opened.push(await ownClipboard(this.display, this.#number));
    if (place.focusBy !== undefined) await this.#move(place.focusBy);
    if (by === 'keyboard') await this.#press(place.byKeyboard(passage));
    else for (const mouse of place.byMouse(passage)) await this.#move(mouse);
    const { before, selected, after } = passage;
    const wanted = by === 'keyboard' && place.selectsAll ? `${before}${selected}${after}` : selected;
    await waitFor(`'${wanted}' is selected`, () => isSame(this.#selection('primary'), wanted), 5000);
    return { there, wanted };
  }

  async #summarise(selected: string): Promise<string> {
    await this.#steps.call();
    await this.#app.overlay.waitForSelector('.chip.on');
    const chip = await waitFor('it was captured', async () =>
      (await this.#steps.context()).chips.find(({ kind }) => kind === 'selection'),
    );
    expect(chip).toMatchObject({ on: true, fresh: true });
    expect(isSame(chip.preview, selected), chip.preview).toBe(true);
    const answer = await this.#steps.use('summ', /^Summarise/);
    expect(answer.length).toBeGreaterThan(10);
    return answer;
  }

  async #replace(
    { undoSteps = 1, takesRichText, computes }: Place,
    there: Opened,
    { before, selected, after }: Passage,
    answer: string,
    byBeckon: boolean,
  ): Promise<void> {
    expect(await this.#steps.text()).toMatch(/Replace/);
    await this.#steps.putBack();
    const rich = takesRichText ? toRichText(answer) : null;
    const lead = computes && /^[=+@-]/.test(answer) ? ' ' : '';
    if (rich === null) await this.#expectThere(there, `${before}${lead}${answer}${after}`);
    else await this.#expectFormatted(there, `${before}${rich.text}${after}`);
    await this.#expectClipboardBack();
    const whole = `${before}${selected}${after}`;
    if (byBeckon) {
      await this.#steps.call();
      this.display.press('ctrl+n', 'ctrl+z');
      await this.#steps.untilGone();
    } else {
      for (let left = undoSteps; left > 0 && (await there.read()) !== whole; left -= 1) this.display.press('ctrl+z');
    }
    await this.#expectThere(there, whole);
    await this.#expectClipboardBack();
  }

  /** Where nothing can be written: the answer is in the clipboard, and nothing else happened. */
  async #copy(place: Place, there: Opened, before: string, answer: string): Promise<void> {
    if (place.puts === 'copies') expect(await this.#steps.text()).not.toMatch(/Replace/);
    this.display.press('Return');
    await waitFor('it is in the clipboard', () => this.#selection('clipboard').trim() === answer, 8000);
    if (place.puts === 'tries')
      await waitFor('it says so', async () => (await this.#steps.text()).includes('The answer is in the clipboard'));
    await this.#steps.hide();
    await this.#steps.untilGone();
    await stays('nothing is written', 300, async () => (await there.read()) === before);
  }

  /** A paste takes a moment; whatever else stands there in the end is told. */
  async #expectThere(there: Opened, whole: string): Promise<void> {
    await waitFor('it is there', async () => (await there.read()) === whole).catch(() => {});
    expect(await there.read()).toBe(whole);
  }

  /** With paragraphs of its own around it, and its lists with the marks of the place. */
  async #expectFormatted(there: Opened, whole: string): Promise<void> {
    const words = (text: string) => text.replaceAll(/[^\p{Letter}\p{Number}]/gu, '');
    await waitFor('it is there', async () => words(await there.read()) === words(whole)).catch(() => {});
    expect(words(await there.read())).toBe(words(whole));
  }

  /** It is lent for a moment longer than the paste takes. */
  async #expectClipboardBack(): Promise<void> {
    const given = () => this.#selection('clipboard').includes(`number ${this.#number}:`);
    await waitFor('the clipboard is given back', given);
    await expectClipboard(this.display, this.#number);
  }

  async #press(keys: readonly string[]): Promise<void> {
    for (const part of keys.join(' ').split(' pause ')) {
      this.display.press(...part.split(' '));
      await sleep(400);
    }
  }

  async #move({ at: [x, y], times = 1, to }: Mouse): Promise<void> {
    const window = this.display.xdotool('getwindowfocus');
    const goTo = async (left: number, top: number) => {
      this.display.xdotool('mousemove', '--window', window, String(left), String(top));
      await sleep(150);
    };
    await goTo(x, y);
    if (to === undefined) this.display.xdotool('click', '--repeat', String(times), '--delay', '60', '1');
    else {
      this.display.xdotool('mousedown', '1');
      await goTo(Math.round((x + to[0]) / 2), Math.round((y + to[1]) / 2));
      await goTo(...to);
      this.display.xdotool('mouseup', '1');
    }
    await sleep(300);
  }

  /** By a program that is not Beckon's. */
  #selection(name: 'primary' | 'clipboard'): string {
    return spawnSync('xclip', ['-o', '-selection', name], { env: this.display.env, encoding: 'utf8' }).stdout;
  }
}

/** But for white space: three clicks take a line's end along, and a page breaks lines where it likes. */
function isSame(one: string, other: string): boolean {
  return one.replaceAll(/\s/g, '') === other.replaceAll(/\s/g, '');
}
