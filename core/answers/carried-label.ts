import type { Step } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import type { Label, LabelPlan, Recipient, Sink, Verdict } from '../../contract/label.ts';
import { judgeEdge, labelAfter, sinkOf } from '../steps/labels.ts';

/** The label of the value that a chain has just now. A plan says what can be; this is asked when it comes about. */
export class CarriedLabel {
  #label: Label;
  #decided = false;

  constructor(first: Label) {
    this.#label = first;
  }

  get label(): Label {
    return this.#label;
  }

  /** Asked before anything is done with the value. Throws `step/label-…`, which name the step, counted from 1. */
  pass(step: Step, index: number, to: Recipient | null): Verdict {
    const sink = sinkOf(step);
    if (sink === null) return 'goes';
    const verdict = judgeEdge(sink, this.#label, { to, decided: this.#decided });
    if (verdict === 'breaks') throw brokenEdge(sink, index, this.#label, to);
    this.#decided ||= sink === 'decide' && this.#label.outside;
    return verdict;
  }

  /** Notes that the step was done. */
  made(step: Step): void {
    this.#label = labelAfter(step, this.#label);
  }
}

/** Throws `step/label-…` for the first edge of a plan that a label forbids: nothing of the chain is begun. */
export function requireUnbroken({ edges, to }: LabelPlan): void {
  const broken = edges.find(({ verdict }) => verdict === 'breaks');
  if (broken !== undefined) throw brokenEdge(broken.sink, broken.step, broken.label, to);
}

function brokenEdge(sink: Sink, index: number, { reach }: Label, to: Recipient | null): AppError {
  const step = index + 1;
  if (sink === 'open') return new AppError('step/label-open', `step ${step} would open a link`, { values: { step } });
  const values = { step, host: to?.host ?? '', context: reach };
  return new AppError('step/label-send', `step ${step} would send it`, { values, action: 'choose-model' });
}
