import { type BrowserWindow, Menu } from 'electron';
import { DisposableStore } from '../../contract/disposable.ts';
import type { Result } from '../../contract/result.ts';
import type { ShellState } from '../../contract/shell.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { CoreProcess } from '../core/core-process.ts';
import { CoreRelay } from '../core/core-relay.ts';
import { Timer } from '../disposable-timer.ts';
import { ActionHotkeys } from '../hotkey/action-hotkeys.ts';
import type { PassedKeys } from '../hotkey/passed-keys.ts';
import type { KeyStoreState } from '../keys/key-store-state.ts';
import type { Paths } from '../paths.ts';
import type { Navigation } from '../shell/handlers.ts';
import { PageGate } from '../shell/page-gate.ts';
import { initialShellState } from '../shell/shell-state.ts';
import type { StartPlace } from '../shell/start-words.ts';
import { onlyFolder } from '../shell/typed-place.ts';
import type { Overlay } from '../windows/overlay.ts';
import { WindowRegistry } from '../windows/registry.ts';
import { appIcon } from './app-icon.ts';
import type { Bridge } from './bridge.ts';
import { Calls } from './calls.ts';
import { createCore } from './create-core.ts';
import { createKeyStore } from './create-key-store.ts';
import { createTray } from './create-tray.ts';
import { createHotkeys, createMainWindow, createOverlay, createSaidNote } from './create-windows.ts';
import { Dialogs } from './dialogs.ts';
import { DroppedFiles } from './dropped-files.ts';
import { lockSession } from './hardening.ts';
import { KeptSettings } from './kept-settings.ts';
import { Look } from './look.ts';
import { fileMenuState } from './own-command.ts';
import { createPageBridge } from './page-bridge.ts';
import { createPageHandlers } from './page-handlers.ts';
import { watchPages } from './page-watch.ts';
import { Secrets } from './secrets.ts';
import { SettingsFile } from './settings-file.ts';
import type { ShellParts } from './shell-parts.ts';
import { stopBeforeQuit } from './stop-before-quit.ts';
import { createSystemKeys, isWayland, isX11 } from './system-keys.ts';

const shutDownLimitMs = 3000;
const restAfterMs = 60;

