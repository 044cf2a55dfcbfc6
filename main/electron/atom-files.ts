import { basename } from 'node:path';
import type { CoreRelay } from '../core/core-relay.ts';
import type { Dialogs } from './dialogs.ts';

/** Actions as files: which are read and where one goes is chosen in main's own dialogs, so that no page names a path. */
export function createAtomFiles(relay: CoreRelay, dialogs: Pick<Dialogs, 'pickAtoms' | 'chooseAtomPlace'>) {
  return {
    pickAtoms: async () => {
      const chosen = await dialogs.pickAtoms();
      if (chosen.length > 0) await relay.ask('sharing.read', { paths: [...chosen], shown: true });
    },
    /** Signed by core; null when the person chose no place. Nothing that a page asks for is signed without that dialog. */
    exportAtom: async (atomId: string, authorName: string | null) => {
      const path = await dialogs.chooseAtomPlace(`${atomId}.json`);
      if (path === null) return null;
      await relay.ask('sharing.exportTo', { atomId, authorName, path });
      return basename(path);
    },
  };
}
