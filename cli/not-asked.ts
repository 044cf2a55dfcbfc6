import { AppError, type AppErrorShape, toErrorShape } from '../contract/errors.ts';

/** Why a question could not be stored, told as that it was not asked; other errors as they are. */
export function asNotAsked(error: unknown): unknown {
  const shape = toErrorShape(error);
  const context = contextOf(shape);
  if (context === null) return error;
  const { code, message, values, action } = shape;
  return new AppError(code, message, { values: { ...values, context }, ...(action ? { action } : {}) }, error);
}

function contextOf({ code, values }: AppErrorShape): string | null {
  if (code === 'disk/full') return 'question';
  if (code !== 'database/read-only') return null;
  return values?.['context'] === undefined ? 'question' : `question-${values['context']}`;
}
