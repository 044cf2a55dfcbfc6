import { session, shell as shellOfElectron } from 'electron';
import type { DoneThere } from '../../contract/host.ts';
import type { ShellState } from '../../contract/shell.ts';
import type { StateSource } from '../../wire/state-source.ts';
import { CoreProcess } from '../core/core-process.ts';
import type { CoreRelay } from '../core/core-relay.ts';
import { withoutForeignNode } from '../core/foreign-node.ts';
import type { Paths } from '../paths.ts';
import { createHostHandlers } from '../shell/host-handlers.ts';
import { StepAside, type WatchedPerson } from '../shell/step-aside.ts';
import { showFile } from '../viewers/show-file.ts';
import type { Calls } from './calls.ts';
import type { Dialogs } from './dialogs.ts';
import type { KeptSettings } from './kept-settings.ts';
import { Notices } from './notices.ts';
import type { Secrets } from './secrets.ts';
import { writeClipboard } from './write-clipboard.ts';

export interface CoreDeps {
  readonly paths: Paths;
  readonly shell: StateSource<ShellState>;
  readonly settings: KeptSettings;
  readonly secrets: Secrets;
  readonly calls: Calls;
  readonly sayDone: (done: DoneThere) => void;
  readonly sayWaiting: () => void;
  readonly person: WatchedPerson;
  readonly dialogs: Pick<Dialogs, 'openLink' | 'agree'>;
  /** What the shell builds later. */
  readonly relay: () => CoreRelay;
}

/** The core process, not started yet, with what main does for it. */
export function createCore(deps: CoreDeps): CoreProcess {
  const { paths, shell, settings, secrets, calls, sayDone, sayWaiting, person, dialogs, relay } = deps;
  const stepAside = new StepAside({ window: calls, person, sayWaiting });
  const notices = new Notices();
  return new CoreProcess({
    node: paths.node,
    entry: paths.coreEntry,
    env: {
      ...withoutForeignNode(process.env),
      BECKON_PROFILE: paths.profile,
      BECKON_NODE: paths.node,
    },
    hostHandlers: createHostHandlers({
      settings: () => settings.state,
      changeSettings: (patch) => settings.change(patch),
      secrets,
      toggleOverlay: (actionId) => calls.byCommand(actionId),
      stepAside,
      sayDone,
      writeClipboard: (text, html) => void writeClipboard(text, html),
      onCoreStartFailed: (coreError) => shell.update({ coreError }),
      shell: () => shell.value,
      openLink: (url) => dialogs.openLink(url),
      agreeToAdd: ({ newName, ...what }) =>
        dialogs.agree(newName === undefined ? { kind: 'add', ...what } : { kind: 'new', newName, ...what }),
      agreeToNotify: (what) => dialogs.agree({ kind: 'notify', ...what }),
      notify: (what) => notices.show(what),
      showFile: (path, place) =>
        showFile(path, place, {
          platform: process.platform,
          environment: withoutForeignNode(process.env),
          openPath: (opened) => shellOfElectron.openPath(opened),
        }),
      resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    }),
    onClient: (client) => relay().follow(client),
    onStatus: (status) => {
      if (status === 'restarting' || status === 'failed') stepAside.coreEnded();
      shell.update({ core: status, ...(status === 'running' ? { coreError: null } : {}) });
    },
    onLog: (line) => console.log(`core: ${line}`),
  });
}
