import { Notification } from 'electron';
import type { Notice } from '../shell/host-handlers.ts';

import { noticeBody, noticeTitle } from '../shell/notice-text.ts';

/** How long the system has to say that it shows one, in milliseconds. */
const answerMs = 5000;

/** Notifications of the system, one an action: one that tells again takes the place of what it told before. */
export class Notices {
  /** One that nobody holds is collected, and gone from the screen with it. */
  readonly #shown = new Map<string, Notification>();

  /** False where the system has none, or shows none. */
  async show({ name, text }: Notice): Promise<boolean> {
    if (!Notification.isSupported()) return false;
    this.#shown.get(name)?.close();
    const notice = new Notification({ title: noticeTitle(name), body: noticeBody(text), silent: true });
    this.#shown.set(name, notice);
    notice.once('close', () => {
      if (this.#shown.get(name) === notice) this.#shown.delete(name);
    });
    const isShown = new Promise<boolean>((resolve) => {
      const late = setTimeout(() => resolve(false), answerMs);
      const answer = (is: boolean) => {
        clearTimeout(late);
        resolve(is);
      };
      notice.once('show', () => answer(true));
      notice.once('failed', () => answer(false));
    });
    notice.show();
    return isShown;
  }
}
