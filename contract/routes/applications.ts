import * as z from 'zod';
import { type Contract, request, state } from '../define.ts';
import { agreedLimit, applicationNameLimit } from '../desktop.ts';
import type { Shape } from '../shape.ts';

/** The name of a window's application, as the desktop has it: text of that application. */
const name = z.strictObject({ name: z.string().min(1).max(applicationNameLimit) });

/** What was seen of an application that Beckon read or wrote to. */
export const seenApplicationSchema = z.strictObject({
  ...name.shape,
  /** As people know it. */
  label: z.string().max(applicationNameLimit),
  /** Selected text was read there. */
  reads: z.boolean(),
  /** An answer was put back there, and read back. */
  putsBack: z.boolean(),
  /** A text was seen there that can be written to, which a terminal has none of; left out by versions that did not note it. */
  writes: z.boolean().exactOptional(),
  /** How often it was read or written to. */
  seen: z.int().min(1),
  /** Nobody has tried a key there, so that it takes the person's word. */
  asks: z.boolean(),
  /** What the person said: always press keys there, never write there; null where they are asked, or need not be. */
  word: z.enum(['always', 'never']).nullable(),
});
export type SeenApplication = Shape<typeof seenApplicationSchema>;

/** Other applications as they were seen, and the person's word for each. Terminals never are among those it can open. */
export const applicationsRoutes = {
  requests: {
    /** Lets keys be pressed in an application from now on, where it takes them. The person agrees in main's own window. */
    'application.allow': request(name, 'asks').returns(z.null()),
    /** Takes the word back: it is asked for again, or where none was needed nothing is written there any more. */
    'application.forbid': request(name, 'free').returns(z.null()),
    /** Forgets what was seen; that nothing may be written there stays. */
    'application.forget': request(name, 'free').returns(z.null()),
  },
  streams: {},
  states: {
    applications: state(z.strictObject({ applications: z.array(seenApplicationSchema).max(agreedLimit) }), 'free', {
      applications: [],
    }),
  },
} as const satisfies Contract;
