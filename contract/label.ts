import * as z from 'zod';
import type { Shape } from './shape.ts';

/** Where a value of a chain, or a part of it, comes from. `words`: the person wrote it. `atom`: the action's file says it. */
export const originSchema = z.enum(['selection', 'clipboard', 'file', 'window', 'words', 'model', 'atom']);
export type Origin = z.infer<typeof originSchema>;

/** How far a value may go, each less far than the one before. `untrained`: to nobody who may learn from it. */
export const reaches = ['anywhere', 'untrained', 'here'] as const;
export type Reach = (typeof reaches)[number];

/** What is known of a value beside its type. It is carried along every edge, and never becomes less. */
export const labelSchema = z.strictObject({
  /** In the order of `originSchema`, each once. */
  from: z.array(originSchema),
  /** Other people's text, or made of it: it decides nothing. What a model says is such a text, whatever it was told. */
  outside: z.boolean(),
  reach: z.enum(reaches),
});
export type Label = Shape<typeof labelSchema>;

/** Who gets what a step sends; `host: null` is a model of this machine. */
export const recipientSchema = z.strictObject({
  host: z.string().nullable(),
  /** As the person calls it: a provider, a server, or a model of this machine. */
  name: z.string(),
  place: z.enum(['this-machine', 'local-network', 'outside']),
  /** Whether what is sent may be learned from; `unknown` where nobody says. */
  training: z.enum(['no', 'may', 'unknown']),
});
export type Recipient = Shape<typeof recipientSchema>;

/** What an edge carries a value to. */
export const sinks = ['send', 'write', 'open', 'append', 'notify', 'decide'] as const;
export type Sink = (typeof sinks)[number];

/** `goes`: nothing holds it back. `asks`: the person is asked in a window of main's. `breaks`: a label forbids it. */
const verdictSchema = z.enum(['goes', 'asks', 'breaks']);
export type Verdict = z.infer<typeof verdictSchema>;

/** An edge by which a value leaves its chain, or decides something of it. */
export const labelledEdgeSchema = z.strictObject({
  /** The step it leads to, from 0; the number of steps for what becomes of the last value. */
  step: z.number(),
  sink: z.enum(sinks),
  label: labelSchema,
  verdict: verdictSchema,
});
export type LabelledEdge = Shape<typeof labelledEdgeSchema>;

/** Where the values of a chain can go, found without running it. */
export const labelPlanSchema = z.strictObject({
  /** What comes to each step, and out of the last. */
  labels: z.array(labelSchema),
  edges: z.array(labelledEdgeSchema),
  /** Who is asked by the steps that ask a model; null where none does, or nobody is there to be asked. */
  to: recipientSchema.nullable(),
});
export type LabelPlan = Shape<typeof labelPlanSchema>;
