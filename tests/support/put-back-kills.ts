import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { StreamingServer, still } from '../fakes/streaming-server.ts';
import { BeckonApp, readySettings, writeSettings } from './beckon-app.ts';
import { clipboardContents } from './clipboard-contents.ts';
import { TestDisplay } from './display.ts';
import { OverlaySteps } from './overlay-steps.ts';
import { parrotSettings } from './parrot.ts';
import { expectClipboard, ownClipboard } from './paste-rounds.ts';
import { endProgram, isAlive, sleep, stays, waitFor } from './processes.ts';

/** `all`: core, desktop and main at the same moment; `page`: what draws the overlay. */
export type PutBackVictim = 'core' | 'desktop' | 'main' | 'page' | 'all';

/** What is done with the selected text: the beginning of its name that is typed, and how often a model is asked for it. */
export interface KilledAction {
  readonly typed: string;
  readonly name: RegExp;
  readonly questions: number;
  /** A file of an action of one's own that has it. */
  readonly atom?: { readonly id: string };
}

const summarise: KilledAction = { typed: 'summ', name: /^Summarise/, questions: 1 };

export interface KillOutcome {
  readonly victim: PutBackVictim;
  readonly afterMs: number;
  readonly document: 'old' | 'new';
  /** Longest time in a row in which nobody, or somebody else's content, was in the clipboard after the death. */
  readonly awayMs: number;
  /** What is selected in the document after it. */
  readonly selected: string;
  /** Whether the overlay says that nobody knows, with its next step. */
  readonly said: boolean;
}

/** Longest that a person's clipboard may be away after a death, on a machine that has other work beside. */
const backLimitMs = 20_000;

/** Answers that are put back into a real editor by paste, while processes of the app die. */
export class PutBackKills {
  readonly #display: TestDisplay;
  readonly #server: StreamingServer;
  readonly #profile: string;
  readonly #action: KilledAction;
  readonly #x: X11Connection;
  #app: BeckonApp | null = null;
  #count = 0;

  private constructor(display: TestDisplay, server: StreamingServer, profile: string, action: KilledAction) {
    this.#display = display;
    this.#server = server;
    this.#profile = profile;
    this.#action = action;
    this.#x = new X11Connection(display.env['DISPLAY']);
  }

  static async start(action = summarise): Promise<PutBackKills> {
    // Without accessibility the answer goes in by a paste, for which the clipboard is lent.
    const display = await TestDisplay.start();
    const profile = mkdtempSync(join(tmpdir(), 'beckon-put-back-'));
    const server = await StreamingServer.start();
    writeSettings(profile, { ...readySettings, ...parrotSettings(server) });
    if (action.atom !== undefined) {
      mkdirSync(join(profile, 'atoms'), { mode: 0o700 });
      writeFileSync(join(profile, 'atoms', `${action.atom.id}.json`), JSON.stringify(action.atom), { mode: 0o600 });
    }
    const kills = new PutBackKills(display, server, profile, action);
    await kills.#running();
    return kills;
  }

