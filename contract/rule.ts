import * as z from 'zod';
import type { Shape } from './shape.ts';

/**
 * What is done with texts that a rule matches. `never-leaves`: no byte of the chat goes to another machine. `no-training`: none
 * goes to who may learn from it, or says nothing of that. `here`: a model of this machine answers, unless the person chooses another
 * for that question. `ask-me`: what would be sent is shown first. `use`: the model that the rule names answers.
 */
export const ruleEnds = ['never-leaves', 'no-training', 'here', 'ask-me', 'use'] as const;
export type RuleEnd = (typeof ruleEnds)[number];

/** Rules of one file; more are none that a person reads. */
export const mostRules = 100;

const count = z.int().min(1).max(100_000_000);

/** One rule. All of what it names has to hold of a text; a rule that names nothing holds of every text. */
export const ruleSchema = z
  .strictObject({
    /** The application that the text comes from, by one of its names. */
    from: z.string().trim().min(1).max(200).exactOptional(),
    has: z.enum(['secrets', 'code']).exactOptional(),
    /** How the name of a file ends (`pdf`), or `any` file. */
    file: z
      .string()
      .max(20)
      .regex(/^[\p{L}\p{N}]+$/u)
      .exactOptional(),
    /** Words that stand in the text, such as `Confidential`. */
    label: z.string().trim().min(2).max(100).exactOptional(),
    longerThanCharacters: count.exactOptional(),
    longerThanPages: count.exactOptional(),
    does: z.enum(ruleEnds),
    /** Whom to ask; of `use` alone. */
    model: z.string().min(1).max(400).exactOptional(),
  })
  .refine(({ does, model }) => (does === 'use') === (model !== undefined), {
    path: ['model'],
    message: 'a model stands with "use", and with nothing else',
  });
export type Rule = Shape<typeof ruleSchema>;

/** The file `rules.json` of the profile. */
export const ruleFileSchema = z.strictObject({
  /** Version of this format. */
  rules: z.literal(1),
  list: z.array(ruleSchema).max(mostRules),
});

type HeldBack = 'leaving' | 'learning' | 'unseen' | 'unasked';

/** What each end holds back; where no rule is, the person's choice stands, which holds nothing back. */
const holdsBack: Readonly<Record<RuleEnd, readonly HeldBack[]>> = {
  'never-leaves': ['leaving', 'learning', 'unseen', 'unasked'],
  'no-training': ['learning'],
  'ask-me': ['unseen', 'unasked'],
  here: ['unasked'],
  use: [],
};

/** Whether one end holds back all that another does. */
function holdsAll(one: RuleEnd, other: RuleEnd): boolean {
  return holdsBack[other].every((held) => holdsBack[one].includes(held));
}

/**
 * Whether a list of rules protects less than another one, or might: then the person agrees first. What is added or made
 * stricter in its place does not, where it stands before nothing that holds back more.
 */
export function protectsLess(next: readonly Rule[], now: readonly Rule[]): boolean {
  const kept: (number | null)[] = [];
  let at = 0;
  for (const rule of next) {
    const before = now[at];
    const stays = before !== undefined && (isSame(rule, before) || isStricter(rule, before));
    kept.push(stays ? at : null);
    if (stays) at += 1;
  }
  if (at < now.length) return true;
  return next.some((rule, index) => {
    if (kept[index] !== null) return false;
    const later = next.slice(index + 1).filter((_, offset) => kept[index + 1 + offset] !== null);
    return rule.does === 'use' || later.some(({ does }) => !holdsAll(rule.does, does));
  });
}

function isStricter(rule: Rule, before: Rule): boolean {
  const { does, model: _model, ...when } = rule;
  const { does: was, model: _wasModel, ...wasWhen } = before;
  return isSame(when, wasWhen) && does !== was && holdsAll(does, was);
}

function isSame(one: object, other: object): boolean {
  const plain = (value: object) => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return plain(one) === plain(other);
}
