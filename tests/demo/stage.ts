import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SettingsPatch } from '../../contract/settings.ts';
import { BeckonApp, checkout, readySettings, testModels } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { OverlaySteps } from '../support/overlay-steps.ts';
import { run, waitFor } from '../support/processes.ts';

export const media = join(checkout, 'docs', 'media');
export const model = 'qwen2.5-coder-1.5b-instruct-q4_k_m';

export interface StageOptions {
  readonly settings: SettingsPatch;
  /** Pixels of the display for one of a window's. */
  readonly scale: 1 | 2;
  readonly models?: string;
}

/** Beckon on a display of its own, with an editor that fills it, to take pictures of. */
export class Stage {
  readonly display: TestDisplay;
  readonly app: BeckonApp;
  readonly steps: OverlaySteps;
  readonly #scale: number;

  private constructor(display: TestDisplay, app: BeckonApp, scale: number) {
    this.display = display;
    this.app = app;
    this.steps = new OverlaySteps(display, app);
    this.#scale = scale;
  }

  static async start({ settings, scale, models = testModels }: StageOptions): Promise<Stage> {
    const display = await TestDisplay.start({ accessibility: true, width: 1120 * scale, height: 740 * scale });
    display.env['GDK_SCALE'] = String(scale);
    plainEditor(display);
    const app = await BeckonApp.launch({
      display,
      settings: { ...readySettings, modelId: model, ...settings },
      models,
      args: [`--force-device-scale-factor=${scale}`],
    });
    await app.waitForCore();
    await app.waitForDesktop();
    return new Stage(display, app, scale);
  }

  /** Opens a note and selects its first line, so that the display tells that it is selected. */
  async openNote(text: string): Promise<void> {
    const note = join(this.display.env['HOME'] ?? '', 'minutes.txt');
    writeFileSync(note, `${text}\n`);
    this.display.start('mousepad', ['--disable-server', note]);
    await waitFor('the editor has the keyboard', () => /minutes/.test(this.display.focusedTitle()));
    await this.#fill();
  }

  async select(text: string): Promise<void> {
    this.display.press('ctrl+Home', 'shift+End');
    await waitFor('the line is selected', () => this.display.selection('primary') === text);
  }

  /** Types a question as a person would, and waits for the whole answer. */
  async ask(question: string): Promise<string> {
    const before = await this.#answers();
    await this.app.overlay.locator('textarea, input').first().pressSequentially(question, { delay: 25 });
    await this.shot(null);
    this.display.press('Return');
    await waitFor('the whole answer', async () => (await this.#answers()) > before, 600_000);
    return this.steps.lastAnswer();
  }

  /** Opens a page of the main window and waits until all of it is drawn. */
  async openPage(page: 'chats' | 'models' | 'settings'): Promise<void> {
    await this.app.ask('window.open', { page, conversationId: null });
    await waitFor('the main window', () => this.app.electron.windows().some((each) => each.url().includes('window')));
    await waitFor('it has the keyboard', () => this.display.focusedTitle() !== '');
    await this.#fill();
  }

  /** Takes a picture once nothing moves any more; with no name only waits for that. */
  async shot(name: string | null): Promise<void> {
    const files = [0, 1].map((index) => join(this.display.folder, `still-${index}.png`));
    const [last = '', now = ''] = files;
    this.display.screenshot(last);
    await waitFor('the picture stands still', () => {
      this.display.screenshot(now);
      const still = differingPixels(last, now) <= 150 * this.#scale ** 2;
      run('cp', [now, last]);
      return still;
    });
    // A palette of 256 colours is enough for an interface and takes a third of the room.
    if (name !== null) run('convert', [now, '-strip', '-colors', '256', `png8:${join(media, `${name}.png`)}`]);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.display.stop();
    rmSync(this.display.folder, { recursive: true, force: true });
  }

  /** Lets the window that has the keyboard fill the display. */
  async #fill(): Promise<void> {
    const window = this.display.xdotool('getwindowfocus');
    this.display.xdotool('windowmove', window, '0', '0', 'windowsize', window, '100%', '100%');
    await this.shot(null);
  }

  async #answers(): Promise<number> {
    const list = (await this.app.ask('conversation.list', { query: '', limit: 100 })).value as { id: string }[];
    const texts = await Promise.all(
      list.map(({ id }) => this.app.ask('conversation.get', { conversationId: id }).then(({ value }) => value)),
    );
    return texts
      .flatMap((each) => (each as { messages: readonly { role: string; state: string }[] }).messages)
      .filter(({ role, state }) => role === 'assistant' && state === 'complete').length;
  }
}

/** How many pixels of two pictures differ; a caret that blinks is few. */
function differingPixels(one: string, other: string): number {
  // The program ends with 1 where they differ, and tells the number on standard error.
  const said = run('sh', ['-c', 'compare -metric AE "$0" "$1" null: 2>&1 || true', one, other]);
  return Number.parseFloat(said) || 0;
}

/**
 * The editor warns whoever runs it as root, in a label under its menu, and says in its title in which folder a file lies, here
 * one of a test; neither has to do with the picture.
 */
function plainEditor(display: TestDisplay): void {
  const config = display.env['XDG_CONFIG_HOME'] ?? '';
  const none = 'font-size: 1px; min-height: 0; padding: 0; background: none; color: transparent;';
  mkdirSync(join(config, 'gtk-3.0'), { recursive: true });
  // The labels of its menu lie deeper, so that they stay.
  writeFileSync(join(config, 'gtk-3.0', 'gtk.css'), `window box > * > label, window separator { ${none} }\n`);
  display.env['GSETTINGS_BACKEND'] = 'keyfile';
  mkdirSync(join(config, 'glib-2.0', 'settings'), { recursive: true });
  const title = '[org/xfce/mousepad/preferences/window]\npath-in-title=false\n';
  writeFileSync(join(config, 'glib-2.0', 'settings', 'keyfile'), title);
}