  async stop(): Promise<void> {
    await this.#app?.close();
    this.#x.dispose();
    await this.#server.stop();
    await this.#display.stop();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** One death, so long after the Enter that puts the answer back. */
  async round(victim: PutBackVictim, afterMs: number): Promise<KillOutcome> {
    const { app, owner, editor, steps, document, number } = await this.#selectIn();
    this.#server.answers.push(...Array.from({ length: this.#action.questions }, () => document.answer));
    await steps.use(this.#action.typed, this.#action.name);
    await waitFor('it can be put back', async () => /Replace/.test(await steps.text()));
    this.#display.press('Return');
    await sleep(afterMs);
    const died = this.#kill(app, victim);
    const awayMs = await this.#awayFor(number);
    await expectClipboard(this.#display, number);
    await died;
    const selected = await this.#selected(victim, document.old);
    const said = victim === 'core' && /could not be checked[\s\S]*Copy/.test(await steps.text());
    const left = await this.#document(document, number);
    await expectClipboard(this.#display, number);
    await endProgram(editor);
    await endProgram(owner);
    return { victim, afterMs, document: left, awayMs, selected, said };
  }

  /** One death, so long after the Enter that begins the action: nothing is written, and the next call is answered. */
  async whileRunning(victim: PutBackVictim, afterMs: number): Promise<KillOutcome> {
    const { app, owner, editor, document, number } = await this.#selectIn();
    const slow = [...document.answer].join(still);
    this.#server.answers.push(...Array.from({ length: this.#action.questions }, () => slow));
    const going = setInterval(() => this.#server.goOn(), 25);
    this.#display.type(this.#action.typed);
    await waitFor('it is first', async () => this.#action.name.test(await app.overlay.locator('.row.at').innerText()));
    this.#display.press('Return');
    await sleep(afterMs);
    await this.#kill(app, victim);
    const awayMs = await this.#awayFor(number);
    const isOwn = () => expectClipboard(this.#display, number).then(() => true);
    await stays('the clipboard is the person’s while the answer goes on', 500, isOwn);
    clearInterval(going);
    this.#server.goOn();
    this.#server.answers.length = 0;
    const left = await this.#document(document, number);
    await expectClipboard(this.#display, number);
    // What drives the page cannot reach the one that was made in the place of a dead one.
    if (victim === 'page') await this.#app?.close();
    const next = new OverlaySteps(this.#display, await this.#running());
    this.#display.press('ctrl+Home');
    await next.call();
    const said = (await next.text()).length > 0;
    await next.hide();
    await endProgram(editor);
    await endProgram(owner);
    return { victim, afterMs, document: left, awayMs, selected: '', said };
  }

  /** A line is selected in an editor, with the clipboard of a person, and the overlay called. */
  async #selectIn() {
    this.#count += 1;
    const number = this.#count;
    const app = await this.#running();
    const owner = await ownClipboard(this.#display, number);
    const file = join(this.#display.folder, `note-${number}.txt`);
    const [old, answer] = [`Sentence ${number} is old. 旧句。`, `Sentence ${number} is new. 新句。`];
    writeFileSync(file, `Before.\n${old}\nAfter.\n`);
    const editor = await this.#openEditor(file);
    const steps = new OverlaySteps(this.#display, app);
    this.#display.press('ctrl+Home', 'Down', 'Home', 'shift+End');
    await waitFor('it is selected', () => this.#display.selection('primary') === old);
    await steps.call();
    return { app, owner, editor, steps, document: { file, old, answer }, number };
  }

  /** Names of what was kept for a process that dies, for processes that are gone. */
  leftFiles(): readonly string[] {
    const names = readdirSync(this.#display.env['XDG_RUNTIME_DIR'] ?? '').filter((name) => name.includes('clipboard'));
    return names.filter((name) => !isAlive(Number(/-(\d+)-\w+\.json/.exec(name)?.[1] ?? 0)));
  }

  async #running(): Promise<BeckonApp> {
    if (this.#app !== null && isAlive(this.#app.pid)) return this.#app;
    await this.#app?.close();
    this.#app = await BeckonApp.launch({ display: this.#display, profile: this.#profile });
    await this.#app.waitForCore();
    const app = this.#app;
    await app.waitForDesktop();
    return app;
  }

  async #openEditor(file: string): Promise<ChildProcess> {
    const editor = this.#display.start('mousepad', ['--disable-server', file]);
    await waitFor('the editor has the keyboard', () => /note-/.test(this.#display.focusedTitle()), 30_000);
    return editor;
  }

  async #kill(app: BeckonApp, victim: PutBackVictim): Promise<void> {
    const pids = {
      core: app.corePid(),
      desktop: app.processId('desktop'),
      main: app.pid,
      page: app.processIds('--type=renderer')[0],
    };
    const dying = victim === 'all' ? [pids.core, pids.desktop, pids.main] : [pids[victim]];
    for (const pid of dying) if (pid !== undefined) process.kill(pid, 'SIGKILL');
    await waitFor('it is gone', () => dying.every((pid) => pid === undefined || !isAlive(pid)));
    if (victim === 'core') await app.waitForCore();
    // The person starts it again.
    else if (victim !== 'desktop' && victim !== 'page') await this.#running();
  }

  /** Where core lives on, the next desktop process goes back to what was selected; else the window may have no keyboard by then. */
  async #selected(victim: PutBackVictim, old: string): Promise<string> {
    const reader = new SelectionReader(this.#x);
    const read = async () => (await reader.read('PRIMARY', 'UTF8_STRING').catch(() => null))?.toString() ?? '';
    // The next process takes its time on a machine that has other work beside.
    const isBack = async () => ['', old].includes(await read());
    if (victim === 'desktop') await waitFor('what was selected is selected again, or nothing', isBack, backLimitMs);
    return read();
  }

  /** Until it has been the person's again for a moment. */
  async #awayFor(number: number): Promise<number> {
    const text = clipboardContents(number)[0]?.data ?? Buffer.alloc(0);
    const reader = new SelectionReader(this.#x);
    const since = Date.now();
    let [wasAway, wasBackSince] = [0, 0];
    while (Date.now() - since < backLimitMs) {
      const now = await reader.read('CLIPBOARD', 'UTF8_STRING').catch(() => null);
      if (now?.equals(text) === true) {
        if (wasBackSince === 0) wasBackSince = Date.now();
        if (Date.now() - wasBackSince > 1500) return wasAway;
      } else {
        wasBackSince = 0;
        wasAway = Date.now() - since;
      }
      await sleep(20);
    }
    const left = readdirSync(this.#display.env['XDG_RUNTIME_DIR'] ?? '').join(' ');
    throw new Error(`the clipboard of round ${number} did not come back; there is ${left}`);
  }

  async #document({ file, old, answer }: { file: string; old: string; answer: string }, number: number) {
    this.#display.xdotool('search', '--name', `note-${number}`, 'windowactivate', '--sync');
    await waitFor('the editor has the keyboard', () => /note-/.test(this.#display.focusedTitle()));
    const [isOld, isNew] = [`Before.\n${old}\nAfter.\n`, `Before.\n${answer}\nAfter.\n`];
    // Its title is without its mark once all that it holds is in the file.
    await waitFor('it is saved', () => {
      this.#display.press('ctrl+s');
      return !this.#display.focusedTitle().startsWith('*');
    });
    await waitFor('it is one or the other', () => [isOld, isNew].includes(readFileSync(file, 'utf8')), 3000).catch(
      () => {},
    );
    const text = readFileSync(file, 'utf8');
    if (text !== isNew) expect(text).toBe(isOld);
    return text === isNew ? 'new' : 'old';
  }
}
