import type { ZodType } from 'zod';
import type { Contract } from '../contract/define.ts';
import { isErrorShape } from '../contract/errors.ts';
import { describeIssues } from './issues.ts';

/** A message as its receiver may believe it, or what is wrong with it. */
export type Checked = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly wrong: string };
export type Check = (value: unknown) => Checked;

/** How what comes back by a contract is checked; a name that it does not have has no check that lets anything through. */
export interface Checks {
  readonly output: (name: string) => Check;
  readonly part: (name: string) => Check;
  readonly snapshot: (name: string) => Check;
  readonly patch: (name: string) => Check;
  readonly error: Check;
}

/** A page believes main, which has checked what it passes on. */
const believe: Check = (value) => ({ ok: true, value });
export const noChecks: Checks = {
  output: () => believe,
  part: () => believe,
  snapshot: () => believe,
  patch: () => believe,
  error: believe,
};

export function checksOf(contract: Contract): Checks {
  const patches = new Map<string, ZodType>();
  const patchOf = (name: string) => {
    const made = patches.get(name) ?? contract.states[name]?.snapshot.partial();
    if (made !== undefined) patches.set(name, made);
    return made;
  };
  return {
    output: (name) => check(name, contract.requests[name]?.output),
    part: (name) => check(name, contract.streams[name]?.part),
    snapshot: (name) => check(name, contract.states[name]?.snapshot),
    patch: (name) => check(name, patchOf(name)),
    error: (value) => (isErrorShape(value) ? { ok: true, value } : { ok: false, wrong: 'an error that is none' }),
  };
}

function check(name: string, schema: ZodType | undefined): Check {
  if (schema === undefined) return () => ({ ok: false, wrong: `${name}: nothing is known of it` });
  return (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { ok: true, value: parsed.data };
    return { ok: false, wrong: `${name}: ${describeIssues(parsed.error.issues)}` };
  };
}
