import type { ModelRow } from '../../contract/model.ts';
import { hostOf } from '../app/model-kinds.ts';
import { isNearby, isThisMachine } from '../app/this-machine.ts';
import type { Row } from './rows.ts';

/** Where a model answers. A server of this machine or of the local network is the person's own; any other is a cloud. */
export type ModelGroup = 'device' | 'servers' | 'cloud';

export interface ModelRowsInput {
  readonly models: readonly ModelRow[];
  /** What is typed, in small letters. */
  readonly query: string;
  /** Also models whose file is not here yet. */
  readonly withMissing: boolean;
  /** The offline lock is on. */
  readonly isLocked: boolean;
}

/** Models to choose among: the one in use first, then by where they answer; what is not here yet is last of its group. */
export function rowsForModels({ models, query, withMissing, isLocked }: ModelRowsInput): readonly Row[] {
  const groups: readonly ModelGroup[] = ['device', 'servers', 'cloud'];
  const found = models.filter(
    (model) => (model.installed || withMissing) && `${model.name} ${hostOf(model) ?? ''}`.toLowerCase().includes(query),
  );
  const inUse = found.find(({ chosen }) => chosen);
  const first = inUse === undefined ? null : groupOf(inUse);
  const order = [...groups].sort((one, other) => Number(other === first) - Number(one === first));
  return order.flatMap((group) => {
    const rank = ({ chosen, installed }: ModelRow) => (chosen ? 0 : installed ? 1 : 2);
    const members = found.filter((model) => groupOf(model) === group);
    return [...members]
      .sort((one, other) => rank(one) - rank(other))
      .map((model) => ({
        ...{ kind: 'model' as const, id: `model-${model.id}`, model, group },
        isClosed: isLocked && isElsewhere(model),
      }));
  });
}

/** Another machine has to be asked: for its file, or for its answer. */
function isElsewhere(model: ModelRow): boolean {
  return model.kind === 'server' ? !isThisMachine(model.host) : !model.installed;
}

function groupOf(model: ModelRow): ModelGroup {
  if (model.kind !== 'server') return 'device';
  return isNearby(model.host) ? 'servers' : 'cloud';
}
