import { type AtomFile, atomFileSchema } from '../../contract/atom.ts';
import { AppError } from '../../contract/errors.ts';
import { planSteps } from '../steps/plan-steps.ts';
import { requireHonest } from '../steps/touches.ts';
import { findUnknownSteps, type UnknownStep, withoutUnknownSteps } from '../steps/unknown-steps.ts';
import { requireSealed } from './seal.ts';
import { readStrictJson } from './strict-json.ts';

/** Larger files are no atoms. */
export const sharedLimitBytes = 200_000;
const newestVersion = 2;

/** A stranger's file, read and checked, and not believed. */
export interface SharedFile {
  readonly fileName: string;
  /** All that it says, as it is kept. */
  readonly raw: object;
  /** Steps that are not known stand for others here: nothing of it runs where there are some. */
  readonly file: AtomFile;
  readonly unknown: readonly UnknownStep[];
}

/**
 * Reads a file that somebody shared. Throws `atom/…`: that it is too large, no text, no JSON or no atom, of a newer format, changed or
 * forged, or claims to do less than its steps say.
 */
export function readShared(bytes: Uint8Array, fileName: string): SharedFile {
  if (bytes.byteLength > sharedLimitBytes)
    throw new AppError('atom/too-large', fileName, { values: { file: fileName, limitBytes: sharedLimitBytes } });
  const raw = readStrictJson(withoutMark(bytes), fileName);
  const version = (raw as { readonly atom?: unknown } | null)?.atom;
  if (typeof version === 'number' && version > newestVersion)
    throw new AppError('atom/newer', `${fileName}: version ${version}`, { values: { file: fileName, version } });
  const unknown = findUnknownSteps(raw);
  const parsed = atomFileSchema.safeParse(withoutUnknownSteps(raw, unknown));
  if (!parsed.success) throw notAnAtom(fileName, parsed.error.issues[0]);
  const file = parsed.data;
  // What is signed is what the file says, unknown steps and all.
  requireSealed(raw as AtomFile, fileName);
  if (unknown.length === 0) requireFitting(file, fileName);
  requireHonest(file, fileName);
  return { fileName, raw: raw as object, file, unknown };
}

/** Some editors write a mark before the first byte. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function notAnAtom(
  file: string,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): AppError {
  const field = issue?.path.map(String).join('.') || 'file';
  const reason = (issue?.message ?? 'wrong').slice(0, 200);
  return new AppError('atom/not-an-atom', `${file}: ${field}: ${reason}`, {
    values: { file, field: field.slice(0, 100), reason },
  });
}

function requireFitting(file: AtomFile, name: string): void {
  if (file.atom === 1) return;
  const plan = planSteps(file.steps);
  if ('types' in plan) return;
  const { step, got, takes } = plan;
  const does = file.steps[step]?.do ?? '';
  throw new AppError('atom/not-an-atom', `${name}: step ${step + 1}`, {
    values: { file: name, field: `steps.${step}`, reason: `${does} takes ${takes.join(' or ')}, and gets ${got}` },
  });
}
