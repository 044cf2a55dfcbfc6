import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, globalShortcut, Menu, nativeTheme, session } from 'electron';
import { DisposableStore } from '../../contract/disposable.ts';
import type { Settings, SettingsPatch } from '../../contract/settings.ts';
import type { ShellState } from '../../contract/shell.ts';
import { StateSource } from '../../wire/state-source.ts';
import { CoreProcess } from '../core/core-process.ts';
import { CoreRelay } from '../core/core-relay.ts';
import { Timer } from '../disposable-timer.ts';
import { ActionHotkeys } from '../hotkey/action-hotkeys.ts';
import { Hotkeys } from '../hotkey/hotkeys.ts';
import type { PassedKeys } from '../hotkey/passed-keys.ts';
import type { Paths } from '../paths.ts';
import { createShellHandlers, type Navigation } from '../shell/handlers.ts';
import { createHostHandlers } from '../shell/host-handlers.ts';
import { PageGate } from '../shell/page-gate.ts';
import { initialShellState, languageOf, withProof } from '../shell/shell-state.ts';
import { StepAside } from '../shell/step-aside.ts';
import { createWords, type Words } from '../shell/words.ts';
import { MainWindow } from '../windows/main-window.ts';
import { Overlay } from '../windows/overlay.ts';
import { WindowRegistry } from '../windows/registry.ts';
import { appIcon } from './app-icon.ts';
import type { Bridge } from './bridge.ts';
import { Dialogs } from './dialogs.ts';
import { DroppedFiles } from './dropped-files.ts';
import { lockSession } from './hardening.ts';
import { setLaunchAtLogin } from './launch-at-login.ts';
import { createPageBridge } from './page-bridge.ts';
import { watchPages } from './page-watch.ts';
import { Secrets } from './secrets.ts';
import { SettingsFile } from './settings-file.ts';
import type { ShellParts } from './shell-parts.ts';
import { createSystemKeys, isWayland, isX11 } from './system-keys.ts';
import { TrayIcon } from './tray.ts';

