import { basename } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { CardFormat } from '../../contract/card.ts';
import { type ExportFormat, exportEndings } from '../../contract/export.ts';
import type { Permission } from '../shell/page-gate.ts';
import type { TypedPlace } from '../shell/typed-place.ts';
import type { Words } from '../shell/words.ts';
import type { Overlay } from '../windows/overlay.ts';
import type { WindowRegistry } from '../windows/registry.ts';
import { askPerson, type PermissionWords } from './ask-person.ts';
import { chooseAtoms, chooseFiles, chooseModelFile, chooseNewFile, chooseOneFile } from './file-dialogs.ts';
import { openLink } from './links.ts';

export interface DialogsParts {
  readonly registry: () => WindowRegistry;
  readonly overlay: () => Overlay | null;
  readonly words: () => Words;
}

/** What the person is asked in a window of the system's own, over the window they are in. */
export class Dialogs {
  readonly #parts: DialogsParts;

  constructor(parts: DialogsParts) {
    this.#parts = parts;
  }

  /** Null when none was chosen. */
  pickModelFile(): Promise<string | null> {
    return this.#hold((parent) => chooseModelFile(parent, this.#parts.words().pickModel()));
  }

  /** Opens in that folder; in the one that was last used where it is null. */
  pickFiles(folder: string | null): Promise<readonly string[]> {
    return this.#hold((parent) => chooseFiles(parent, this.#parts.words().pickFiles(), folder));
  }

  /** A file that a page says was typed is taken only once the person agreed: pages name no path. */
  async pickFilesAt(place: TypedPlace | null): Promise<readonly string[]> {
    if (place?.kind !== 'file') return this.pickFiles(place?.path ?? null);
    const isAgreed = await this.agree({ kind: 'take', file: basename(place.path), address: place.path });
    return isAgreed ? [place.path] : [];
  }

  /** Files that actions are shared as. */
  pickAtoms(): Promise<readonly string[]> {
    return this.#hold((parent) => chooseAtoms(parent, this.#parts.words().pickAtoms()));
  }

  /** Null when none was chosen. */
  chooseAtomPlace(name: string): Promise<string | null> {
    return this.#hold((parent) => chooseNewFile(parent, { name, ending: 'json', ...this.#parts.words().exportAtom() }));
  }

  /** Null when none was chosen. */
  chooseExport(name: string, format: ExportFormat): Promise<string | null> {
    return this.#hold((parent) =>
      chooseNewFile(parent, { name, ending: exportEndings[format], ...this.#parts.words().exportFile(format) }),
    );
  }

  /** Null when none was chosen. */
  chooseCard(name: string, format: CardFormat): Promise<string | null> {
    return this.#hold((parent) =>
      chooseNewFile(parent, {
        name: `${name}.${format}`,
        ending: format,
        ...this.#parts.words().cardFile(format),
      }),
    );
  }

  /** Null when none was chosen. */
  chooseReceipts(name: string): Promise<string | null> {
    return this.#hold((parent) =>
      chooseNewFile(parent, { name, ending: 'jsonl', ...this.#parts.words().receiptsFile() }),
    );
  }

  /** Null when none was chosen. */
  chooseBackupPlace(name: string): Promise<string | null> {
    return this.#hold((parent) =>
      chooseNewFile(parent, { name, ending: 'beckon', ...this.#parts.words().backupFile('save') }),
    );
  }

  /** Null when none was chosen. */
  pickBackup(): Promise<string | null> {
    return this.#hold((parent) => chooseOneFile(parent, 'beckon', this.#parts.words().backupFile('restore')));
  }

  /** False unless the person agreed. */
  agreeToRestore(words: PermissionWords): Promise<boolean> {
    return this.#hold((parent) => askPerson(parent, words));
  }

  openLink(url: string): Promise<boolean> {
    return this.#hold((parent) => openLink(seen(parent), url, (host) => this.#parts.words().openLink(host)));
  }

  /** False unless the person agreed, whatever a page asked for. */
  agree(permission: Permission): Promise<boolean> {
    return this.#hold((parent) => askPerson(seen(parent), this.#parts.words().permission(permission)));
  }

  /** The overlay stays while the dialog has the keyboard. */
  #hold<Value>(ask: (parent: BrowserWindow) => Promise<Value>): Promise<Value> {
    const overlay = this.#parts.overlay();
    const main = this.#parts.registry().get('main');
    const parent = main?.isFocused() || overlay === null ? (main as BrowserWindow) : overlay.window;
    if (overlay === null) return ask(parent);
    return parent === overlay.window ? overlay.holdUnder(() => ask(parent)) : overlay.holdWhile(() => ask(parent));
  }
}

/** Asked by the tray, or by a step of an action, there may be none to be seen. */
function seen(parent: BrowserWindow | null | undefined): BrowserWindow | null {
  return parent?.isVisible() === true ? parent : null;
}
