import type { ConversationSummary } from '../../contract/conversation.ts';
import type { ServerRow } from '../../contract/model.ts';
import type { PutBackState } from '../../contract/routes/put-back.ts';
import { pageSettings, type Settings } from '../../contract/settings.ts';
import type { BeckonApp } from './beckon-app.ts';
import type { TestDisplay } from './display.ts';
import { readState } from './page-bridge.ts';
import { waitFor } from './processes.ts';

/** What is known of an app that no case has used yet, and the way back to it: a case leaves nothing to the next one. */
export class KnownState {
  readonly #display: TestDisplay;
  readonly #app: BeckonApp;
  readonly #settings: Settings;

  private constructor(display: TestDisplay, app: BeckonApp, settings: Settings) {
    this.#display = display;
    this.#app = app;
    this.#settings = settings;
  }

  static async of(display: TestDisplay, app: BeckonApp): Promise<KnownState> {
    return new KnownState(display, app, await app.overlay.evaluate(readState<Settings>, 'settings'));
  }

  /** False when something cannot be taken back: then the next case needs another app. */
  async bringBack(): Promise<boolean> {
    this.#display.letGo();
    for (const page of this.#app.electron.windows()) if (page !== this.#app.overlay) await page.close();
    await this.#app.waitForCore();
    // A place in an application that is gone is still one that Ctrl+Z would go to.
    const { undoable } = await this.#app.overlay.evaluate(readState<PutBackState>, 'putBack');
    if (undoable !== null || !(await this.#bringSettingsBack())) return false;
    await this.#endAnswers();
    await this.#app.ask('context.clear', {});
    await this.#app.electron.evaluate(({ clipboard }) => clipboard.clear());
    await this.#emptyOverlay();
    return true;
  }

  /** No answer goes on, and no chat is left. */
  async #endAnswers(): Promise<void> {
    const chats = async () =>
      (await this.#app.ask('conversation.list', { query: '', limit: 100 })).value as readonly ConversationSummary[];
    for (const { runningRunId } of await chats())
      if (runningRunId !== null) await this.#app.ask('run.cancel', { runId: runningRunId });
    await waitFor('no answer goes on', async () => (await chats()).every(({ runningRunId }) => runningRunId === null));
    for (let left = await chats(); left.length > 0; left = await chats())
      for (const { id } of left) await this.#app.ask('conversation.delete', { conversationId: id });
  }

  async #bringSettingsBack(): Promise<boolean> {
    const before = this.#settings;
    const now = await this.#app.overlay.evaluate(readState<Settings>, 'settings');
    const same = (name: keyof Settings) => JSON.stringify(now[name]) === JSON.stringify(before[name]);
    if (!same('hotkey') || !same('offline')) return false;
    for (const { id } of (await this.#app.ask('server.list', {})).value as readonly ServerRow[])
      if (!before.servers.some((server) => server.id === id)) await this.#app.ask('server.remove', { serverId: id });
    if (!same('modelId')) {
      if (before.modelId === null) return false;
      await this.#app.ask('model.choose', { modelId: before.modelId });
    }
    for (const actionId of new Set([...Object.keys(now.actionHotkeys), ...Object.keys(before.actionHotkeys)])) {
      const accelerator = before.actionHotkeys[actionId] ?? null;
      if ((now.actionHotkeys[actionId] ?? null) !== accelerator)
        await this.#app.ask('hotkey.setAction', { actionId, accelerator });
    }
    if (!same('pinned')) await this.#app.ask('overlay.pin', { pinned: before.pinned });
    const free = (Object.keys(pageSettings) as (keyof typeof pageSettings)[]).filter((name) => !same(name));
    if (free.length > 0)
      await this.#app.ask('settings.set', Object.fromEntries(free.map((name) => [name, before[name]])));
    return true;
  }

  /** Hidden, with nothing typed and no chat in it. */
  async #emptyOverlay(): Promise<void> {
    const { overlay } = this.#app;
    await this.#app.ask('overlay.hide', {});
    await waitFor('the overlay is hidden', () => !this.#display.visibleTitles().includes('Beckon'));
    await overlay.evaluate(() => sessionStorage.clear());
    await overlay.reload();
    await overlay.waitForSelector('.box');
  }
}
