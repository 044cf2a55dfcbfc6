import * as z from 'zod';
import data from './marks.json' with { type: 'json' };

const mark = z.string().min(3);

/** How models set apart in their text what they think before they answer: a new way is one more row. */
const schema = z.strictObject({
  thoughts: z.array(
    z.strictObject({
      open: mark,
      close: mark,
      /** Its template writes the opening itself, so that only the closing comes from the model. */
      mayLackOpening: z.literal(true).optional(),
    }),
  ),
  /** What the answer itself may stand between. */
  answers: z.array(z.strictObject({ open: mark, ends: z.array(mark) })),
});

export const { thoughts, answers } = schema.parse(data);
