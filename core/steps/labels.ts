import type { UsedAction } from '../../contract/atom.ts';
import type { Step } from '../../contract/atom-steps.ts';
import {
  type Label,
  type LabelledEdge,
  type LabelPlan,
  type Origin,
  originSchema,
  type Reach,
  type Recipient,
  reaches,
  type Sink,
  type Verdict,
} from '../../contract/label.ts';

/** The label of nothing: joined with another it changes nothing. */
export const noLabel: Label = { from: [], outside: false, reach: 'anywhere' };

/** What is known of a value that was made of several: all that is known of any of them. */
export function joinLabels(...labels: readonly Label[]): Label {
  const all = labels.flatMap(({ from }) => from);
  return {
    from: originSchema.options.filter((origin) => all.includes(origin)),
    outside: labels.some(({ outside }) => outside),
    reach: narrowest(labels.map(({ reach }) => reach)),
  };
}

export function narrowest(all: readonly Reach[]): Reach {
  return reaches[Math.max(0, ...all.map((reach) => reaches.indexOf(reach)))] ?? 'here';
}

/** A value's label by where it comes from alone. What the person wrote, and what a file says, is not from outside. */
export function labelOf(origin: Origin): Label {
  return { ...noLabel, from: [origin], outside: origin !== 'words' && origin !== 'atom' };
}

/** What becomes of a label in a kind of step, and where such a step leads. */
interface Flow {
  /** What the step puts in beside what came to it. */
  readonly adds: readonly Origin[];
  /** Where what comes to it goes beside the next step. */
  readonly sink: Sink | null;
}

const passes: Flow = { adds: [], sink: null };
const addsWords: Flow = { adds: ['atom'], sink: null };

const flows: Readonly<Record<Step['do'], Flow>> = {
  // What a model says is other people's text, also where it was told nothing but the file's own words.
  prompt: { adds: ['atom', 'model'], sink: 'send' },
  case: passes,
  clean: passes,
  replace: addsWords,
  'replace-pattern': addsWords,
  split: passes,
  extract: passes,
  'extract-pattern': passes,
  filter: passes,
  'filter-pattern': passes,
  sort: passes,
  unique: passes,
  reverse: passes,
  join: addsWords,
  'read-table': passes,
  'write-table': passes,
  json: passes,
  // A number that was counted is made of the text all the same: it can decide something.
  count: passes,
  when: { adds: [], sink: 'decide' },
  template: addsWords,
  'open-link': { adds: [], sink: 'open' },
  'append-file': { adds: [], sink: 'append' },
  'new-file': { adds: [], sink: 'append' },
  notify: { adds: [], sink: 'notify' },
  ask: { adds: ['words'], sink: null },
  total: passes,
  calculate: addsWords,
  'find-dates': passes,
  'move-date': addsWords,
  'between-dates': passes,
  // What was hidden may be told by what is left: a label stays as it is.
  redact: passes,
  translate: { adds: ['atom', 'model'], sink: 'send' },
  // Its own steps stand in its place before anything is done; where they are not known, it may have asked a model.
  call: { adds: ['atom', 'model'], sink: null },
};

/** The label of what a step makes of a value. One that is switched off, or that is no step, lets it through. */
export function labelAfter(step: Step | null, came: Label): Label {
  if (step === null || step.off === true) return came;
  return joinLabels(came, ...flows[step.do].adds.map(labelOf));
}

/** The labels of what comes to each step, and out of the last. */
export function labelsAlong(steps: readonly (Step | null)[], first: Label): readonly Label[] {
  const labels = [first];
  for (const step of steps) labels.push(labelAfter(step, labels.at(-1) ?? first));
  return labels;
}

/** What is asked about an edge beside its label. */
export interface Around {
  /** Who gets what is sent; null where that is not known. */
  readonly to: Recipient | null;
  /** A condition that other people's text decided led here. */
  readonly decided: boolean;
}

/**
 * Whether a value may pass an edge. Other people's text never is a target, and never decides alone that something is written: the
 * person is asked, whatever they agreed to before. How far a text may go holds wherever it would leave this machine.
 */
export function judgeEdge(sink: Sink, label: Label, { to, decided }: Around): Verdict {
  switch (sink) {
    case 'send':
      return to === null || mayReach(label.reach, to) ? 'goes' : 'breaks';
    case 'open':
      // Whoever is behind a link gets what stands in it, and nobody knows who that is.
      return label.reach === 'anywhere' ? 'asks' : 'breaks';
    case 'append':
      return decided ? 'asks' : 'goes';
    case 'notify':
      // Some systems show notifications on a telephone as well, and nobody can see from here whether this one does.
      return decided || label.reach !== 'anywhere' ? 'asks' : 'goes';
    case 'write':
      // What is to be written is shown, and put back by a key of the person's.
      return 'asks';
    case 'decide':
      return 'goes';
  }
}

export function mayReach(reach: Reach, { place, training }: Pick<Recipient, 'place' | 'training'>): boolean {
  if (place === 'this-machine' || reach === 'anywhere') return true;
  return reach === 'untrained' && training === 'no';
}

/** Where what comes to a step goes beside the next step; null for nowhere. */
export function sinkOf(step: Step | null): Sink | null {
  return step === null || step.off === true ? null : flows[step.do].sink;
}

export interface LabelledChain {
  readonly steps: readonly (Step | null)[];
  readonly output: UsedAction['output'];
  readonly first: Label;
  readonly to: Recipient | null;
}

/** Where the values of a chain can go, found without running it. */
export function planLabels({ steps, output, first, to }: LabelledChain): LabelPlan {
  const labels = labelsAlong(steps, first);
  const edges: LabelledEdge[] = [];
  let decided = false;
  const judge = (step: number, sink: Sink) => {
    const label = labels[step] ?? first;
    edges.push({ step, sink, label, verdict: judgeEdge(sink, label, { to, decided }) });
    decided ||= sink === 'decide' && label.outside;
  };
  for (const [index, step] of steps.entries()) {
    const sink = sinkOf(step);
    if (sink !== null) judge(index, sink);
  }
  if (output === 'replace') judge(steps.length, 'write');
  return { labels: [...labels], edges, to: edges.some(({ sink }) => sink === 'send') ? to : null };
}
