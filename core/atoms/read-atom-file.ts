import { type AtomFile, atomFileSchema } from '../../contract/atom.ts';
import { AppError } from '../../contract/errors.ts';

/** An action's file, checked. Throws `action/broken-file` with the file's name, the line and what is wrong there. */
export function readAtomFile(text: string, file: string): AtomFile {
  const parsed = atomFileSchema.safeParse(parseJson(text, file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map(String);
  throw broken(file, lineOfKey(text, path), `${path.join('.') || 'file'}: ${issue?.message ?? 'wrong'}`);
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
    const found = text.indexOf(`"${key}"`, at);
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
