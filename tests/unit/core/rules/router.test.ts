import { describe, expect, it } from 'vitest';
import { toErrorShape } from '../../../../contract/errors.ts';
import type { Reason } from '../../../../contract/reason.ts';
import type { Rule } from '../../../../contract/rule.ts';
import { noRuling, type Ruling } from '../../../../core/rules/match-rules.ts';
import { type Choices, route, type Wanted } from '../../../../core/rules/router.ts';

const never: Rule = { from: 'KeePassXC', does: 'never-leaves' };
const code: Rule = { has: 'code', does: 'here' };
const pdf: Rule = { file: 'pdf', does: 'use', model: 'cloud' };

interface Situation extends Partial<Omit<Wanted, 'ruling'>> {
  readonly chosen?: string | null;
  readonly installed?: readonly string[];
  readonly ruling?: Partial<Ruling>;
}

function choicesOf({ chosen = null, installed = ['small'] }: Situation): Choices {
  const servers = ['cloud', 'other', 'own-port'];
  const [best = null] = installed;
  const runs = (id: string | null) => id !== null && [...servers, ...installed].includes(id);
  return {
    chosenId: async () => (runs(chosen) ? chosen : best),
    isChosen: (id) => id === chosen,
    hereId: async () => (chosen !== null && installed.includes(chosen) ? chosen : best),
    exists: async (id) => runs(id),
    staysHere: (id) => installed.includes(id) || id === 'own-port',
  };
}

async function routed({ ruling = {}, ...situation }: Situation): Promise<readonly [string, Reason | string]> {
  const wanted: Wanted = {
    modelId: null,
    here: false,
    actionModelId: null,
    ...situation,
    ruling: { ...noRuling, ...ruling },
  };
  try {
    const { modelId, reason } = await route(wanted, choicesOf(situation));
    return [modelId, reason];
  } catch (error) {
    return ['none', toErrorShape(error).code];
  }
}

const rule = (one: Rule): Reason => ({ type: 'rule', rule: one });
const thisTime: Reason = { type: 'this-time', here: false };

const cases: readonly (readonly [string, Situation, string, Reason | string])[] = [
  ['nothing is chosen', {}, 'small', { type: 'here-first' }],
  ['a server is chosen', { chosen: 'cloud' }, 'cloud', { type: 'chosen' }],
  ['the chosen one is gone', { chosen: 'gone' }, 'small', { type: 'here-first' }],
  ['nothing is there', { installed: [] }, 'none', 'model/none'],
  ['one is wanted for this question', { chosen: 'small', modelId: 'cloud' }, 'cloud', thisTime],
  ['it is wanted here', { chosen: 'cloud', here: true }, 'small', { type: 'this-time', here: true }],
  ['it is wanted here, and nothing is there', { chosen: 'cloud', here: true, installed: [] }, 'none', 'model/none'],
  ['an action has its own', { chosen: 'small', actionModelId: 'cloud' }, 'cloud', { type: 'action' }],
  ['the action’s own is gone', { chosen: 'cloud', actionModelId: 'gone' }, 'cloud', { type: 'gone', of: 'action' }],
  ['a rule keeps it here', { chosen: 'cloud', ruling: { here: code } }, 'small', rule(code)],
  ['a rule keeps it here and another is wanted', { modelId: 'cloud', ruling: { here: code } }, 'cloud', thisTime],
  ['a rule keeps it here before the action', { actionModelId: 'cloud', ruling: { here: code } }, 'small', rule(code)],
  ['a rule keeps here what stays here', { chosen: 'own-port', ruling: { here: code } }, 'own-port', rule(code)],
  ['a rule sends it', { chosen: 'small', ruling: { use: pdf } }, 'cloud', rule(pdf)],
  ['a rule sends one text and keeps another here', { ruling: { use: pdf, here: code } }, 'small', rule(code)],
  [
    'a rule names one that is gone',
    { chosen: 'other', ruling: { use: { ...pdf, model: 'gone' } } },
    'other',
    { type: 'gone', of: 'rule' },
  ],
  ['it never leaves', { chosen: 'cloud', ruling: { neverLeaves: never } }, 'small', rule(never)],
  ['it never leaves, whatever is wanted', { modelId: 'cloud', ruling: { neverLeaves: never } }, 'small', rule(never)],
  [
    'it never leaves, whatever the action has',
    { actionModelId: 'cloud', ruling: { neverLeaves: never } },
    'small',
    rule(never),
  ],
  ['it never leaves, whatever another rule sends', { ruling: { use: pdf, neverLeaves: never } }, 'small', rule(never)],
  [
    'it never leaves, and another here is wanted',
    { installed: ['small', 'large'], modelId: 'large', ruling: { neverLeaves: never } },
    'large',
    rule(never),
  ],
  [
    'it never leaves, and a server here is chosen',
    { chosen: 'own-port', ruling: { neverLeaves: never } },
    'own-port',
    rule(never),
  ],
  [
    'it never leaves, and nothing is here',
    { chosen: 'cloud', installed: [], ruling: { neverLeaves: never } },
    'none',
    'model/none',
  ],
  [
    'it is asked first, which chooses nothing',
    { chosen: 'cloud', ruling: { askMe: never } },
    'cloud',
    { type: 'chosen' },
  ],
];

describe('who answers', () => {
  for (const [name, situation, modelId, reason] of cases)
    it(`is told with why where ${name}`, async () => {
      expect(await routed(situation)).toEqual([modelId, reason]);
    });
});
