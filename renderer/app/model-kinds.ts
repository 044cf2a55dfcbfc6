import type { ModelHere, ModelRow } from '../../contract/model.ts';

export function isHere(model: ModelRow): model is ModelHere {
  return model.kind === 'catalogue' || model.kind === 'file';
}

/** Where a model of a server answers; null for one of this machine. */
export function hostOf(model: ModelRow): string | null {
  return model.kind === 'server' ? model.host : null;
}
