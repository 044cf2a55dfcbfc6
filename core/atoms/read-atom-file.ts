import { type AtomFile, atomFileSchema } from '../../contract/atom.ts';
import { AppError } from '../../contract/errors.ts';
import { planSteps } from '../steps/plan-steps.ts';
import { requireHonest } from '../steps/touches.ts';
import { findUnknownSteps, type UnknownStep, withoutUnknownSteps } from '../steps/unknown-steps.ts';

/**
 * An action's file, checked. Throws `action/broken-file` with the file's name, the line and what is wrong there,
 * `atom/unknown-step` for what another version can run, and `atom/claims-less`.
 */
export function readAtomFile(text: string, file: string): AtomFile {
  const raw = parseJson(text, file);
  const unknown = findUnknownSteps(raw);
  const parsed = atomFileSchema.safeParse(withoutUnknownSteps(raw, unknown));
  const [first] = unknown;
  if (parsed.success && first !== undefined) throw unknownStep(first, parsed.data.id, file);
  if (parsed.success) {
    requireHonest(parsed.data, file);
    return fitting(parsed.data, text, file);
  }
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map(String);
  throw broken(file, lineOfKey(text, path), `${path.join('.') || 'file'}: ${issue?.message ?? 'wrong'}`);
}

/** It is kept for a version that knows the step. */
function unknownStep({ at, name }: UnknownStep, id: string, file: string): AppError {
  return new AppError('atom/unknown-step', `${file}: ${name}`, { values: { file, name, step: at + 1, id } });
}

/** A chain whose steps fit together. */
function fitting(atom: AtomFile, text: string, file: string): AtomFile {
  if (atom.atom === 1) return atom;
  const plan = planSteps(atom.steps);
  if ('types' in plan) return atom;
  const { step, got, takes } = plan;
  const name = atom.steps[step]?.do ?? '';
  const same = atom.steps.slice(0, step).filter((earlier) => earlier.do === name).length;
  const line = lineOfKey(text, ['steps', ...Array<string>(same + 1).fill(name)]);
  throw broken(file, line, `steps.${step}: ${name} takes ${takes.join(' or ')}, and gets ${got}`);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    throw broken(
      file,
      Math.min(lineCount(text), position === undefined ? Number.POSITIVE_INFINITY : lineAt(text, Number(position))),
      message,
    );
  }
}

function broken(file: string, line: number, reason: string): AppError {
  return new AppError('action/broken-file', `${file}:${line}: ${reason}`, {
    values: { file, line, reason: reason.slice(0, 200) },
  });
}

/** The line of the last key of a path that the text has, looked for in order. */
function lineOfKey(text: string, path: readonly string[]): number {
  let at = 0;
  for (const key of path) {
    const found = text.indexOf(`"${key}"`, at + 1);
    if (found < 0) break;
    at = found;
  }
  return lineAt(text, at);
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function lineCount(text: string): number {
  return text.trimEnd().split('\n').length;
}
