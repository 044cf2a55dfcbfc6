import type { ModelPart } from '../../contract/engine.ts';

/** All that a model wrote, joined. */
export const textOf = (parts: readonly ModelPart[]) =>
  parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');

/** How an answer ended: the code of its error, or the type of its last part. */
export const endOf = (parts: readonly ModelPart[]) => {
  const last = parts.at(-1);
  return last?.type === 'failure' ? last.error.code : last?.type;
};
