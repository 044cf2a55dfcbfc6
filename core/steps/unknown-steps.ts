import { stepSchema } from '../../contract/atom-steps.ts';

/** A step that this version does not know. */
export interface UnknownStep {
  /** Its place among the steps, from 0. */
  readonly at: number;
  /** What it calls itself. */
  readonly name: string;
}

const known: ReadonlySet<string> = new Set(stepSchema.options.map((option) => option.shape.do.value));
const mostNamed = 50;
const longestName = 60;

/** The steps of a file that a later version may know: they have a name, and it is none of those that there are. */
export function findUnknownSteps(file: unknown): readonly UnknownStep[] {
  const steps = (file as { readonly steps?: unknown } | null)?.steps;
  if (!Array.isArray(steps)) return [];
  return steps.slice(0, mostNamed).flatMap((step: unknown, at) => {
    const name = (step as { readonly do?: unknown } | null)?.do;
    return typeof name === 'string' && name !== '' && name.length <= longestName && !known.has(name)
      ? [{ at, name }]
      : [];
  });
}

/** A file in whose place of each unknown step one stands that does nothing, so that all the rest can be checked. */
export function withoutUnknownSteps(file: unknown, unknown: readonly UnknownStep[]): unknown {
  if (unknown.length === 0) return file;
  const { steps } = file as { readonly steps: readonly unknown[] };
  const places = new Set(unknown.map(({ at }) => at));
  return { ...(file as object), steps: steps.map((step, at) => (places.has(at) ? { do: 'case', to: 'lower' } : step)) };
}
