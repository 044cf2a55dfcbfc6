import { createContext, useContext, useSyncExternalStore } from 'react';
import type { SnapshotOf, StateName } from '../../contract/define.ts';
import type { RendererContract } from '../../contract/renderer.ts';
import { WireClient } from '../../wire/client.ts';
import type { StateMirror } from '../../wire/state-mirror.ts';
import { createPageChannel, type PageBridge } from '../bridge/page-channel.ts';

type States = RendererContract['states'];
type Mirrors = { readonly [Name in StateName<RendererContract>]: StateMirror<SnapshotOf<States[Name]>> };

/** Everything a page knows of the rest of Beckon: a client to ask, and mirrored states to show. */
export interface Backend {
  readonly client: WireClient<RendererContract>;
  readonly states: Mirrors;
  /** Draws this page larger or smaller, in per cent. */
  readonly drawAt: (percent: number) => void;
}

export function createBackend(bridge: PageBridge): Backend {
  const client = new WireClient<RendererContract>(createPageChannel(bridge), null);
  return {
    client,
    drawAt: (percent) => bridge.drawAt?.(percent),
    states: {
      engine: client.watch('engine'),
      jobs: client.watch('jobs'),
      library: client.watch('library'),
      context: client.watch('context'),
      clips: client.watch('clips'),
      applications: client.watch('applications'),
      atoms: client.watch('atoms'),
      importing: client.watch('importing'),
      backingUp: client.watch('backingUp'),
      putBack: client.watch('putBack'),
      called: client.watch('called'),
      rules: client.watch('rules'),
      grants: client.watch('grants'),
      notices: client.watch('notices'),
      pool: client.watch('pool'),
      lockedKeys: client.watch('lockedKeys'),
      shell: client.watch('shell'),
      settings: client.watch('settings'),
      navigation: client.watch('navigation'),
    },
  };
}

const BackendContext = createContext<Backend | null>(null);
export const BackendProvider = BackendContext.Provider;

export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (backend === null) throw new Error('a view was used outside its provider');
  return backend;
}

export function useClient(): WireClient<RendererContract> {
  return useBackend().client;
}

/** A mirrored state; `undefined` until its first snapshot came. */
export function useMirror<Name extends StateName<RendererContract>>(name: Name): SnapshotOf<States[Name]> | undefined {
  const mirror = useBackend().states[name] as StateMirror<SnapshotOf<States[Name]>>;
  return useSyncExternalStore(mirror.subscribe, mirror.getSnapshot, mirror.getSnapshot);
}
