import * as z from 'zod';
import { appErrorSchema } from './error-shape.ts';
import type { Shape } from './shape.ts';

/** One line of `beckon doctor`: ok, or a cause with one next step. */
export const doctorLineSchema = z.strictObject({
  check: z.enum([
    'runtime',
    'libraries',
    'display',
    'selection',
    'accessibility',
    'hotkey',
    'model',
    'servers',
    'fast-copy',
    'engine',
    'linger',
    'key-store',
    'disk',
    'database',
    'rules',
    'network',
    'graphics-card',
    'route-accessibility',
    'route-selection',
    'route-clipboard',
    'route-copy',
    'route-paste',
  ]),
  status: z.enum(['ok', 'warning', 'failed', 'unknown']),
  /** Facts for the sentence `doctor.<check>.<status>`. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  error: appErrorSchema.nullable(),
});
export type DoctorLine = Shape<typeof doctorLineSchema>;
