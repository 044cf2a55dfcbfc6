import type { AppErrorShape } from '../../contract/errors.ts';
import type { DoneThere, hostContract } from '../../contract/host.ts';
import type { ReadSecret } from '../../contract/key-store.ts';
import type { Opened, ViewerPlace } from '../../contract/passage.ts';
import type { Settings, SettingsPatch } from '../../contract/settings.ts';
import type { ShellState } from '../../contract/shell.ts';
import type { Handlers } from '../../wire/server.ts';
import type { ReadableState, StateSource } from '../../wire/state-source.ts';
import type { StepAside } from './step-aside.ts';

export interface SecretKeeper {
  keep(name: string, secret: string): Promise<'key-store' | 'until-quit'>;
  read(name: string): Promise<ReadSecret>;
  forget(name: string): void;
}

/** What an action tells the person. */
export interface Notice {
  readonly name: string;
  readonly text: string;
}

export interface HostParts {
  readonly settings: () => StateSource<Settings>;
  readonly changeSettings: (patch: SettingsPatch) => Settings;
  readonly secrets: SecretKeeper;
  readonly toggleOverlay: (actionId?: string) => boolean;
  readonly stepAside: Pick<StepAside, 'begin' | 'finish'>;
  /** Tells for a moment what was done in another application. */
  readonly sayDone: (done: DoneThere) => void;
  readonly writeClipboard: (text: string, html?: string) => void;
  readonly onCoreStartFailed: (error: AppErrorShape) => void;
  readonly shell: () => ShellState;
  /** Asks the person about an address, and opens it then. */
  readonly openLink: (url: string) => Promise<boolean>;
  readonly agreeToAdd: (what: {
    readonly name: string;
    readonly file: string;
    readonly text: string;
    readonly newName?: string;
  }) => Promise<boolean>;
  readonly agreeToNotify: (what: Notice) => Promise<boolean>;
  /** False where the system shows none. */
  readonly notify: (what: Notice) => Promise<boolean>;
  readonly showFile: (path: string, place: ViewerPlace | null) => Promise<Opened>;
  readonly resolveProxy: (url: string) => Promise<string>;
}

/** What main answers core. */
export function createHostHandlers(parts: HostParts): Handlers<typeof hostContract> {
  return {
    requests: {
      'settings.set': (patch) => ({ settings: parts.changeSettings(patch), revision: parts.settings().get().revision }),
      'secret.keep': async ({ name, secret }) => ({ kept: await parts.secrets.keep(name, secret) }),
      'secret.read': ({ name }) => parts.secrets.read(name),
      'secret.forget': ({ name }) => {
        parts.secrets.forget(name);
        return null;
      },
      'core.startFailed': ({ code, message, values, action }) => {
        parts.onCoreStartFailed({ code, message, ...(values ? { values } : {}), ...(action ? { action } : {}) });
        return null;
      },
      'overlay.stepAside': () => {
        parts.stepAside.begin();
        return null;
      },
      'overlay.finish': async ({ how, done }) => {
        await parts.stepAside.finish(how);
        if (done !== undefined) parts.sayDone(done);
        return null;
      },
      'clipboard.writeText': ({ text, html }) => {
        parts.writeClipboard(text, html);
        return null;
      },
      'overlay.toggle': ({ actionId }) => ({ visible: parts.toggleOverlay(actionId) }),
      'file.show': ({ path, place }) => parts.showFile(path, place),
      'proxy.resolve': async ({ url }) => ({ answer: await parts.resolveProxy(url) }),
      'deed.openLink': async ({ url }) => ({ opened: await parts.openLink(url) }),
      'deed.agreeToAdd': async (what) => ({ agreed: await parts.agreeToAdd(what) }),
      'deed.agreeToNotify': async (what) => ({ agreed: await parts.agreeToNotify(what) }),
      'deed.notify': async (what) => ({ shown: await parts.notify(what) }),
      'shell.describe': () => {
        const { runtime, hotkey, keyStore } = parts.shell();
        return {
          electron: runtime.electron,
          hotkey: hotkey.accelerator,
          hotkeyRegistered: hotkey.registered,
          hotkeyProvedAt: hotkey.provedAt,
          keyStore,
        };
      },
    },
    streams: {},
    states: { settings: lateState(parts.settings) },
  };
}

/** A state that is only made after the handlers are. */
function lateState<Snapshot extends object>(source: () => StateSource<Snapshot>): ReadableState<Snapshot> {
  return { get: () => source().get(), subscribe: (listener) => source().subscribe(listener) };
}
