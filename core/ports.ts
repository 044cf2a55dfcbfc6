import type { Disposable } from '../contract/disposable.ts';
import type { DoneThere } from '../contract/host.ts';
import type { KeyStore } from '../contract/key-store.ts';
import type { Opened, ViewerPlace } from '../contract/passage.ts';
import type { Settings, SettingsPatch } from '../contract/settings.ts';
import type { UnreadServer } from '../contract/settings-faults.ts';

/** What core needs of the face it runs behind: the app (main) or the cli. */
export interface Host {
  readonly face: 'app' | 'cli';
  settings(): Settings;
  onSettings(listener: (settings: Settings) => void): Disposable;
  changeSettings(patch: SettingsPatch): Promise<Settings>;
  keepSecret(name: string, secret: string): Promise<'key-store' | 'passphrase' | 'until-quit' | 'environment'>;
  readSecret(name: string): Promise<string | null>;
  forgetSecret(name: string): Promise<void>;
  /** Lets Beckon's own window go so that another one has the keyboard, until `finishOverlay`. */
  stepAside(): Promise<void>;
  /** After another application was written to. `away`: the window is done with; `back`: it shows what came of it. `done` is told there. */
  finishOverlay(how: 'away' | 'back', done?: DoneThere): Promise<void>;
  /** With an action: shows it and runs the action on what is selected, without the list. */
  toggleOverlay(actionId?: string): Promise<{ readonly visible: boolean }>;
  /** Copies by the shell's own means, where other applications are not asked for it; false where there is no shell. */
  writeClipboard(text: string, html?: string): Promise<boolean>;
  /** Opens an address once the person agreed to it, in a window of main's; absent where nobody can be asked. */
  readonly openLink?: (url: string) => Promise<boolean>;
  /** Asks whether an action may add a text to a file of the folder of notes; absent where nobody can be asked. */
  readonly agreeToAdd?: (what: {
    readonly name: string;
    readonly file: string;
    readonly text: string;
    /** The name that a new file would have now; left out, the text is added to what `file` names. */
    readonly newName?: string;
  }) => Promise<boolean>;
  /** Asks whether an action may tell something by a notification of the system; absent where nobody can be asked. */
  readonly agreeToNotify?: (what: Notice) => Promise<boolean>;
  /** False where the system shows none. */
  readonly notify?: (what: Notice) => Promise<boolean>;
  /** Shows a file in the viewer that the system has for it, at a place where that viewer can be told one. Throws `file/no-viewer`. */
  openFile(path: string, place: ViewerPlace | null): Promise<Opened>;
  describe(): Promise<HostDescription | null>;
  /** What the system says of a proxy for an address (`PROXY host:port; DIRECT`); absent where nothing can tell. */
  readonly resolveProxy?: (url: string) => Promise<string>;
  /** Servers of the settings file that are not used as they stand there; absent where that is told elsewhere. */
  readonly unreadServers?: () => readonly UnreadServer[];
  /** How long a model stays in memory after a command; absent where there are none, or where core ends with its command. */
  readonly lingering?: () => Lingering;
}

/** What an action tells: its name, and the beginning of what it made. */
export interface Notice {
  readonly name: string;
  readonly text: string;
}

export interface Lingering {
  readonly seconds: number;
  /** What is in memory now. */
  readonly model: string | null;
  /** Why it would not stay. */
  readonly heldBack: 'off' | 'battery' | 'memory' | null;
}

/** What the app's shell says of itself; null behind the cli. */
export interface HostDescription {
  readonly electron: string;
  readonly hotkey: string;
  readonly hotkeyRegistered: boolean;
  readonly hotkeyProvedAt: number | null;
  readonly keyStore: KeyStore;
}

/** Structured, without anything a person wrote: only these fields reach the file. */
export interface Log {
  write(event: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
}
