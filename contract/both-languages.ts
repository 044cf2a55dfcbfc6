import * as z from 'zod';
import type { Shape } from './shape.ts';

/** A text in both languages. */
export const inBothLanguages = z.strictObject({
  en: z.string().min(1).max(8000),
  'zh-CN': z.string().min(1).max(8000),
});
export type InBothLanguages = Shape<typeof inBothLanguages>;
