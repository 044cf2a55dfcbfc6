import * as z from 'zod';
import { type Contract, request, state } from '../define.ts';
import { appErrorSchema } from '../error-shape.ts';
import { mostRules, ruleSchema } from '../rule.ts';
import type { Shape } from '../shape.ts';

const none = z.strictObject({});

export const rulesStateSchema = z.strictObject({
  list: z.array(ruleSchema).max(mostRules),
  /** Why the file cannot be read; nothing leaves this machine until it can. */
  error: appErrorSchema.nullable(),
  /** Counts up with every change that was seen; 0: not read yet. */
  revision: z.int().min(0),
});
export type RulesState = Shape<typeof rulesStateSchema>;

/** Rules of where a question goes, which the person reads and writes in `rules.json` or on a page. */
export const rulesRoutes = {
  requests: {
    /** Reads the file anew, which may have been changed by hand. */
    'rules.refresh': request(none, 'free').returns(z.null()),
    /**
     * Puts other rules in the place of those of a revision; refused where that is not the newest. The person agrees in main's
     * own window to what protects less. A file that cannot be read is kept aside.
     */
    'rules.change': request(
      z.strictObject({ revision: z.int().min(0), list: z.array(ruleSchema).max(mostRules) }),
      'asks',
    ).returns(z.null()),
  },
  streams: {},
  states: { rules: state(rulesStateSchema, 'free', { list: [], error: null, revision: 0 }) },
} as const satisfies Contract;
