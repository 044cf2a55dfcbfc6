import { TestDisplay } from '../../tests/support/display.ts';
import { goals } from '../goals.ts';
import { judge } from '../results.ts';
import { type ElectronStart, prepareBeckon, prepareFloor, runtimeName } from '../subjects/electron-subjects.ts';
import { endTree } from '../subjects/subject.ts';
import { waitQuiet } from '../tools/machine.ts';
import { type Place, Probes } from '../tools/probes.ts';
import type { Area } from './area.ts';

const timeoutMs = 20_000;
/** Chromium's own children end a moment after it; the next start must not meet them. */
const settleMs = 4000;

/**
 * P6: from starting the program to its content on the screen, each time with a profile that has never been used (Beckon
 * shows itself at its first start). The files are in the disk cache.
 */
export const measureStart: Area = async ({ runs, say }) => {
  const display = await TestDisplay.start();
  try {
    await display.openTerminal();
    const probes = new Probes(display.env);
    const prepareFirst = () => prepareBeckon(display, { settings: { firstRunDone: false } });
    const place = await learnStart(probes, prepareFirst());
    const prepareBare = () => prepareFloor(display, place.height, true);
    const sides = [
      { prepare: prepareBare, place: await learnStart(probes, prepareBare()), content: [] as number[] },
      { prepare: prepareFirst, place, content: [] as number[] },
    ] as const;
    let noisyRuns = 0;
    for (let round = 1; round <= runs; round += 1) {
      for (const side of sides) {
        if (!(await waitQuiet())) noisyRuns += 1;
        side.content.push(await startOnce(probes, side.prepare(), side.place));
      }
      if (round % 5 === 0) say(`start: round ${round} of ${runs}`);
    }
    const [floor, beckon] = sides;
    return [
      judge(goals.coldStart, { values: beckon.content, floors: floor.content, subject: runtimeName(), noisyRuns }),
    ];
  } finally {
    await display.stop();
  }
};

async function learnStart(probes: Probes, { command, env, clear }: ElectronStart): Promise<Place> {
  const place = await probes.learn({ kind: 'program', command }, { settleMs, env });
  await endTree(place.pid);
  clear();
  return place;
}

async function startOnce(probes: Probes, { command, env, clear }: ElectronStart, place: Place): Promise<number> {
  const { content, pid } = await probes.measure({ kind: 'program', command }, place, { focus: true, env, timeoutMs });
  await endTree(pid);
  clear();
  if (content < 0) throw new Error(`nothing was seen ${timeoutMs} ms after a start`);
  return content;
}
