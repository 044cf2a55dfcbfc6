import { joinRoutes } from '../../contract/join-routes.ts';
import type { atomsRoutes } from '../../contract/routes/atoms.ts';
import type { Handlers } from '../../wire/server.ts';
import { Atoms } from '../atoms/atoms.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { InstalledModels } from '../models/installed-models.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import { loadDictionary } from '../pinyin.ts';
import type { CoreBase } from '../surroundings.ts';
import { composeSharing } from './sharing.ts';

export interface AtomsNeeds {
  readonly conversations: Conversations;
  readonly models: ModelChoice;
  readonly installed: InstalledModels;
}

/** The actions on text, those that are given and taken among them. */
export function composeAtoms(base: CoreBase, { conversations, models, installed }: AtomsNeeds) {
  const atoms = new Atoms(base.folders.atoms, () => conversations.actionUse(), loadDictionary);
  atoms.refresh();
  const own: Handlers<typeof atomsRoutes> = { requests: {}, streams: {}, states: { atoms: atoms.state } };
  const handlers = joinRoutes(own, composeSharing(base, { atoms, models, installed }).handlers);
  return { atoms, handlers };
}
