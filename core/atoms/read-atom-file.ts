import type * as z from 'zod';
import { type AtomFile, atomFileSchema } from '../../contract/atom.ts';
import type { AtomFault } from '../../contract/atom-edit.ts';
import { type Permissions, permissionsSchema } from '../../contract/atom-shared.ts';
import { type Step, type StepType, stepSchema } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import { twiceInJson } from '../../contract/json-twice.ts';
import { whyNoSchema } from '../../models/json-schema/read-schema.ts';
import { fileFaultOf, placeOf } from '../file-fault.ts';
import { portOf, typeAfter } from '../steps/plan-steps.ts';
import { requireHonest } from '../steps/touches.ts';
import { findUnknownSteps, withoutUnknownSteps } from '../steps/unknown-steps.ts';
import { lineAt, lineOfPath } from './json-lines.ts';

/** Most that is said of one file. */
const mostFaults = 20;

/**
 * An action's file, checked. Throws `action/broken-file` with the file's name, the line and what is wrong there,
 * `atom/unknown-step` for what another version can run, and `atom/claims-less`.
 */
export function readAtomFile(text: string, file: string): AtomFile {
  const read = judgeAtomFile(text);
  if ('atom' in read) {
    requireHonest(read.atom, file);
    return read.atom;
  }
  requireKnownSteps(text, file);
  const [{ line, reason, cause }] = read.faults;
  throw new AppError('action/broken-file', `${file}:${line}: ${reason}`, {
    values: { file, line, reason: reason.slice(0, 200), ...cause },
  });
}

/** Throws `atom/unknown-step` for a file in which only steps are wrong that another version may know. */
function requireKnownSteps(text: string, file: string): void {
  const json = parseJson(text);
  if ('fault' in json) return;
  const unknown = findUnknownSteps(json.value);
  const [first] = unknown;
  const parsed = atomFileSchema.safeParse(withoutUnknownSteps(json.value, unknown));
  if (first === undefined || !parsed.success) return;
  const { at, name } = first;
  // It is kept for a version that knows the step.
  throw new AppError('atom/unknown-step', `${file}: ${name}`, {
    values: { file, name, step: at + 1, id: parsed.data.id },
  });
}

/** What a text says as an action's file, or all that is wrong with it. */
export function judgeAtomFile(
  text: string,
): { readonly atom: AtomFile } | { readonly faults: readonly [AtomFault, ...AtomFault[]] } {
  const json = parseJson(text);
  if ('fault' in json) return { faults: [json.fault] };
  const parsed = atomFileSchema.safeParse(json.value);
  if (!parsed.success) {
    const found = parsed.error.issues.slice(0, mostFaults).map((issue) => faultOf(issue, json.value, text));
    const [first = { line: 1, path: [], reason: 'file: wrong', cause: { fault: 'other' } }, ...others] = found;
    return { faults: [first, ...others] };
  }
  const unfit =
    parsed.data.atom === 1 ? null : (unfitSchema(parsed.data.steps, text) ?? unfitStep(parsed.data.steps, text));
  return unfit === null ? { atom: parsed.data } : { faults: [unfit] };
}

/** The steps that a text has, whatever else is wrong with it; null for each that is none. An action is a chain of one. */
export function stepsIn(text: string): readonly (Step | null)[] {
  const json = parseJson(text);
  const value = 'value' in json ? json.value : null;
  if (typeof value !== 'object' || value === null) return [];
  const { atom, steps, prompt, sampling, maxTokens } = value as Readonly<Record<string, unknown>>;
  const own = {
    prompt,
    ...(sampling === undefined ? {} : { sampling }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  };
  const found = atom === 1 ? [{ do: 'prompt', ...own }] : steps;
  if (!Array.isArray(found)) return [];
  return found.slice(0, 50).map((step) => stepSchema.safeParse(step).data ?? null);
}

/** The id that a text says, and what it allows itself, whatever else is wrong with it. */
export function stampOf(text: string): { readonly id?: string; readonly permissions?: Permissions } {
  const json = parseJson(text);
  if (!('value' in json)) return {};
  const { id, permissions } = (json.value ?? {}) as Readonly<Record<string, unknown>>;
  const allowed = permissionsSchema.safeParse(permissions).data;
  return { ...(typeof id === 'string' ? { id } : {}), ...(allowed === undefined ? {} : { permissions: allowed }) };
}

/** Whether a text says that its result stands for the text it is made from. */
export function replacesIn(text: string): boolean {
  const json = parseJson(text);
  return 'value' in json && (json.value as { readonly output?: unknown } | null)?.output === 'replace';
}

/** What comes to each step, and out of the last; null behind one that is wrong or does not fit. */
export function typesAlong(steps: readonly (Step | null)[]): readonly (StepType | null)[] {
  const types: (StepType | null)[] = ['text'];
  for (const step of steps) {
    const got = types.at(-1) ?? null;
    types.push(got === null || step === null ? null : typeAfter(step, got));
  }
  return types;
}

/** The first step that gets what it does not take. */
function unfitStep(steps: readonly Step[], text: string): AtomFault | null {
  const types = typesAlong(steps);
  const at = types.indexOf(null) - 1;
  const step = steps[at];
  const got = types[at];
  if (step === undefined || got === undefined || got === null) return null;
  const path = ['steps', String(at)];
  const { takes } = portOf(step);
  const reason = `steps.${at}: ${step.do} takes ${takes.join(' or ')}, and gets ${got}`;
  const cause = { fault: 'takes', step: at + 1, does: step.do, takes: takes.join(' '), got } as const;
  return { line: lineOfPath(text, [...path, 'do']), path, reason, cause };
}

/** The first schema that no answer could be held to. */
function unfitSchema(steps: readonly Step[], text: string): AtomFault | null {
  for (const [at, step] of steps.entries()) {
    if (step.do !== 'prompt' || step.schema === undefined) continue;
    const refused = whyNoSchema(step.schema);
    if (refused === null) continue;
    const path = ['steps', String(at), 'schema', ...refused.path.split('/').slice(1)];
    const reason = `steps.${at}.schema${refused.path}: ${refused.keyword}: ${refused.reason}`;
    const cause = { fault: 'keyword', step: at + 1, field: 'schema', keyword: refused.keyword } as const;
    return { line: lineOfPath(text, path), path, reason, cause };
  }
  return null;
}

function faultOf(issue: z.core.$ZodIssue, document: unknown, text: string): AtomFault {
  const path = issue.path.map(String);
  const reason = `${path.join('.') || 'file'}: ${issue.message}`;
  return { line: lineOfPath(text, path), path, reason, cause: fileFaultOf(issue, document) };
}

function parseJson(text: string): { readonly value: unknown } | { readonly fault: AtomFault } {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    const [twice] = twiceInJson(text);
    if (twice === undefined) return { value };
    const path = twice.path.map(String);
    const cause = { fault: 'twice', ...placeOf(path) } as const;
    return { fault: { line: lineAt(text, twice.at), path, reason: `${path.join('.')}: there twice`, cause } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(reason)?.[1];
    const found = position === undefined ? Number.POSITIVE_INFINITY : lineAt(text, Number(position));
    return { fault: { line: Math.min(lineCount(text), found), path: [], reason, cause: { fault: 'json' } } };
  }
}

function lineCount(text: string): number {
  return text.trimEnd().split('\n').length;
}
