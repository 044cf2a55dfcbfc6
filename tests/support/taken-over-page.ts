import type { AtomRow } from '../../contract/atom.ts';
import { coreContract } from '../../contract/core.ts';
import { type RendererContract, rendererContract } from '../../contract/renderer.ts';
import type { RulesState } from '../../contract/routes/rules.ts';
import { defaultSettings, type Settings, type SettingsPatch } from '../../contract/settings.ts';
import type { ShellState } from '../../contract/shell.ts';
import { createShellHandlers, type Navigation, type ShellParts } from '../../main/shell/handlers.ts';
import { askingFirst, PageGate, type Permission } from '../../main/shell/page-gate.ts';
import { initialShellState } from '../../main/shell/shell-state.ts';
import { WireClient } from '../../wire/client.ts';
import { createLinkedPair } from '../../wire/linked-pair.ts';
import { type Handlers, serve } from '../../wire/server.ts';
import { StateSource } from '../../wire/state-source.ts';

/** A page that was taken over, before main's own handlers and a core that notes what reaches it. */
export interface Taken {
  readonly agrees: boolean;
  readonly settings?: Partial<Settings>;
  readonly rules?: RulesState;
  readonly atoms?: readonly AtomRow[];
}

export const noRules: RulesState = { list: [], error: null, revision: 1 };

export function takenOver({ agrees, settings: own = {}, rules = noRules, atoms = [] }: Taken) {
  const reached: string[] = [];
  const asked: Permission[] = [];
  const settings = new StateSource<Settings>({ ...defaultSettings, ...own });
  const parts = new Proxy({} as Record<string, unknown>, { get: (_, name) => () => reached.push(String(name)) });
  const shellHandlers = createShellHandlers({
    ...Object.fromEntries(['hideOverlay', 'writeClipboard', 'quit'].map((name) => [name, parts[name]])),
    shell: new StateSource<ShellState>(initialShellState('linux', '45', '1')),
    settings,
    navigation: new StateSource<Navigation>({ page: 'chats', conversationId: null, revision: 0 }),
    changeActionHotkey: () => void reached.push('hotkey'),
    changeSettings: (patch: SettingsPatch) => {
      reached.push(`settings ${Object.keys(patch).join()}`);
      settings.update(patch as Partial<Settings>);
      return settings.value;
    },
  } as unknown as ShellParts);
  const coreHandlers = Object.fromEntries(
    Object.keys(coreContract.requests).map((name) => [
      name,
      () => {
        reached.push(name);
        return null;
      },
    ]),
  );
  const gate = new PageGate({
    settings: () => settings.value,
    rules: () => rules,
    atoms: () => ({ atoms: [...atoms], broken: [] }),
    ask: async (permission) => {
      asked.push(permission);
      return agrees;
    },
  });
  const [left, right] = createLinkedPair();
  const handlers = { ...coreHandlers, ...shellHandlers.requests } as Handlers<RendererContract>['requests'];
  const requests = askingFirst(handlers, gate);
  serve(right, rendererContract, { requests, streams: {}, states: shellHandlers.states } as never);
  const client = new WireClient(left, null);
  return {
    reached,
    asked,
    settings,
    ask: (name: string, input: unknown) => client.request(name as never, input as never),
  };
}
