import { smallModel } from '../../tests/support/beckon-app.ts';
import { TestDisplay } from '../../tests/support/display.ts';
import { sleep } from '../../tests/support/processes.ts';
import { goals } from '../goals.ts';
import { judge, type Measured } from '../results.ts';
import { runtimeName, startBeckon, startFloor } from '../subjects/electron-subjects.ts';
import type { Subject } from '../subjects/subject.ts';
import { startSynapse } from '../subjects/synapse.ts';
import { waitQuiet } from '../tools/machine.ts';
import { type Latency, type Place, Probes, type Trigger } from '../tools/probes.ts';
import { expectResting, firstApplication, warmUp } from '../tools/warm-up.ts';
import type { Area, AreaOptions } from './area.ts';
import { requireModelFile } from './benched-model.ts';
import { keepGenerating } from './keep-generating.ts';

const rofi: Trigger = { kind: 'program', command: ['rofi', '-show', 'run'] };
const typingStartsAfterMs = 10;
const settleMs = 1200;
/** The box one types into and the line under it. */
const typingRows = 60;

interface Contender {
  readonly name: string;
  readonly trigger: Trigger;
  readonly dismiss: string;
  readonly place: Place;
  readonly hasFocus: boolean;
  readonly latencies: Latency[];
}

/** P1, P2, P3 and P5: what a person sees after the hotkey, Beckon and its floors taking turns on one display. */
export const measureOverlay: Area = async (options) => {
  requireModelFile(smallModel);
  const display = await TestDisplay.start();
  const subjects: Subject[] = [];
  try {
    await display.openTerminal(firstApplication);
    const probes = new Probes(display.env);
    const beckon = await startBeckon(display);
    subjects.push(beckon);
    const beckonContender = await contend(display, probes, beckon);
    const floor = await startFloor(display, beckonContender.place.height);
    subjects.push(floor);
    const floorContender = await contend(display, probes, floor);
    const synapse = await startSynapse(display);
    subjects.push(synapse);
    const contenders = [floorContender, await contend(display, probes, synapse), beckonContender];
    const place = await probes.learn(rofi, { settleMs, dismiss: 'Escape' });
    contenders.push({ name: 'rofi', trigger: rofi, dismiss: 'Escape', place, hasFocus: false, latencies: [] });
    const noisyRuns = await takeTurns(display, probes, contenders, options);
    const typed = await measureTypeAhead(display, probes, [floor, beckon], options);
    const busy = await measureWhileGenerating(display, probes, beckon, options);
    return judgeAll(contenders, typed, busy, noisyRuns);
  } finally {
    for (const subject of subjects.reverse()) await subject.stop();
    await display.stop();
  }
};

async function contend(display: TestDisplay, probes: Probes, subject: Subject): Promise<Contender> {
  const { name, keys, dismiss } = subject;
  const place = await warmUp(display, probes, subject);
  return { name, trigger: { kind: 'keys', keys }, dismiss, place, hasFocus: true, latencies: [] };
}

/** One sample of each in every round, so that what drifts on the machine drifts for all. Answers how many were noisy. */
async function takeTurns(
  display: TestDisplay,
  probes: Probes,
  contenders: readonly Contender[],
  { runs, say }: AreaOptions,
) {
  let noisyRuns = 0;
  for (let round = 1; round <= runs; round += 1) {
    for (const { name, trigger, place, dismiss, hasFocus, latencies } of contenders) {
      await expectResting(display, name, dismiss);
      if (!(await waitQuiet())) noisyRuns += 1;
      const latency = await probes.measure(trigger, place, { focus: hasFocus, dismiss });
      if (latency.content < 0) throw new Error(`${name} did not come in round ${round}`);
      latencies.push(latency);
    }
    if (round % 5 === 0) say(`overlay: round ${round} of ${runs}`);
  }
  return noisyRuns;
}

async function measureTypeAhead(
  display: TestDisplay,
  probes: Probes,
  subjects: readonly Subject[],
  { runs, say }: AreaOptions,
) {
  const counts = subjects.map((): number[] => []);
  for (let round = 0; round < runs; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      await expectResting(display, subject.name, subject.dismiss);
      await waitQuiet();
      counts[index]?.push(await probes.typeAhead(subject.keys, typingStartsAfterMs));
    }
  }
  for (const [index, { name }] of subjects.entries()) {
    const whole = counts[index]?.filter((count) => count === 10).length;
    say(`overlay: all 10 letters arrived in ${whole} of ${runs} runs of ${name}`);
  }
  return counts;
}

/** What is watched is the line under the box that one types into: it stays where it is while the answer grows. */
async function measureWhileGenerating(
  display: TestDisplay,
  probes: Probes,
  beckon: Subject,
  { runs, say }: AreaOptions,
): Promise<readonly number[]> {
  const { name, dismiss, keys } = beckon;
  const trigger = { kind: 'keys', keys } as const;
  const generating = keepGenerating(display, beckon);
  const content: number[] = [];
  await generating.ensure();
  const place = await probes.learn(trigger, { settleMs, dismiss, rows: typingRows });
  for (let tries = 0; content.length < runs; tries += 1) {
    if (tries > runs * 4) throw new Error('the engine was never seen generating long enough for a sample');
    await generating.ensure();
    await expectResting(display, name, dismiss);
    await sleep(200 + Math.random() * 200);
    const latency = await probes.measure(trigger, place, { focus: true, dismiss });
    if (latency.content < 0) throw new Error('Beckon did not come while it was generating');
    if (await generating.isBusy()) content.push(latency.content);
  }
  say(`overlay: ${runs} samples while generating`);
  return content;
}

function judgeAll(
  contenders: readonly Contender[],
  [floorTyped = [], typed = []]: readonly (readonly number[])[],
  busy: readonly number[],
  noisyRuns: number,
): readonly Measured[] {
  const [floor, synapse, beckon, rofiRuns] = contenders.map(({ latencies }) => latencies);
  const content = (latencies: readonly Latency[] = []) => latencies.map((latency) => latency.content);
  const focus = (latencies: readonly Latency[] = []) => latencies.map((latency) => latency.focus);
  const subject = runtimeName();
  const shared = { subject, noisyRuns };
  return [
    judge(goals.hotkeyToContent, { ...shared, values: content(beckon), floors: content(floor) }),
    judge(goals.hotkeyToContentRofi, { ...shared, values: content(beckon), floors: content(rofiRuns) }),
    judge(goals.hotkeyToFocus, { ...shared, values: focus(beckon), floors: focus(synapse) }),
    judge(goals.typeAhead, { subject, values: typed, floors: floorTyped }),
    judge(goals.contentWhileGenerating, {
      subject: `${subject}, ${smallModel}`,
      values: busy,
      floors: content(beckon),
    }),
  ];
}
