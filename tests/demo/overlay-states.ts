import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamingServer } from '../fakes/streaming-server.ts';
import { still } from '../fakes/streaming-server.ts';
import { type BeckonApp, checkout } from '../support/beckon-app.ts';
import type { TestDisplay } from '../support/display.ts';
import { OverlaySteps } from '../support/overlay-steps.ts';
import { sleep, waitFor } from '../support/processes.ts';
import type { Camera } from './camera.ts';
import type { StateWords } from './state-words.ts';

export interface StatesStage {
  readonly display: TestDisplay;
  readonly app: BeckonApp;
  readonly server: StreamingServer;
  readonly camera: Camera;
  readonly words: StateWords;
}

/** Brings the overlay into its states by real keys, and takes each. */
export class OverlayStates {
  readonly #stage: StatesStage;
  readonly #steps: OverlaySteps;

  constructor(stage: StatesStage) {
    this.#stage = stage;
    this.#steps = new OverlaySteps(stage.display, stage.app);
  }

  /** What one sees before anything is asked, and the lists. */
  async lists(): Promise<void> {
    const { display } = this.#stage;
    await this.#steps.call();
    await this.#shot('empty');
    for (const [key, state] of [
      ['ctrl+k', 'commands-empty'],
      ['ctrl+m', 'models'],
      ['ctrl+l', 'history'],
      ['F1', 'keys'],
    ] as const) {
      display.press(key);
      await this.#shot(state);
      display.press('Escape');
    }
    await this.#steps.hide();
    await this.#steps.untilGone();
  }

