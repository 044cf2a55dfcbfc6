import type { BrowserWindow } from 'electron';
import type { Permission } from '../shell/page-gate.ts';
import type { Words } from '../shell/words.ts';
import { askPerson } from './ask-person.ts';
import { chooseFiles, chooseModelFile } from './file-dialogs.ts';
import { openLink } from './links.ts';

export interface DialogsOptions {
  /** The window that a dialog stands before. */
  readonly parent: () => BrowserWindow;
  /** Keeps the overlay open while a dialog has the keyboard. */
  readonly hold: <Value>(work: () => Promise<Value>) => Promise<Value>;
  readonly words: () => Words;
}

/** The dialogs of main's: what the person says there is the person's, whatever a page asked for. */
export class Dialogs {
  readonly #options: DialogsOptions;

  constructor(options: DialogsOptions) {
    this.#options = options;
  }

  pickModelFile(): Promise<string | null> {
    return this.#show((parent, words) => chooseModelFile(parent, words.pickModel()));
  }

  pickFiles(): Promise<readonly string[]> {
    return this.#show((parent, words) => chooseFiles(parent, words.pickFiles()));
  }

  openLink(url: string): Promise<boolean> {
    return this.#show((parent, words) => openLink(parent, url, (host) => words.openLink(host)));
  }

  agree(permission: Permission): Promise<boolean> {
    return this.#show((parent, words) => askPerson(parent, words.permission(permission)));
  }

  #show<Value>(show: (parent: BrowserWindow, words: Words) => Promise<Value>): Promise<Value> {
    const { parent, hold, words } = this.#options;
    return hold(() => show(parent(), words()));
  }
}
