import type { ModelPurpose } from '../../contract/model.ts';
import type { Settings } from '../../contract/settings.ts';
import { loadCatalogue } from '../../models/catalogue/catalogue.ts';
import { loadSightModel } from '../../models/catalogue/sight-model.ts';
import { nameOfFile } from '../../models/gguf/clean-name.ts';
import { isInstalled } from './model-files.ts';

export interface KnownName {
  readonly name: string;
  readonly purpose: ModelPurpose | 'sight';
  readonly bytes: number | null;
  readonly installed: boolean;
}

/** Names of models as settings and folders alone tell them, for who has no core to ask: no file of a model is opened. */
export function knownNames({ modelId, modelFiles, servers }: Settings, folder: string): readonly KnownName[] {
  const offered = loadCatalogue().flatMap((row) => {
    const installed = isInstalled(row, folder);
    if (row.audience !== 'person' && !installed && row.id !== modelId) return [];
    const { name, purpose, bytes } = row;
    return [{ name, purpose, bytes, installed }];
  });
  const own = [...modelFiles.map((path) => nameOfFile(path)), ...servers.flatMap(({ models }) => models)];
  const { name, detector, recogniser } = loadSightModel();
  const installed = [detector, recogniser].every((file) => isInstalled(file, folder));
  const sight = { name, purpose: 'sight', bytes: detector.bytes + recogniser.bytes, installed } as const;
  return [...offered, sight, ...own.map((name) => ({ name, purpose: 'chat', bytes: null, installed: true }) as const)];
}
