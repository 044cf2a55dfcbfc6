import * as z from 'zod';
import { type Contract, request } from '../define.ts';
import { doctorLineSchema } from '../doctor.ts';

const none = z.strictObject({});

/** What works on this machine, and what does not. */
export const doctorRoutes = {
  requests: {
    'doctor.run': request(none).returns(z.array(doctorLineSchema)),
    /** The line about the graphics card alone, without anything being started. */
    'doctor.graphicsCard': request(none, 'free').returns(doctorLineSchema),
    /** Tries every way to selected text and back on this desktop; the clipboard is lent for a moment. */
    'doctor.capture': request(none, 'free').returns(z.array(doctorLineSchema)),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