const shutDownLimitMs = 3000;
const restAfterMs = 60;
const focusLimitMs = 25;
const warmAfterMs = 30;

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
  readonly #dialogs = new Dialogs({
    registry: () => this.#need().registry,
    overlay: () => this.#need().overlay,
    words: () => this.#say(),
  });
  readonly #rest = this.#store.add(new Timer());
  readonly #warming = this.#store.add(new Timer());
  readonly #stepAside = new StepAside({
    visible: () => this.#parts?.overlay?.visible === true,
    show: () => this.showOverlay(),
    hide: () => this.#parts?.overlay?.hide(),
  });
  readonly #keys: PassedKeys;
  readonly #actionHotkeys: ActionHotkeys;
  #parts: ShellParts | null = null;
  #words: Words | null = null;
  #tray: TrayIcon | null = null;
  #quitting = false;

  constructor(paths: Paths) {
    this.#paths = paths;
    const overlay = () => this.#parts?.overlay ?? null;
    this.#keys = this.#store.add(createSystemKeys({ node: paths.node, entry: paths.keysEntry, overlay }));
    const onPressed = (actionId: string) => this.toggleOverlay(actionId);
    this.#actionHotkeys = this.#store.add(new ActionHotkeys(this.#keys, onPressed));
  }

  start(): void {
    const file = new SettingsFile(this.#paths.profile, () => new Date());
    const settings = new StateSource<Settings>(file.value);
    const secrets = new Secrets(this.#paths.profile);
    lockSession(this.#paths.renderer);
    if (process.platform !== 'darwin') Menu.setApplicationMenu(null);

    const registry: WindowRegistry = new WindowRegistry(this.#paths.preload, (window) => this.#onWindow(window));
    const core = this.#createCore(secrets);
    const relay = new CoreRelay(
      () => core.client,
      () => this.#shell.value.core !== 'failed',
    );
    this.#parts = { file, settings, secrets, registry, core, relay, bridge: null, overlay: null, hotkeys: null };
    this.#applyLook(file.value);
    const bridge = this.#store.add(this.#createBridge(registry, relay));
    this.#parts.bridge = bridge;
    this.#store.add(
      new DroppedFiles({
        takesFiles: (id) => registry.kindOf(id) === 'overlay' && this.#parts?.overlay?.visible === true,
        onFiles: (paths) => this.#addFiles(paths),
      }),
    );
    const overlay = this.#createOverlay(registry);
    this.#parts.overlay = overlay;
    const mainWindow = new MainWindow(registry, () => this.#shell.value.theme);
    this.#parts.showMainWindow = () => void mainWindow.show();
    const hotkeys = this.#createHotkeys();
    this.#parts.hotkeys = hotkeys;
    hotkeys.start(file.value.hotkey);
    this.#shell.update({
      refusedActionHotkeys: this.#actionHotkeys.start(file.value.actionHotkeys),
      settingsError: file.error,
      firstRun: !file.value.firstRunDone,
      overlay: { ...this.#shell.value.overlay, pinned: file.value.pinned },
    });
    this.#whenShown(overlay, core);
    nativeTheme.on('updated', () => {
      const theme = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
      if (theme !== this.#shell.value.theme) this.#shell.update({ theme });
    });
    app.on('before-quit', (event) => this.#onQuit(event));
  }

  /** Shows the overlay at the first start, and starts what it can do without once it is drawn. */
  #whenShown({ window: { webContents } }: Overlay, core: CoreProcess): void {
    const showFirst = () => {
      if (this.#shell.value.firstRun || this.#shell.value.hotkey.error !== null) this.showOverlay();
    };
    // The page's first picture, a box that takes keys, needs none of its scripts. Wayland maps no window without one.
    if (isWayland()) webContents.once('dom-ready', showFirst);
    else webContents.once('did-navigate', showFirst);
    // A breath later, so that the first picture does not share the processor with what is not needed for it.
    webContents.once('did-finish-load', () => this.#rest.set(restAfterMs, () => this.#startRest(core)));
  }

  /** With an action: shows it, and core has the action run on what is selected; no page has to be there for that. */
  toggleOverlay(actionId?: string): boolean {
    if (actionId !== undefined) {
      this.showOverlay();
      const questionId = `m-${randomUUID()}`;
      void this.#afterCall(() => this.#need().relay.ask('action.call', { questionId, actionId }));
      return true;
    }
    const visible = this.#parts?.overlay?.toggle() ?? false;
    if (visible) void this.#afterCall(() => this.#need().core.client?.request('context.capture', {}));
    return visible;
  }

  showOverlay(): void {
    this.#parts?.overlay?.show();
  }

  /** What is not needed to show the overlay waits until it is there. */
  #startRest(core: CoreProcess): void {
    core.start();
    if (isX11()) this.#keys.start();
    if (process.platform === 'linux') this.#need().overlay?.window.setIcon(appIcon());
    this.#tray = this.#store.add(
      new TrayIcon(this.#say().tray(), {
        show: () => this.showOverlay(),
        settings: () => this.#openPage('settings'),
        quit: () => app.quit(),
      }),
    );
    this.#shell.update({ keyStore: this.#need().secrets.keyStore });
  }

  #createCore(secrets: Secrets): CoreProcess {
    return new CoreProcess({
      node: this.#paths.node,
      entry: this.#paths.coreEntry,
      env: {
        ...process.env,
        BECKON_PROFILE: this.#paths.profile,
        BECKON_NODE: this.#paths.node,
        ELECTRON_RUN_AS_NODE: undefined,
      },
      hostHandlers: createHostHandlers({
        settings: () => this.#need().settings,
        changeSettings: (patch) => this.#changeSettings(patch),
        secrets,
        toggleOverlay: (actionId) => this.#toggleByCommand(actionId),
        stepAside: this.#stepAside,
        writeClipboard: (text) => clipboard.writeText(text),
        onCoreStartFailed: (coreError) => this.#shell.update({ coreError }),
        shell: () => this.#shell.value,
        resolveProxy: (url) => session.defaultSession.resolveProxy(url),
      }),
      onClient: (client) => this.#need().relay.follow(client),
      onStatus: (status) => {
        if (status === 'restarting' || status === 'failed') this.#stepAside.coreEnded();
        this.#shell.update({ core: status, ...(status === 'running' ? { coreError: null } : {}) });
      },
      onLog: (line) => console.log(`core: ${line}`),
    });
  }

  #createShellHandlers(): ReturnType<typeof createShellHandlers> {
    return createShellHandlers({
      shell: this.#shell,
      settings: this.#need().settings,
      navigation: this.#navigation,
      hideOverlay: () => this.#parts?.overlay?.hide(),
      resizeOverlay: (height) => this.#parts?.overlay?.resize(height),
      moveOverlay: (x, y) => this.#parts?.overlay?.moveBy(x, y),
      showMainWindow: () => this.#parts?.showMainWindow?.(),
      changeSettings: (patch) => this.#changeSettings(patch),
      changeHotkey: (accelerator) => {
        const hotkey = this.#need().hotkeys?.change(accelerator);
        if (hotkey !== undefined) this.#changeSettings({ hotkey, hotkeyProvedAt: null });
      },
      changeActionHotkey: (actionId, accelerator) => {
        const { hotkey } = this.#need().file.value;
        this.#changeSettings({ actionHotkeys: this.#actionHotkeys.change(actionId, accelerator, hotkey) });
        const refusedActionHotkeys = this.#shell.value.refusedActionHotkeys.filter((id) => id !== actionId);
        this.#shell.update({ refusedActionHotkeys });
      },
      listenForHotkey: (listening) => {
        this.#parts?.hotkeys?.listen(listening);
        this.#actionHotkeys.listen(listening);
      },
      pickModelFile: () => this.#dialogs.pickModelFile(),
      addModelFile: async (path) => {
        const client = this.#need().core.client;
        if (client === null) throw new Error('core is not running');
        return client.call('model.addFile', { path });
      },
      pickFiles: () => this.#pickFiles(),
      copy: (text) => this.#copy(text),
      openLink: (url) => this.#dialogs.openLink(url),
      restartCore: () => this.#need().core.startAgain(),
      quit: () => app.quit(),
    });
  }

  #createBridge(registry: WindowRegistry, relay: CoreRelay): Bridge {
    const gate = new PageGate({
      settings: () => this.#need().file.value,
      ask: (permission) => this.#dialogs.agree(permission),
    });
    return createPageBridge(registry, relay.handlers(), this.#createShellHandlers(), gate);
  }

  #createOverlay(registry: WindowRegistry): Overlay {
    return this.#store.add(
      new Overlay({
        registry,
        platform: process.platform,
        isPinned: () => this.#need().file.value.pinned,
        draggedPosition: (displayId) => this.#need().file.value.overlayPositions[displayId],
        onDragged: (displayId, position) =>
          this.#changeSettings({
            overlayPositions: { ...this.#need().file.value.overlayPositions, [displayId]: position },
          }),
        pointerPressed: async () => {
          const answer = await this.#need().core.client?.request('pointer.pressed', {});
          return answer?.ok ? answer.value : null;
        },
        onState: (state) => {
          this.#shell.update({ overlay: { ...this.#shell.value.overlay, ...state } });
          this.#keys.follow(state.visible ? (this.#parts?.overlay?.nativeWindow ?? null) : null);
        },
      }),
    );
  }

  #createHotkeys(): Hotkeys {
    const onPressed = () => {
      if (!this.#isAsking()) this.toggleOverlay();
      setImmediate(() => this.#afterHotkey());
    };
    return this.#store.add(
      new Hotkeys(
        this.#keys,
        onPressed,
        (state) => this.#shell.update({ hotkey: withProof(state, this.#need().file.value, isWayland()) }),
        isWayland() ? `"${this.#paths.node}" "${this.#paths.cliEntry}" toggle` : null,
      ),
    );
  }

  /** Whether the box that asks for the first press stands: it stays and goes on. */
  #isAsking(): boolean {
    return this.#shell.value.firstRun && this.#need().overlay?.visible === true;
  }

  #toggleByCommand(actionId?: string): boolean {
    const visible = (isWayland() && this.#isAsking()) || this.toggleOverlay(actionId);
    if (isWayland() && this.#need().file.value.toggleProvedAt === null)
      this.#changeSettings({ toggleProvedAt: Date.now() });
    return visible;
  }

  #afterHotkey(): void {
    if (this.#need().file.value.hotkeyProvedAt === null) this.#changeSettings({ hotkeyProvedAt: Date.now() });
  }

  /** What a call begins beside the window: the selection is looked for, the model wakes. */
  async #afterCall(capture: () => Promise<unknown> | undefined): Promise<void> {
    const { core, overlay } = this.#need();
    // Until the window has the keyboard the processor is for the display alone: when the capture began at the key, a letter
    // typed 10 ms after it was lost in about one run of fifteen (docs/decisions/0014).
    await overlay?.untilFocused(focusLimitMs);
    // Reading a model file takes a processor for itself, which the first picture still needs.
    this.#warming.set(warmAfterMs, () => void core.client?.request('engine.warm', {}));
    // Where core gave up, the window says so.
    await capture()?.catch(() => {});
    overlay?.selectionRead();
  }

  #changeSettings(patch: SettingsPatch): Settings {
    const { file, settings } = this.#need();
    const before = file.value;
    const next = file.set(patch);
    settings.update(next);
    this.#applyLook(next);
    const { hotkey, overlay } = this.#shell.value;
    this.#shell.update({
      firstRun: !next.firstRunDone,
      hotkey: withProof(hotkey, next, isWayland()),
      overlay: overlay.pinned === next.pinned ? overlay : { ...overlay, pinned: next.pinned },
    });
    if (before.launchAtLogin !== next.launchAtLogin) this.#setLaunchAtLogin(next.launchAtLogin);
    return next;
  }

  #applyLook(settings: Settings): void {
    nativeTheme.themeSource = settings.theme;
    const language = settings.language === 'system' ? languageOf(app.getLocale()) : settings.language;
    this.#shell.update({ language, theme: nativeTheme.shouldUseDarkColors ? 'dark' : 'light' });
    if (this.#tray === null) return;
    this.#words = null;
    this.#tray.setWords(this.#say().tray());
  }

  #setLaunchAtLogin(on: boolean): void {
    const command = app.isPackaged ? [process.execPath] : [process.execPath, app.getAppPath()];
    if (process.argv.includes('--no-sandbox')) command.push('--no-sandbox');
    const configFolder = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
    setLaunchAtLogin(on, { platform: process.platform, configFolder, command });
  }

  #openPage(page: Navigation['page']): void {
    this.#navigation.update({ page, conversationId: null, revision: this.#navigation.value.revision + 1 });
    this.#parts?.showMainWindow?.();
  }

  async #pickFiles(): Promise<void> {
    const paths = await this.#dialogs.pickFiles();
    if (paths.length > 0) this.#addFiles(paths);
  }

  /** Chips come at once, by the context's state; how each ends is said there too. */
  #addFiles(paths: readonly string[]): void {
    void this.#need().core.client?.request('file.add', { paths: [...paths], shown: true });
  }

  /** Electron's own way takes the selection of the person along on X11, so it is the last one there. */
  async #copy(text: string): Promise<void> {
    const copied = await this.#need().core.client?.request('clipboard.copy', { text });
    if (!copied?.ok || !copied.value) clipboard.writeText(text);
  }

  /** Main's own words, made when the first of them is needed: after the first picture. */
  #say(): Words {
    this.#words ??= createWords(this.#shell.value.language);
    return this.#words;
  }

  #onWindow(window: BrowserWindow): void {
    // The overlay's waits until its first picture is there.
    if (process.platform === 'linux' && this.#parts?.overlay) window.setIcon(appIcon());
    this.#parts?.bridge?.attach(window.webContents);
    watchPages(window, (how) => console.error(`page of ${window.getTitle()} ended: ${how}`));
  }

  #onQuit(event: Electron.Event): void {
    if (this.#quitting) return;
    event.preventDefault();
    this.#quitting = true;
    void this.#need()
      .core.stop(shutDownLimitMs)
      .finally(() => {
        this.#store.dispose();
        this.#need().registry.dispose();
        globalShortcut.unregisterAll();
        app.exit(0);
      });
  }

  #need(): ShellParts {
    if (this.#parts === null) throw new Error('the shell was used before it started');
    return this.#parts;
  }
}
