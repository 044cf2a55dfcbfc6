import type { ContextChip } from '../../contract/context.ts';
import type { PutBackState } from '../../contract/routes/put-back.ts';
import {
  type AnyApplication,
  answers,
  lines,
  OpenApplication,
  type Step,
  steps,
  tidy,
  whole,
} from './any-application.ts';
import type { Desk } from './on-desktop.ts';
import { readState } from './page-bridge.ts';
import { expectClipboard, ownClipboard } from './paste-rounds.ts';
import { endTree, run, sleep, waitFor } from './processes.ts';

/** What was seen of an application on the whole way. */
export interface Seen {
  readonly name: string;
  readonly toolkit: string;
  readonly named: boolean;
  /** The first step that did not hold; null where all did. */
  failed: Step | null;
  /** What was said then. */
  said: string;
  /** Whether something in the session had turned accessibility on by then. */
  accessible: boolean;
  /** What the person was asked for. */
  asked: 'replace' | 'copy' | 'both' | 'no';
  ownUndo: string;
}

/** Seed of the clipboard that is there before, of four formats. */
const seed = 5;

/** One application from the selected text to the text that was taken back, by real keys in the real app. */
export class WholeJourney {
  readonly #desk: Desk;
  readonly #application: AnyApplication;
  readonly seen: Seen;
  #step: Step = 'open';

  constructor(desk: Desk, application: AnyApplication) {
    this.#desk = desk;
    this.#application = application;
    const { name, toolkit, named } = application;
    this.seen = { name, toolkit, named, failed: null, said: '', accessible: false, asked: 'no', ownUndo: '-' };
  }

  async go(): Promise<Seen> {
    let there: OpenApplication | null = null;
    try {
      there = await OpenApplication.open(this.#desk.display, this.#application);
      const opened = there;
      this.#desk.after(() => endTree(opened.process));
      await this.#byBeckon(there);
      this.#step = 'again';
      await this.#replace(there, 2);
      await this.#expectText(there, whole.replace(lines[2], answers[2]));
      await this.#byItself(there);
    } catch (error) {
      this.seen.failed = this.#step;
      this.seen.said = `${oneLine(error)} | ${oneLine(await this.#desk.steps.text().catch(() => ''))}`;
    }
    return this.seen;
  }

  /** The second line is replaced, and taken back in the overlay. */
  async #byBeckon(there: OpenApplication): Promise<void> {
    await this.#replace(there, 1);
    this.#step = 'clipboard';
    await this.#expectClipboard();
    this.#step = 'focus';
    this.#expectFocus(there);
    this.#step = 'undone';
    await this.#desk.steps.call();
    this.#desk.display.press('ctrl+n', 'ctrl+z');
    await this.#desk.steps.untilGone();
    const { overlay } = this.#desk.app;
    const undoable = async () => (await overlay.evaluate(readState<PutBackState>, 'putBack')).undoable;
    await waitFor('it is taken back', async () => (await undoable()) === null);
    await sleep(300);
    await this.#expectClipboard();
    await this.#expectText(there, whole);
    this.#expectFocus(there);
  }

  /** The last line is replaced, and taken back by the application's own undo. */
  async #byItself(there: OpenApplication): Promise<void> {
    const { undoSteps = 3 } = this.#application;
    if (undoSteps === 0) {
      this.seen.ownUndo = 'has none';
      return;
    }
    for (let pressed = 1; pressed <= undoSteps; pressed += 1) {
      this.#desk.display.press('ctrl+z');
      await sleep(400);
      if ((await there.read()) !== tidy(whole)) continue;
      this.seen.ownUndo = String(pressed);
      return;
    }
    this.seen.ownUndo = 'not seen';
  }

  async #replace(there: OpenApplication, index: 1 | 2): Promise<void> {
    const { display, steps: overlay, server } = this.#desk;
    const first = index === 1;
    if (first) this.#step = 'selected';
    this.#desk.keep(await ownClipboard(display, seed));
    await there.select(index);
    this.#expectFocus(there);
    if (first) this.#step = 'captured';
    const known = (await overlay.context()).chips.map(({ id }) => id);
    await overlay.call();
    const chip = await this.#captured(known);
    if (chip.preview.trim() !== lines[index]) throw new Error(`captured “${chip.preview}”`);
    if (first) this.#step = 'answered';
    server.answers.push(answers[index]);
    const answer = await overlay.use('corr', /^Correct/);
    if (answer !== answers[index]) throw new Error(`answered “${answer}”`);
    if (first) this.#step = 'replaced';
    this.seen.accessible = this.#isAccessible();
    await waitFor('it says what Enter does', async () => /↵\s*(?:Replace|Copy)/.test(await overlay.text()), 3000);
    if (/Replace once/.test(await overlay.text())) this.seen.asked = this.seen.asked === 'copy' ? 'both' : 'replace';
    await overlay.putBack();
    await sleep(300);
    if (first) this.#step = 'text';
    if (first) await this.#expectReplaced(there);
  }

  /**
   * Where it is shown nowhere, the person's word lets the application be asked for a copy. `known`: what was captured before,
   * which a page may show for a moment still.
   */
  async #captured(known: readonly string[]): Promise<ContextChip> {
    const { display, steps: overlay } = this.#desk;
    const chips = async () => (await overlay.context()).chips.filter(({ id }) => !known.includes(id));
    await waitFor('it is captured anew', async () => (await chips()).length > 0);
    const along = ({ kind, on, fresh }: ContextChip) => kind === 'selection' && on && fresh;
    if ((await chips()).some(({ offersCopy }) => offersCopy === true)) {
      await waitFor('it offers to ask', async () => (await overlay.text()).includes('Ask the application to copy'));
      display.press('Return');
      this.seen.asked = 'copy';
    }
    return waitFor('the selection goes along', async () => (await chips()).find(along), 8000);
  }

  /** Whether the session tells its applications to be accessible, which it does not by itself. */
  #isAccessible(): boolean {
    const asked = ['call', '--session', '--dest', 'org.a11y.Bus', '--object-path', '/org/a11y/bus'];
    const get = ['--method', 'org.freedesktop.DBus.Properties.Get', 'org.a11y.Status', 'IsEnabled'];
    return run('gdbus', [...asked, ...get], this.#desk.display.env).includes('true');
  }

  /** A document that is saved is read at once; one that is copied would lose the caret that an undo looks at. */
  async #expectReplaced(there: OpenApplication): Promise<void> {
    if (typeof this.#application.read === 'string') return;
    await this.#expectText(there, whole.replace(lines[1], answers[1]));
  }

  async #expectText(there: OpenApplication, wanted: string): Promise<void> {
    const now = await there.read(tidy(wanted));
    if (now !== tidy(wanted)) throw new Error(`the document says “${now}”`);
  }

  async #expectClipboard(): Promise<void> {
    const { display } = this.#desk;
    await waitFor('the clipboard is given back', () => display.selection('clipboard').includes(`number ${seed}:`));
    await expectClipboard(display, seed);
  }

  #expectFocus({ window }: OpenApplication): void {
    const now = this.#desk.display.xdotool('getwindowfocus');
    if (now !== window) throw new Error(`“${this.#desk.display.focusedTitle()}” has the keyboard`);
  }
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 400);
}

/** Steps that held, as a row of a table tells them. */
export function reached({ failed }: Seen): readonly Step[] {
  return failed === null ? steps : steps.slice(0, steps.indexOf(failed));
}
