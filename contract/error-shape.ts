import * as z from 'zod';
import { type AppErrorShape, isErrorShape } from './errors.ts';

/** An error as it crosses a process. */
export const appErrorSchema = z.custom<AppErrorShape>(isErrorShape, 'no error of ours');
