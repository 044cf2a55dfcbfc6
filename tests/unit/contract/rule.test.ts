import { describe, expect, it } from 'vitest';
import { protectsLess, type Rule } from '../../../contract/rule.ts';

const never: Rule = { from: 'KeePassXC', does: 'never-leaves' };
const ask: Rule = { has: 'secrets', does: 'ask-me' };
const here: Rule = { has: 'code', does: 'here' };
const taught: Rule = { label: 'Draft', does: 'no-training' };
const use: Rule = { file: 'pdf', does: 'use', model: 'server:s-1:m' };

const cases: readonly (readonly [string, readonly Rule[], readonly Rule[], boolean])[] = [
  ['nothing changed', [never, ask], [never, ask], false],
  ['the same in another order of its names', [{ does: 'here', has: 'code' }], [here], false],
  ['a rule taken away', [ask], [never, ask], true],
  ['every rule taken away', [], [never], true],
  ['one that never leaves added first', [never, ask, here], [ask, here], false],
  ['one that never leaves added last', [ask, here, never], [ask, here], false],
  ['one that asks added before one that never leaves', [ask, never], [never], true],
  ['one that asks added behind it', [never, ask], [never], false],
  ['one that stays here added before one that asks', [here, ask], [ask], true],
  ['one that stays here added at the end', [ask, here], [ask], false],
  ['a server added anywhere', [never, use], [never], true],
  ['a rule made stricter in its place', [{ ...here, does: 'never-leaves' }], [here], false],
  ['a rule made weaker in its place', [{ ...never, does: 'here' }], [never], true],
  ['a rule that holds of less', [{ ...never, has: 'code' }], [never], true],
  ['two that change places', [here, never], [never, here], true],
  ['a server turned into one that asks', [{ file: 'pdf', does: 'ask-me' }], [use], false],
  ['one kept from training added behind what asks', [ask, taught], [ask], false],
  ['one kept from training added before what asks', [taught, ask], [ask], true],
  ['one that asks added before one kept from training', [ask, taught], [taught], true],
  ['one kept from training that asks instead', [{ ...taught, does: 'ask-me' }], [taught], true],
  ['one that asks kept from training instead', [{ ...ask, does: 'no-training' }], [ask], true],
  ['one kept from training that never leaves now', [{ ...taught, does: 'never-leaves' }], [taught], false],
  ['another server in the place of one', [{ ...use, model: 'server:s-2:m' }], [use], true],
];

describe('a change of rules', () => {
  for (const [name, next, now, less] of cases)
    it(`${less ? 'protects less' : 'does not protect less'} with ${name}`, () => {
      expect(protectsLess(next, now)).toBe(less);
    });
});
