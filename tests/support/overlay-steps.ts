import type { ContextState } from '../../contract/context.ts';
import type { Conversation, Message } from '../../contract/conversation.ts';
import type { PutBackState } from '../../contract/routes/put-back.ts';
import { plainAnswer } from '../../core/text-filters/plain-answer.ts';
import type { BeckonApp } from './beckon-app.ts';
import type { TestDisplay } from './display.ts';
import { readState } from './page-bridge.ts';
import { answerLimitMs, waitFor } from './processes.ts';

export const hotkey = 'ctrl+shift+space';

/** What a person does in the overlay, by real keys, and what they see of it. */
export class OverlaySteps {
  readonly #display: TestDisplay;
  readonly #app: BeckonApp;

  constructor(display: TestDisplay, app: BeckonApp) {
    this.#display = display;
    this.#app = app;
  }

  /** Presses the hotkey; answers when all that could be captured is there. */
  async call(): Promise<void> {
    this.#display.press(hotkey);
    await waitFor('the overlay has the keyboard', () => this.#display.focusedTitle() === 'Beckon');
    await waitFor('the capture has ended', async () => (await this.context()).capturing === false);
  }

  /** Types the beginning of an action's name and Enter, in a new chat, and waits for the whole answer. */
  async use(typed: string, name: RegExp): Promise<string> {
    this.#display.press('ctrl+n');
    await waitFor('the chat is new', async () => (await this.#app.overlay.locator('.receipt').count()) === 0);
    this.#display.type(typed);
    const first = this.#app.overlay.locator('.row.at');
    await waitFor(`${name} is first`, async () => name.test(await first.innerText()));
    this.#display.press('Return');
    await this.#app.overlay.waitForSelector('.receipt', { timeout: answerLimitMs });
    return this.lastAnswer();
  }

  /** Enter, or another key, on a finished answer. The overlay may go before the text is there, so that what core knows of it is waited for. */
  async putBack(key = 'Return'): Promise<void> {
    const id = (await this.#lastMessage())?.id;
    this.#display.press(key);
    await waitFor('it is put back', async () => {
      if ((await this.text()).includes('is in the clipboard')) throw new Error(await this.text());
      const { undoable } = await this.#app.overlay.evaluate(readState<PutBackState>, 'putBack');
      return undoable?.messageId === id;
    });
    await this.untilGone();
  }

  async untilGone(): Promise<void> {
    await waitFor('the overlay is gone', async () => {
      const gone = !this.#display.visibleTitles().includes('Beckon');
      if (!gone && (await this.text()).includes('is in the clipboard')) throw new Error(await this.text());
      return gone;
    });
  }

  /** Everything that is written in the overlay now. */
  async text(): Promise<string> {
    return this.#app.overlay.locator('body').innerText();
  }

  /** The newest answer, as it would go into a document. */
  async lastAnswer(): Promise<string> {
    return plainAnswer((await this.#lastMessage())?.text ?? '');
  }

  async context(): Promise<ContextState> {
    return this.#app.overlay.evaluate(readState<ContextState>, 'context');
  }

  async #lastMessage(): Promise<Message | undefined> {
    const [chat] = (await this.#app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
    // The question is on its way.
    if (chat === undefined) return undefined;
    const { messages } = (await this.#app.ask('conversation.get', { conversationId: chat.id })).value as Conversation;
    return messages.at(-1);
  }

  async hide(): Promise<void> {
    if (this.#display.visibleTitles().includes('Beckon')) await this.#app.ask('overlay.hide', {});
  }
}
