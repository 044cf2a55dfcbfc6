import { TestDisplay } from '../../tests/support/display.ts';
import { sleep } from '../../tests/support/processes.ts';
import { goals } from '../goals.ts';
import { judge } from '../results.ts';
import { emptyModels, runtimeName, startBeckon, startFloor } from '../subjects/electron-subjects.ts';
import type { Subject } from '../subjects/subject.ts';
import { tickMs, treeUse } from '../tools/machine.ts';
import { Probes } from '../tools/probes.ts';
import { firstApplication, warmUp } from '../tools/warm-up.ts';
import type { Area } from './area.ts';

const starts = 4;
const settleMs = 12_000;
const lookMs = 3000;

interface Idle {
  readonly memory: number[];
  readonly shellMemory: number[];
  /** Share of one core in per cent. */
  readonly processor: number[];
}

/**
 * P7 and P8: shown once, hidden again, left alone. The floor and Beckon are never up together, because programs that
 * share pages make each other look smaller. There is no model, so none is loaded.
 */
export const measureIdle: Area = async ({ runs, say }) => {
  const floor: Idle = { memory: [], shellMemory: [], processor: [] };
  const beckon: Idle = { memory: [], shellMemory: [], processor: [] };
  for (let start = 1; start <= starts; start += 1) {
    const looks = Math.ceil(runs / starts);
    const height = await withDisplay(startWithoutModel, beckon, looks);
    await withDisplay((display) => startFloor(display, height), floor, looks);
    say(`idle: start ${start} of ${starts}`);
  }
  const subject = runtimeName();
  return [
    judge(goals.idleProcessor, { values: beckon.processor, floors: floor.processor, subject }),
    judge(goals.idleMemory, { values: beckon.memory, floors: floor.memory, subject }),
    judge(goals.idleShellMemory, { values: beckon.shellMemory, floors: floor.memory, subject }),
  ];
};

function startWithoutModel(display: TestDisplay): Promise<Subject> {
  return startBeckon(display, { models: emptyModels(display), settings: { offline: true, modelId: null } });
}

/** Answers how tall the window was. */
async function withDisplay(
  start: (display: TestDisplay) => Promise<Subject>,
  idle: Idle,
  looks: number,
): Promise<number> {
  const display = await TestDisplay.start();
  try {
    await display.openTerminal(firstApplication);
    const subject = await start(display);
    try {
      const { height } = await warmUp(display, new Probes(display.env), subject);
      await sleep(settleMs);
      await look(subject, idle, looks);
      return height;
    } finally {
      await subject.stop();
    }
  } finally {
    await display.stop();
  }
}

async function look(subject: Subject, idle: Idle, looks: number): Promise<void> {
  const isShell = (command: string) => !/(core|desktop|engine)(\.mjs|\/entry\.ts)/.test(command);
  for (let count = 0; count < looks; count += 1) {
    const before = treeUse(subject.pid, isShell);
    await sleep(lookMs);
    const after = treeUse(subject.pid, isShell);
    const engine = after.commands.find((command) => /engine(\.mjs|\/entry\.ts)/.test(command));
    if (engine !== undefined) throw new Error(`${subject.name} started its engine although there is no model`);
    idle.processor.push((100 * (after.ticks - before.ticks) * tickMs) / lookMs);
    idle.memory.push(after.memory);
    idle.shellMemory.push(after.ownMemory);
  }
}
