import type { AppErrorShape } from '../contract/errors.ts';
import type {
  AtomPlan,
  AtomProof,
  Author,
  Doubt,
  ExampleProof,
  Seal,
  ToldAtom,
  ToldStep,
  Touches,
} from '../contract/sharing.ts';
import type { Language } from './index.ts';
import { sayStep } from './say-step.ts';
import { showHidden, showHiddenInLine } from './show-hidden.ts';

/** The words of `sharing.json` in one language, and the sentence of an error. */
export interface AtomWords {
  readonly language: Language;
  readonly say: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  readonly error: (error: AppErrorShape) => string;
}

/** What else it is called: the words beside its name, and its name in a list of its family. */
export function sayNames({ say, language }: AtomWords, { hint, listedAs }: ToldAtom): string {
  const said = [
    ...(hint === null ? [] : [showHiddenInLine(hint[language])]),
    ...(listedAs === null ? [] : [say('listedAs', { name: showHiddenInLine(listedAs[language]) })]),
  ];
  return said.map((part) => part.slice(0, 300)).join(say('also'));
}

/** What an atom does, a sentence a step. */
export function saySteps(words: AtomWords, steps: readonly ToldStep[]): readonly string[] {
  return steps.map((step) => sayStep(words, step));
}

/** What it may touch, and what nothing of its kind can. */
export function sayTouches({ say }: AtomWords, touches: Touches): readonly string[] {
  const { model, writes, opens, notifies, adds, calls } = touches;
  return [
    ...[say('touch.reads'), say(`touch.model.${model}`), say(`touch.writes.${writes}`)],
    ...(opens ? [say('touch.opens')] : []),
    ...(notifies ? [say('touch.notifies')] : []),
    // No file has this name: it stands for those that called actions name.
    ...adds.map((file) => (file === '*' ? say('touch.addsAny') : say('touch.adds', { file: showHiddenInLine(file) }))),
    ...calls.map((id) => say('touch.calls', { name: showHiddenInLine(id) })),
    say(opens || adds.length > 0 ? 'touch.neverElse' : 'touch.never'),
  ];
}

/** How it would run: types at the edges, questions to a model at worst, whether it may leave this machine. */
export function sayPlan({ say }: AtomWords, { plan, touches }: Pick<ToldAtom, 'plan' | 'touches'>): readonly string[] {
  const { types, calls } = plan;
  const edges = ['text', ...types].map((type) => say(`type.${type}`)).join(' → ');
  return [
    ...(types.length === 0 ? [] : [say('plan.edges', { types: edges })]),
    sayCalls(say, calls),
    ...(calls.most === 0 ? [] : [say('plan.longer')]),
    say(`plan.leaves.${touches.model}`),
  ];
}

function sayCalls(say: AtomWords['say'], { least, most }: AtomPlan['calls']): string {
  if (most === 0) return say('plan.noCalls');
  return least === most ? say('plan.calls', { count: least }) : say('plan.callsUpTo', { most });
}

/** Who made it, as far as a signature tells. */
export function saySeal({ say }: AtomWords, seal: Seal, isHere: 'built-in' | 'own' | 'file'): string {
  if (isHere === 'built-in') return say('seal.builtIn');
  if (seal.state === 'unsigned') return say(isHere === 'own' ? 'seal.yours' : 'seal.unsigned');
  const by = { name: showHiddenInLine(seal.by.name), fingerprint: seal.by.fingerprint };
  if (seal.state === 'changed') return say('seal.changed', by);
  return say(`seal.${seal.standing}`, { ...by, count: seal.others });
}

export function sayOrigin({ say }: AtomWords, { name, fingerprint }: Author): string {
  return say('seal.from', { name: showHiddenInLine(name), fingerprint });
}

/** Why to look twice. What a file says is shown with what is hidden in it. */
export function sayDoubt({ say, language }: AtomWords, { doubt, values }: Doubt): string {
  const { zhName, ...others } = values;
  const named = language === 'zh-CN' && zhName !== undefined ? { ...others, name: zhName } : others;
  const shown = Object.entries(named).map(([name, value]) => [name, showHiddenInLine(value).slice(0, 120)] as const);
  return say(`doubt.${doubt}`, Object.fromEntries(shown));
}

/** Why an example did not come out as its file promises. */
export function sayWrong({ say, error }: AtomWords, { wrong, error: why }: ExampleProof): string {
  if (why !== null) return error(why);
  const reasons = wrong.map((one) =>
    say(`wrong.${one.check}`, 'what' in one ? { what: showHiddenInLine(one.what).slice(0, 80) } : {}),
  );
  return reasons.join(say('also'));
}

export function holds({ wrong, error }: ExampleProof): boolean {
  return error === null && wrong.length === 0;
}

/** What examples came to here: how many held, on which model, how long each took. */
export function sayProof({ say }: AtomWords, { model, examples }: AtomProof): string {
  const own = examples.filter(({ of }) => of === 'new');
  const counted = { held: own.filter(holds).length, count: own.length };
  if (model === null) return say('proof.heldPlain', counted);
  const ms = own.reduce((sum, example) => sum + example.ms, 0) / Math.max(own.length, 1);
  return say('proof.held', { ...counted, model: showHiddenInLine(model.name), each: sayMs(say, ms) });
}

function sayMs(say: AtomWords['say'], ms: number): string {
  if (ms < 1000) return say('proof.ms', { count: Math.round(ms) });
  return say('proof.seconds', { count: ms < 10_000 ? Math.round(ms / 100) / 10 : Math.round(ms / 1000) });
}

/** Examples that did not hold, each with why; those of the version here say that they are broken. */
export function sayFailures(words: AtomWords, { examples }: AtomProof): readonly string[] {
  return examples
    .filter((example) => !holds(example))
    .map((example) => {
      const why = sayWrong(words, example);
      if (example.of === 'here') return words.say('proof.breaks', { why });
      return words.say('proof.failed', { number: example.example + 1, why });
    });
}

/** A name as it is, with what is hidden in it shown. */
export function nameOf({ language }: AtomWords, { name }: Pick<ToldAtom, 'name'>): string {
  return showHidden(name[language]).replaceAll(/\s+/g, ' ').slice(0, 200);
}
