import type { BackupContents } from '../../contract/backup.ts';
import type { CardFormat } from '../../contract/card.ts';
import type { SnapshotOf } from '../../contract/define.ts';
import { AppError } from '../../contract/errors.ts';
import type { KeyStore } from '../../contract/key-store.ts';
import type { ModelRow } from '../../contract/model.ts';
import { closedToPages, type Settings, type SettingsPatch } from '../../contract/settings.ts';
import type { ShellState, shellContract } from '../../contract/shell.ts';
import type { Handlers } from '../../wire/server.ts';
import type { StateSource } from '../../wire/state-source.ts';
import type { Export, Exported } from './chat-exports.ts';

/** Folders that Beckon has of its own. */
export type OwnFolder = 'profile' | 'logs' | 'models' | 'atoms';
export type Navigation = SnapshotOf<typeof shellContract.states.navigation>;

/** What the shell's endpoints need of the rest of main; every one a plain function, so tests pass fakes. */
export interface ShellParts {
  readonly shell: StateSource<ShellState>;
  readonly settings: StateSource<Settings>;
  readonly navigation: StateSource<Navigation>;
  readonly hideOverlay: () => void;
  readonly resizeOverlay: (height: number) => void;
  readonly restOverlay: (resting: boolean) => void;
  readonly moveOverlay: (x: number, y: number) => void;
  readonly showMainWindow: () => void;
  readonly changeSettings: (patch: SettingsPatch) => Settings;
  readonly changeHotkey: (accelerator: string) => void;
  readonly changeActionHotkey: (actionId: string, accelerator: string | null) => void;
  readonly listenForHotkey: (listening: boolean) => void;
  readonly pickModelFile: () => Promise<string | null>;
  readonly addModelFile: (path: string) => Promise<ModelRow>;
  /** With what the person typed as a path; null where they typed none. */
  readonly pickFiles: (typed: string | null) => Promise<void>;
  readonly copy: (text: string) => Promise<void>;
  readonly exportChats: (wanted: Export) => Promise<Exported>;
  readonly exportReceipts: () => Promise<Exported>;
  readonly cancelExport: () => void;
  readonly pickAtoms: () => Promise<void>;
  /** The file's own name; null when the person chose no place. */
  readonly exportAtom: (atomId: string, authorName: string | null) => Promise<string | null>;
  readonly backups: {
    /** Null when the person chose no place, or cancelled it. */
    readonly save: () => Promise<(BackupContents & { readonly fileName: string }) | null>;
    /** False unless the person agreed; then Beckon is about to start anew. */
    readonly restore: () => Promise<boolean>;
  };
  readonly cards: {
    readonly copy: (answerId: string, authorName: string | null) => Promise<void>;
    /** Null when the person chose no place. */
    readonly save: (
      answerId: string,
      authorName: string | null,
      format: CardFormat,
    ) => Promise<{ readonly fileName: string; readonly beside: boolean } | null>;
  };
  readonly showFolder: (folder: OwnFolder) => Promise<void>;
  readonly openLink: (url: string) => Promise<boolean>;
  readonly unlockKeyStore: () => Promise<KeyStore>;
  readonly restartCore: () => void;
  readonly quit: () => void;
}

export function createShellHandlers(parts: ShellParts): Handlers<typeof shellContract> {
  return {
    requests: {
      'overlay.hide': () => done(parts.hideOverlay()),
      'overlay.resize': ({ height }) => done(parts.resizeOverlay(height)),
      'overlay.rest': ({ resting }) => done(parts.restOverlay(resting)),
      'overlay.pin': ({ pinned }) => done(parts.changeSettings({ pinned })),
      'overlay.moveBy': ({ x, y }) => done(parts.moveOverlay(x, y)),
      'window.open': ({ page, conversationId }) => {
        const revision = parts.navigation.value.revision + 1;
        parts.navigation.update({ page, conversationId, revision });
        parts.hideOverlay();
        return done(parts.showMainWindow());
      },
      'settings.set': (patch) => {
        const wrong = closedToPages(patch);
        if (wrong !== null) throw new AppError('app/not-allowed', `a page may not set ${wrong}`);
        return parts.changeSettings(patch);
      },
      'hotkey.set': ({ accelerator }) => done(parts.changeHotkey(accelerator)),
      'hotkey.setAction': ({ actionId, accelerator }) => done(parts.changeActionHotkey(actionId, accelerator)),
      'hotkey.listen': ({ listening }) => done(parts.listenForHotkey(listening)),
      'model.pickFile': async () => {
        const path = await parts.pickModelFile();
        return path === null ? null : parts.addModelFile(path);
      },
      'file.pick': async ({ at }) => done(await parts.pickFiles(at ?? null)),
      'clipboard.writeText': async ({ text }) => done(await parts.copy(text)),
      'chat.export': (wanted) => parts.exportChats(wanted),
      'receipts.export': () => parts.exportReceipts(),
      'atom.pickFiles': async () => done(await parts.pickAtoms()),
      'atom.export': async ({ atomId, authorName }) => {
        const fileName = await parts.exportAtom(atomId, authorName);
        return fileName === null ? null : { fileName };
      },
      'card.copy': async ({ answerId, authorName }) => done(await parts.cards.copy(answerId, authorName)),
      'card.save': ({ answerId, authorName, format }) => parts.cards.save(answerId, authorName, format),
      'backup.save': () => parts.backups.save(),
      'backup.restore': async () => ({ restores: await parts.backups.restore() }),
      'chat.cancelExport': () => done(parts.cancelExport()),
      'folder.show': async ({ folder }) => done(await parts.showFolder(folder)),
      'link.open': async ({ url }) => ({ opened: await parts.openLink(url) }),
      'keyStore.unlock': async () => ({ keyStore: await parts.unlockKeyStore() }),
      'core.restart': () => done(parts.restartCore()),
      'app.quit': () => done(parts.quit()),
    },
    streams: {},
    states: { shell: parts.shell, settings: parts.settings, navigation: parts.navigation },
  };
}

function done(_result: unknown): null {
  return null;
}
