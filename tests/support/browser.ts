import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import type { TestDisplay } from './display.ts';
import { endProgram, waitFor, within } from './processes.ts';

/** A page that is not drawn never comes to its next frame. */
const answerMs = 60_000;
const pageChangeMs = 2000;

/** Runs in the page. */
const pageState = "[document.title, document.readyState, document.hasFocus()].join(' ')";

/** Runs in the page: what is selected in it, in a field or out of one. */
const selectedInPage = `(() => {
  const at = document.activeElement;
  return at && 'selectionStart' in at ? at.value.slice(at.selectionStart, at.selectionEnd) : String(getSelection());
})()`;

const withoutSpace = (text: string) => text.replaceAll(/\s/g, '');

/** A real Chromium that shows one page of the test's own after another, and is asked over its own protocol what is in it. */
export class Browser {
  readonly #display: TestDisplay;
  readonly #process: ChildProcess;
  readonly #socket: WebSocket;
  readonly #x: X11Connection;
  readonly #selection: SelectionReader;
  #count = 0;

  private constructor(display: TestDisplay, process: ChildProcess, socket: WebSocket) {
    this.#display = display;
    this.#process = process;
    this.#socket = socket;
    this.#x = new X11Connection(display.env['DISPLAY']);
    this.#selection = new SelectionReader(this.#x);
  }

  static async start(display: TestDisplay): Promise<Browser> {
    // An empty page would leave the keyboard to the line of addresses.
    const first = join(display.folder, 'first-page.html');
    writeFileSync(first, '<!doctype html><title>first-page</title>');
    const profile = join(display.folder, `chromium-${Date.now()}`);
    const child = display.start('chromium', [
      '--no-sandbox',
      '--no-first-run',
      '--password-store=basic',
      '--disable-gpu',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--window-size=900,600',
      `file://${first}`,
    ]);
    await waitFor('chromium has the keyboard', () => /first-page/.test(display.focusedTitle()), 30_000);
    const port = await waitFor('its port is told', () => readPort(join(profile, 'DevToolsActivePort')));
    const pages = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Target[];
    const address = pages.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '';
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error('Chromium does not take a connection')));
    });
    return new Browser(display, child, socket);
  }

  get process(): ChildProcess {
    return this.#process;
  }

  /** Shows a page of that content; it has the keyboard when this resolves. */
  async open(html: string): Promise<void> {
    this.#count += 1;
    const title = `test-page-${this.#count}`;
    const page = join(this.#display.folder, `${title}.html`);
    writeFileSync(page, `<!doctype html><meta charset="utf-8"><title>${title}</title>${html}`);
    const { errorText } = (await this.#ask('Page.navigate', { url: `file://${page}` })) as { errorText?: string };
    let seen = '';
    const isThere = async () => {
      // One page may go for another in the middle of a question, which is then answered by neither.
      const told = within(pageChangeMs, 'the page tells of itself', this.evaluate(pageState)).catch(String);
      seen = `${await told}, the keyboard at ${this.#display.focusedTitle()}, ${errorText ?? 'no error'}`;
      return seen.startsWith(`${title} complete true, the keyboard at test-page`);
    };
    const drawn = waitFor('the page is drawn and has the keyboard', isThere, answerMs);
    await drawn.catch((error: unknown) => {
      throw new Error(`${String(error)} (${seen})`);
    });
    await this.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }

  /** The value of an expression in the page; a promise is awaited. */
  async evaluate(expression: string): Promise<unknown> {
    const asked = { expression, awaitPromise: true, returnByValue: true };
    const { result } = (await this.#ask('Runtime.evaluate', asked)) as { result: { value?: unknown } };
    return result.value;
  }

  /** Presses keys that select; resolves when the display was told of it, as a page tells it a moment later. */
  async select(...keys: readonly string[]): Promise<void> {
    await this.press(...keys);
    await waitFor('the display was told what is selected', async () => {
      const inPage = withoutSpace(String(await this.evaluate(selectedInPage)));
      const told = await this.#selection.read('PRIMARY', 'UTF8_STRING').catch(() => null);
      return inPage !== '' && withoutSpace(told?.toString() ?? '') === inPage;
    });
  }

  /** Resolves when the page has seen the keys. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#seen(keys.length, () => this.#display.press(...keys));
  }

  /** The same for keys one after another. */
  async type(text: string): Promise<void> {
    await this.#seen([...text].length, () => this.#display.type(text));
  }

  /** What is in the field, or in the page, that has the keyboard. */
  async value(): Promise<string> {
    return String(await this.evaluate('document.activeElement.value ?? document.activeElement.innerText'));
  }

  /** Resolves when the page comes to something again, after all that it was busy with. */
  async idle(): Promise<void> {
    await this.evaluate('new Promise((done) => requestIdleCallback(() => done(true)))');
  }

  async stop(): Promise<void> {
    this.#x.dispose();
    this.#socket.close();
    await endProgram(this.#process);
  }

  async #seen(count: number, press: () => void): Promise<void> {
    await this.evaluate(
      `globalThis.keysSeen = 0; onkeyup = ({ key }) => { keysSeen += /^(Control|Shift|Alt)/.test(key) ? 0 : 1 }`,
    );
    press();
    await waitFor('the page has seen the keys', async () => Number(await this.evaluate('keysSeen')) >= count);
  }

  #ask(method: string, params: object): Promise<unknown> {
    this.#count += 1;
    const id = this.#count;
    const asked = new Promise((resolve, reject) => {
      const onMessage = ({ data }: MessageEvent) => {
        const answer = JSON.parse(String(data)) as { id?: number; result?: unknown; error?: { message: string } };
        if (answer.id !== id) return;
        this.#socket.removeEventListener('message', onMessage);
        if (answer.error) reject(new Error(`${method}: ${answer.error.message}`));
        else resolve(answer.result);
      };
      this.#socket.addEventListener('message', onMessage);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    return within(answerMs, `the page answers ${method} ${JSON.stringify(params).slice(0, 200)}`, asked);
  }
}

interface Target {
  readonly type: string;
  readonly webSocketDebuggerUrl: string;
}

/** Null while it is not written yet. */
function readPort(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').split('\n')[0] || null;
  } catch {
    return null;
  }
}
