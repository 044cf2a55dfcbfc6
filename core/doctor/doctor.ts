import type { DoctorLine } from '../../contract/doctor.ts';
import { checkAccessibility, checkDisplay, checkHotkey, checkSelection } from './check-desktop.ts';
import { checkEngine, checkFastCopy, checkLibraries, checkLinger, checkModel } from './check-models.ts';
import { checkKeyStore, checkNetwork, checkServers } from './check-reach.ts';
import { checkDatabase, checkDisk, checkRules } from './check-storage.ts';
import type { DoctorParts } from './doctor-parts.ts';
import { graphicsCardLine, line } from './line.ts';

/** Looks at everything the main job needs: each line is ok, or a cause with a next step. */
export async function runDoctor(parts: DoctorParts): Promise<readonly DoctorLine[]> {
  return [
    line('runtime', 'ok', { node: process.versions.node }),
    await checkLibraries(parts),
    await checkDisplay(parts),
    await checkSelection(parts),
    ...(await checkAccessibility(parts)),
    await checkHotkey(parts),
    await checkModel(parts),
    ...checkServers(parts),
    ...(await checkFastCopy(parts)),
    checkEngine(parts),
    ...checkLinger(parts),
    ...(await checkKeyStore(parts)),
    checkDisk(parts),
    ...checkDatabase(parts),
    checkRules(parts),
    await checkNetwork(parts),
    graphicsCardLine(parts.graphicsCard),
  ];
}