  /** A note is open, and its first line selected. */
  async selection(): Promise<void> {
    const { display, words } = this.#stage;
    await this.#openNote(words.wrong);
    await this.#select(words.wrong);
    await this.#steps.call();
    await this.#shot('selection');
    display.press('Tab');
    await this.#shot('chips');
    display.press('Return');
    await this.#shot('preview');
    // Escape would hide the box.
    display.press('Return');
    await this.#type(words.correct);
    await this.#shot('filtered');
    await this.#type('');
    for (const [keys, state] of [
      ['ctrl+2', 'rewrite'],
      ['ctrl+3', 'translate'],
    ] as const) {
      display.press(keys);
      await this.#stage.app.overlay.waitForSelector('.token');
      await this.#shot(state);
      display.press('Escape');
      await waitFor('the box', async () => (await this.#stage.app.overlay.locator('.token').count()) === 0);
    }
    await this.#putBack();
  }

  /** Corrected, what changed, put back, said where it was, taken back as the first row. */
  async #putBack(): Promise<void> {
    const { display, server, words, app } = this.#stage;
    server.answers.push(words.right);
    await this.#type(words.correct);
    display.press('Return');
    await app.overlay.waitForSelector('.receipt');
    await this.#shot('changes');
    display.press('Right');
    await app.overlay.waitForSelector('.change.at');
    await this.#shot('change-chosen');
    display.press('Tab');
    await this.#shot('answer-tab');
    display.press('ctrl+k');
    await this.#shot('commands-answer');
    display.press('Escape');
    await this.#steps.putBack();
    display.screenshot(join(display.folder, 'put-back.png'));
    await this.#steps.call();
    await this.#shot('undo-row');
    display.press('ctrl+n');
  }

  /** A summary of a selected text with a figure that stands nowhere in it. */
  async lookedUp(): Promise<void> {
    const { display, server, words, app } = this.#stage;
    await this.#steps.hide();
    await this.#openNote(words.notice);
    await this.#select(words.notice);
    await this.#steps.call();
    server.answers.push(words.summary);
    await this.#type(words.summarise);
    display.press('Return');
    await app.overlay.waitForSelector('.receipt');
    await this.#shot('summary');
    await app.overlay.waitForSelector('.nowhere');
    display.press('ctrl+Down');
    await app.overlay.waitForSelector('.passage');
    await this.#shot('summary-mark');
    display.press('ctrl+n');
  }

  /** Files that can be read and one that cannot. */
  async files(): Promise<void> {
    const { display, app } = this.#stage;
    const corpus = join(checkout, 'tests', 'corpus', 'documents');
    await this.#show();
    const list = join(display.folder, 'files.txt');
    writeFileSync(list, `file://${corpus}/lighthouse-en.pdf\r\nfile://${corpus}/locked.pdf\r\n`);
    display.start('xclip', ['-quiet', '-selection', 'clipboard', '-t', 'text/uri-list', '-i', list]);
    await waitFor('it is copied', () => display.targets('clipboard').includes('text/uri-list'));
    display.press('ctrl+v');
    await app.overlay.waitForSelector('.chip.file[data-status=ready]', { timeout: 20_000 });
    await app.overlay.waitForSelector('.chip.bad', { timeout: 20_000 });
    await this.#shot('files');
    await app.overlay.focus('.chip.bad .chip-main');
    await this.#shot('file-cause');
    await app.ask('context.clear', {});
    display.press('ctrl+n');
  }

  /** A question from the first wait to an answer that is read, stopped, gone on with and edited. */
  async answer(): Promise<void> {
    const { display, server, words, app } = this.#stage;
    await this.#show();
    server.answers.push(`${still}${words.answer.slice(0, 320)}${still}${words.answer.slice(320)}`);
    await this.#ask(words.question);
    await sleep(6000);
    await this.#shot('waiting');
    server.goOn();
    await waitFor('it streams', async () => (await this.#steps.text()).includes('n'));
    await sleep(900);
    await this.#shot('streaming');
    server.goOn();
    await app.overlay.waitForSelector('.receipt');
    await this.#shot('answer');
    await this.#type(words.followUp);
    await this.#shot('follow-up');
    server.answers.push(words.second);
    display.press('Return');
    await waitFor('two answers', async () => (await app.overlay.locator('.receipt').count()) === 2);
    await this.#shot('second-answer');
    display.press('Up');
    await this.#shot('editing');
    display.press('Escape');
    display.press('ctrl+c');
    await this.#shot('copied');
    display.press('ctrl+n');
    server.answers.push(`${words.long}${still}${words.long}`);
    await this.#ask(words.question);
    await sleep(900);
    display.press('ctrl+period');
    await app.overlay.waitForSelector('.ending');
    await this.#shot('stopped');
    server.goOn();
    display.press('ctrl+n');
    server.answers.push(words.rightToLeft);
    await this.#ask(words.question);
    await app.overlay.waitForSelector('.receipt');
    await this.#shot('right-to-left');
    display.press('ctrl+n');
    server.answers.push(words.long.repeat(10));
    await this.#ask(words.long.repeat(3));
    await app.overlay.waitForSelector('.receipt');
    await this.#shot('long');
    display.press('ctrl+n');
  }

  /** An application that was never tried: the person is asked; a terminal: only the clipboard is left. */
  async places(): Promise<void> {
    const { display, server, words, app } = this.#stage;
    await this.#steps.hide();
    const electron = process.env['BECKON_ELECTRON'] ?? 'electron';
    const note = join(display.folder, 'draft.txt');
    writeFileSync(note, words.wrong);
    Object.assign(display.env, { EDITOR_PROFILE: join(display.folder, 'editor') });
    const editor = join(checkout, 'tests', 'fakes', 'editors', 'electron-editor');
    display.start(electron, ['--no-sandbox', editor, note]);
    await waitFor('the editor', () => /note\.txt/.test(display.focusedTitle()), 30_000);
    await this.#selectAll(words.wrong);
    await this.#steps.call();
    await waitFor('it goes along', async () => (await this.#steps.context()).chips.some(({ on }) => on));
    server.answers.push(words.right);
    await this.#type(words.correct);
    display.press('Return');
    await app.overlay.waitForSelector('.receipt');
    await this.#shot('ask-first');
    await this.#steps.putBack();
    await this.#terminal();
  }

  async #terminal(): Promise<void> {
    const { display, server, words, app } = this.#stage;
    const show = `stty -echo; echo '${words.wrong}'; exec cat > /dev/null`;
    const size = ['-T', 'lines', '-fa', 'Noto Sans Mono CJK SC', '-geometry', '110x20'];
    display.start('xterm', [...size, '-e', 'sh', '-c', show]);
    await waitFor('the terminal', () => display.focusedTitle() === 'lines');
    await waitFor('its line is selected', () => {
      display.xdotool('mousemove', '--window', display.xdotool('getwindowfocus'), '40', '10');
      display.xdotool('click', '--repeat', '3', '--delay', '60', '1');
      return display.selection('primary').startsWith(words.wrong);
    });
    await this.#steps.call();
    server.answers.push(words.right);
    await this.#type(words.correct);
    display.press('Return');
    await app.overlay.waitForSelector('.receipt');
    await this.#shot('copy-only');
    await this.#steps.hide();
    await this.#steps.untilGone();
  }

  /** What goes wrong: the lock, a server that is gone, a file of one's own that cannot be used. */
  async troubles(): Promise<void> {
    const { display, app, server, words } = this.#stage;
    await this.#steps.call();
    display.press('ctrl+n');
    await app.ask('settings.set', { offline: true });
    await this.#shot('lock');
    display.press('ctrl+m');
    await this.#shot('lock-models');
    display.press('Escape');
    await server.stop();
    await this.#ask(words.question);
    await app.overlay.waitForSelector('.ending, .note', { timeout: 60_000 });
    await this.#shot('error');
    display.press('ctrl+n');
    await this.#steps.hide();
    await this.#steps.untilGone();
  }

  /** Calls the box where an earlier state left it hidden. */
  async #show(): Promise<void> {
    if (!this.#stage.display.visibleTitles().includes('Beckon')) await this.#steps.call();
  }

  #shot(state: string): Promise<void> {
    return this.#stage.camera.take(this.#stage.app.overlay, `overlay-${state}`);
  }

  async #type(text: string): Promise<void> {
    const { app } = this.#stage;
    await app.overlay.focus('.ask-input');
    await app.overlay.fill('.ask-input', text);
  }

  async #ask(text: string): Promise<void> {
    await this.#type(text);
    this.#stage.display.press('Return');
    await this.#stage.app.overlay.waitForSelector('.question');
  }

  async #openNote(text: string): Promise<void> {
    const { display } = this.#stage;
    const name = text === this.#stage.words.wrong ? 'minutes.txt' : 'notice.txt';
    const note = join(display.env['HOME'] ?? '', name);
    writeFileSync(note, `${text}\n`);
    display.start('mousepad', ['--disable-server', note]);
    await waitFor('the editor has the keyboard', () => display.focusedTitle().includes(name), 30_000);
  }

  async #select(text: string): Promise<void> {
    const { display } = this.#stage;
    await waitFor('the line is selected', () => {
      display.press('ctrl+Home', 'shift+End');
      return display.selection('primary') === text;
    });
  }

  async #selectAll(text: string): Promise<void> {
    const { display } = this.#stage;
    await waitFor('all is selected', () => {
      display.press('ctrl+a');
      return display.selection('primary').trim() === text;
    });
  }
}