/** The shell, built top to bottom: settings, windows, hotkey, bridge; then, once the overlay can be shown, core and tray. */
export class Shell {
  readonly #paths: Paths;
  readonly #store = new DisposableStore();
  readonly #shell = new StateSource<ShellState>(
    initialShellState(
      process.platform as ShellState['platform'],
      process.versions.electron,
      process.versions.chrome ?? '',
    ),
  );
  readonly #navigation = new StateSource<Navigation>({ page: 'chats', conversationId: null, revision: 0 });
  readonly #look = new Look(this.#shell);
  readonly #dialogs = new Dialogs({
    registry: () => this.#need().registry,
    overlay: () => this.#need().overlay,
    words: () => this.#look.say(),
  });
  readonly #gate = new PageGate({
    settings: () => this.#need().settings.value,
    rules: () => this.#need().relay.rules,
    atoms: () => this.#need().relay.atoms,
    ask: (permission) => this.#dialogs.agree(permission),
  });
  readonly #rest = this.#store.add(new Timer());
  readonly #keyStore: KeyStoreState;
  readonly #calls: Calls;
  readonly #keys: PassedKeys;
  readonly #actionHotkeys: ActionHotkeys;
  #parts: ShellParts | null = null;

  constructor(paths: Paths) {
    this.#paths = paths;
    this.#keyStore = createKeyStore(paths, (keyStore) => this.#shell.update({ keyStore }));
    const overlay = () => this.#parts?.overlay ?? null;
    const [settings, core] = [() => this.#need().settings, () => this.#need().core];
    const later = { settings, core, relay: () => this.#need().relay, overlay };
    this.#calls = this.#store.add(new Calls({ shell: this.#shell, ...later }));
    this.#keys = this.#store.add(createSystemKeys({ node: paths.node, entry: paths.keysEntry, overlay }));
    const onPressed = (actionId: string) => this.#calls.toggle(actionId);
    this.#actionHotkeys = this.#store.add(new ActionHotkeys(this.#keys, onPressed));
  }

  /** With files to ask about, or a place, such as one that a desktop entry names, these are shown once they can be; else nothing is. */
  start(place: StartPlace | null, files: readonly string[]): void {
    const [paths, shell, calls, keys] = [this.#paths, this.#shell, this.#calls, this.#keys];
    const file = new SettingsFile(paths.profile, () => new Date());
    const settings = new KeptSettings(file, shell, this.#look);
    const secrets = new Secrets(paths.profile, this.#keyStore);
    lockSession(paths.renderer);
    if (process.platform !== 'darwin') Menu.setApplicationMenu(null);

    const registry: WindowRegistry = new WindowRegistry(paths.preload, (window) => this.#onWindow(window));
    const look = this.#look;
    const note = this.#store.add(
      createSaidNote({ registry, shell, look, overlay: () => this.#parts?.overlay ?? null }),
    );
    const { say: sayDone, sayWaiting } = note;
    const made = { paths, shell, settings, secrets, calls, sayDone, sayWaiting, dialogs: this.#dialogs };
    const core = createCore({ ...made, person: keys.person, relay: () => this.#need().relay });
    const relay = new CoreRelay(
      () => core.client,
      () => shell.value.core !== 'failed',
    );
    const parts: ShellParts = { settings, secrets, registry, core, relay, bridge: null, overlay: null, hotkeys: null };
    this.#parts = parts;
    this.#look.apply(settings.value);
    parts.bridge = this.#store.add(this.#createBridge(parts));
    this.#takeDroppedFiles(registry);
    const overlay = () => parts.overlay;
    parts.overlay = this.#store.add(createOverlay({ registry, shell, settings, core, keys, overlay }));
    const mainWindow = this.#store.add(
      createMainWindow({ registry, shell, navigation: this.#navigation, look: this.#look }),
    );
    parts.showMainWindow = () => mainWindow.show();
    parts.hotkeys = this.#store.add(createHotkeys({ paths, shell, settings, calls, keys }));
    parts.hotkeys.start(settings.value.hotkey);
    shell.update({
      refusedActionHotkeys: this.#actionHotkeys.start(settings.value.actionHotkeys),
      settingsError: settings.error,
      firstRun: !settings.value.firstRunDone,
      overlay: { ...shell.value.overlay, pinned: settings.value.pinned },
    });
    this.#whenShown(parts.overlay, core, files.length > 0 ? 'overlay' : place);
    if (files.length > 0) this.#askAbout(files);
    this.#look.watchSystem();
    stopBeforeQuit(
      () => core.stop(shutDownLimitMs),
      () => {
        this.#store.dispose();
        registry.dispose();
      },
    );
  }

  /** What a further start of Beckon asks of the one that runs. */
  come(place: StartPlace | null, files: readonly string[]): void {
    if (files.length > 0) {
      this.#calls.comeForFiles();
      this.#askAbout(files);
    } else if (place === null) this.#calls.toggle();
    else if (place === 'overlay') this.#calls.come();
    else this.#openPage(place);
  }

  showOverlay(): void {
    this.#calls.show();
  }

  /** Shows the overlay at the first start, and starts what it can do without once it is drawn. */
  #whenShown({ window: { webContents } }: Overlay, core: CoreProcess, place: StartPlace | null): void {
    const showFirst = () => {
      const { firstRun, hotkey } = this.#shell.value;
      if (firstRun || hotkey.error !== null || place === 'overlay') this.showOverlay();
      else if (place !== null) this.#openPage(place);
    };
    // The page's first picture, a box that takes keys, needs none of its scripts. Wayland maps no window without one.
    if (isWayland()) webContents.once('dom-ready', showFirst);
    else webContents.once('did-navigate', showFirst);
    // A breath later, so that the first picture does not share the processor with what is not needed for it.
    webContents.once('did-finish-load', () => this.#rest.set(restAfterMs, () => this.#startRest(core)));
  }

  /** What is not needed to show the overlay waits until it is there. */
  #startRest(core: CoreProcess): void {
    core.start();
    if (isX11()) this.#keys.start();
    if (process.platform === 'linux') this.#need().overlay?.window.setIcon(appIcon());
    this.#createTray(this.#need());
    void this.#keyStore.look();
    this.#shell.update({ fileMenus: fileMenuState() });
  }

  #createTray({ settings, relay, hotkeys }: ShellParts): void {
    const pause = (paused: boolean) => {
      hotkeys?.pause(paused);
      this.#actionHotkeys.pause(paused);
    };
    const openPage = (page: Navigation['page']) => this.#openPage(page);
    const [shell, look, calls, gate] = [this.#shell, this.#look, this.#calls, this.#gate];
    this.#store.add(createTray({ shell, settings, relay, look, calls, gate, pause, openPage }));
  }

  #createBridge({ registry, relay }: ShellParts): Bridge {
    const handlers = createPageHandlers({
      shell: this.#shell,
      navigation: this.#navigation,
      dialogs: this.#dialogs,
      calls: this.#calls,
      keyStore: this.#keyStore,
      actionHotkeys: this.#actionHotkeys,
      parts: () => this.#need(),
      paths: this.#paths,
      words: () => this.#look.say(),
      addFiles: (paths) => this.#addFiles(paths),
    });
    return createPageBridge(registry, relay.handlers(), handlers, this.#gate);
  }

  #takeDroppedFiles(registry: WindowRegistry): void {
    this.#store.add(
      new DroppedFiles({
        takesFiles: (id) => {
          const kind = registry.kindOf(id);
          return kind === 'main' || (kind === 'overlay' && this.#parts?.overlay?.visible === true);
        },
        onFiles: (paths, id) => this.#takeFiles(paths, registry.kindOf(id) === 'main'),
        onPicture: (picture, id) => this.#addPicture(picture, registry.kindOf(id) === 'main'),
      }),
    );
  }

  #openPage(page: Navigation['page']): void {
    this.#navigation.update({ page, conversationId: null, revision: this.#navigation.value.revision + 1 });
    this.#parts?.showMainWindow?.();
  }

  /** What is dropped where actions are listed is looked at as actions; elsewhere it goes along with a question. */
  #takeFiles(paths: readonly string[], isMain: boolean): void {
    const isActions = isMain && this.#navigation.value.page === 'settings';
    // What is dragged out of a browser may lie nowhere.
    const onDisk = paths.filter((path) => path !== '');
    if (isActions && onDisk.length > 0)
      void this.#need().core.client?.request('sharing.read', { paths: onDisk, shown: true });
    if (isActions) return;
    void this.#takeAlong(paths);
    if (onDisk.length > 0) this.#showCard(this.#need().core.client?.request('sharing.look', { paths: onDisk }), isMain);
  }

  /** Takes files along; of a folder they are chosen from its list first. */
  async #takeAlong(paths: readonly string[]): Promise<void> {
    const folder = await onlyFolder(paths);
    const chosen = folder === null ? paths : await this.#dialogs.pickFiles(folder);
    if (chosen.length > 0) this.#addFiles(chosen);
  }

  /** An answer card is told in the main window, wherever it was dropped; of other files nothing is said there. */
  #showCard(looked: Promise<Result<{ readonly found: boolean }>> | undefined, isMain: boolean): void {
    void looked?.then((answer) => {
      if (answer.ok && answer.value.found && !isMain) this.#need().showMainWindow?.();
    });
  }

  /** Files that a file manager names, which may come before core does. */
  #askAbout(files: readonly string[]): void {
    // Where core gave up, the window says so.
    void this.#need()
      .relay.ask('file.add', { paths: [...files], shown: true })
      .catch(() => {});
  }

  /** Chips come at once, by the context's state; how each ends is said there too. */
  #addFiles(paths: readonly string[]): void {
    void this.#need().core.client?.request('file.add', { paths: [...paths], shown: true });
  }

  #addPicture(picture: Uint8Array, isMain: boolean): void {
    const file = { name: this.#look.say().pastedPicture(), bytes: Buffer.from(picture).toString('base64') };
    this.#showCard(this.#need().core.client?.request('sharing.readPicture', file), isMain);
    const isActions = isMain && this.#navigation.value.page === 'settings';
    if (!isActions) void this.#need().core.client?.request('picture.add', file);
  }

  #onWindow(window: BrowserWindow): void {
    // The overlay's waits until its first picture is there.
    if (process.platform === 'linux' && this.#parts?.overlay) window.setIcon(appIcon());
    this.#parts?.bridge?.attach(window.webContents);
    watchPages(window, (how) => console.error(`page of ${window.getTitle()} ended: ${how}`));
  }

  #need(): ShellParts {
    if (this.#parts === null) throw new Error('the shell was used before it started');
    return this.#parts;
  }
}
