import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from './processes.ts';

/** What a page of ours tells of itself, by its own script. */
export interface PageReport {
  /** The whole text of what has the id `field`. */
  readonly text: string;
  /** Whether the page has the keyboard, and in `field` when that can be edited. */
  readonly focused: boolean;
}

/** A web page on this machine that tells what is in it ten times a second, so that nobody has to look by way of Beckon. */
export class PageServer {
  readonly #server: Server;
  #content: Buffer | string = '';
  #report: PageReport | null = null;

  private constructor() {
    this.#server = createServer((request, response) => {
      if (request.method === 'POST') {
        let body = '';
        request.setEncoding('utf8');
        request.on('data', (part: string) => (body += part));
        request.on('end', () => {
          this.#report = JSON.parse(body) as PageReport;
          response.end();
        });
        return;
      }
      const type = typeof this.#content === 'string' ? 'text/html; charset=utf-8' : 'application/pdf';
      response.writeHead(200, { 'content-type': type }).end(this.#content);
    });
  }

  static async start(): Promise<PageServer> {
    const pages = new PageServer();
    await new Promise<void>((resolve) => pages.#server.listen(0, '127.0.0.1', resolve));
    return pages;
  }

  /** Serves a page, with its script, or a PDF from now on; answers its address. */
  serve(content: Buffer | string, name: string): string {
    this.#content = typeof content === 'string' ? `${content}<script>${tell}</script>` : content;
    this.#report = null;
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${name}`;
  }

  /** What the page holds now: the first report after this call. */
  async report(): Promise<PageReport> {
    this.#report = null;
    return waitFor('the page tells of itself', () => this.#report);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** Each line is a block of its own where the field is no text area; some pastes bring a `<br>` at a line's end. */
const tell = `
  const field = document.getElementById('field');
  const editable = field.tagName === 'TEXTAREA' || field.isContentEditable;
  setInterval(() => {
    const text = (field.value ?? field.innerText).replaceAll('\\u00a0', ' ');
    const focused = document.hasFocus() && (!editable || document.activeElement === field);
    fetch('/told', { method: 'POST', body: JSON.stringify({ text, focused }) });
  }, 100);
`;
