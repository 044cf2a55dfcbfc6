import * as z from 'zod';
import { inBothLanguages } from './both-languages.ts';
import type { Shape } from './shape.ts';

export const mostFields = 8;
/** Longest answer to one field, in UTF-16 units. */
export const answerLimit = 4000;
/** Templates fill in something else by these names, so that no answer can have them. */
const taken = new Set(['text', 'date', 'time']);

export const fieldName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}$/, 'small letters, digits and hyphens')
  .refine((name) => !taken.has(name), 'text, date and time are taken');

const choice = z.string().min(1).max(200);

/** One thing that a person is asked for. */
export const formFieldSchema = z
  .strictObject({
    /** By this the answer is filled in where steps behind have it in braces. */
    name: fieldName,
    label: inBothLanguages,
    type: z.enum(['text', 'number', 'date', 'choice']),
    /** A person takes one of these; fields of other types have none. */
    options: z.array(choice).min(1).max(20).optional(),
    /** The field shows this at first. A choice without it shows its first option; `today` is a date, too. */
    usual: z.string().max(200).optional(),
    /** May be left empty. */
    optional: z.boolean().optional(),
  })
  .refine(({ type, options }) => (type === 'choice') === (options !== undefined), 'choices have options, others none')
  .refine(
    ({ usual, options }) => usual === undefined || (options?.includes(usual) ?? true),
    'usual is one of the options',
  )
  .refine(({ label }) => label.en.length <= 200 && label['zh-CN'].length <= 200, 'a label has 200 characters at most');
export type FormField = Shape<typeof formFieldSchema>;

export const formFieldsSchema = z
  .array(formFieldSchema)
  .min(1)
  .max(mostFields)
  .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, 'a name stands there twice');

/** Answers of a person, by the names of fields. */
export const answersSchema = z.record(fieldName, z.string().max(answerLimit));
export type FormAnswers = Shape<typeof answersSchema>;

/** How a number becomes another one. `percent`: so many hundredths of it. `add-percent`, `take-percent`: it with so many more, or less. */
export const wayOfNumber = z.enum([
  'add',
  'subtract',
  'multiply',
  'divide',
  'percent',
  'add-percent',
  'take-percent',
  'round',
]);

export const dateUnits = z.enum(['days', 'workdays', 'weeks', 'months', 'years']);
export type DateUnit = z.infer<typeof dateUnits>;

/** A form that an answer waits for. */
export const runFormSchema = z.strictObject({
  id: z.string().max(100),
  fields: z.array(formFieldSchema).max(50),
  /** Fields show these values at first, by their names. */
  initial: z.record(z.string(), z.string()),
});
export type RunForm = Shape<typeof runFormSchema>;
