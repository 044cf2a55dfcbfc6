import type { DoctorLine } from '../../contract/doctor.ts';
import { toErrorShape } from '../../contract/errors.ts';
import { isHere } from '../../contract/model.ts';
import { othersWrite } from '../own-folder.ts';
import type { DoctorParts } from './doctor-parts.ts';
import { line } from './line.ts';

export async function checkLibraries({ probeEngine }: DoctorParts): Promise<DoctorLine> {
  try {
    await probeEngine();
    return line('libraries', 'ok');
  } catch (error) {
    return line('libraries', 'failed', {}, toErrorShape(error));
  }
}

export async function checkModel({ models, modelFolder }: DoctorParts): Promise<DoctorLine> {
  const chosen = (await models()).find((row) => row.chosen);
  if (chosen === undefined)
    return line('model', 'failed', {}, { code: 'model/none', message: 'none installed', action: 'get-model' });
  if (!isHere(chosen)) return line('model', 'ok', { model: chosen.name, needBytes: 0, freeBytes: 0 });
  const values = { model: chosen.name, needBytes: chosen.needBytes ?? 0, freeBytes: chosen.freeBytes ?? 0 };
  if (chosen.fit === 'no') {
    const error = {
      code: 'model/too-large-for-memory',
      message: 'does not fit',
      values,
      action: 'choose-model',
    } as const;
    return line('model', 'failed', values, error);
  }
  // A model is no code, and may be shared on purpose: it is told, and used.
  if (othersWrite(modelFolder)) {
    const error = { code: 'model/others-can-write', message: modelFolder, values: { folder: modelFolder } } as const;
    return line('model', 'warning', { ...values, context: 'shared' }, error);
  }
  return line('model', chosen.fit === 'tight' ? 'warning' : 'ok', values);
}

/** Whether the model that answers could answer sooner; no line where it could not. */
export async function checkFastCopy({ models }: DoctorParts): Promise<readonly DoctorLine[]> {
  const chosen = (await models()).filter(isHere).find((row) => row.chosen);
  if (!chosen?.fastCopy) return [];
  const values = { model: chosen.name, id: chosen.id };
  return [line('fast-copy', chosen.fastCopy.status === 'ready' ? 'ok' : 'warning', values)];
}

export function checkEngine({ engine }: DoctorParts): DoctorLine {
  const { status, error, networkOff } = engine();
  return line(
    'engine',
    status === 'failed' ? 'failed' : 'ok',
    { status, networkOff: networkOff === null ? '' : Number(networkOff) },
    error,
  );
}

/** What stays in memory after a command of a terminal; no line behind the app. */
export function checkLinger({ host }: DoctorParts): readonly DoctorLine[] {
  const lingering = host.lingering?.();
  if (lingering === undefined) return [];
  const { seconds, model, heldBack } = lingering;
  const context = heldBack ?? (model === null ? 'none' : 'here');
  return [line('linger', 'ok', { seconds, model: model ?? '', context })];
}
