import type { atomsRoutes } from '../../contract/routes/atoms.ts';
import type { Handlers } from '../../wire/server.ts';
import { Atoms } from '../atoms/atoms.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { loadDictionary } from '../pinyin.ts';
import type { CoreBase } from '../surroundings.ts';

/** The actions on text. */
export function composeAtoms({ folders }: CoreBase, conversations: Conversations) {
  const atoms = new Atoms(folders.atoms, () => conversations.actionUse(), loadDictionary);
  atoms.refresh();
  const handlers: Handlers<typeof atomsRoutes> = { requests: {}, streams: {}, states: { atoms: atoms.state } };
  return { atoms, handlers };
}
