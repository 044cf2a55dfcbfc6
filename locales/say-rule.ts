import type { Reason } from '../contract/reason.ts';
import type { Rule } from '../contract/rule.ts';
import type { SayWords } from './say-locator.ts';
import { showHiddenInLine } from './show-hidden.ts';

const ns = 'sending';

/** A rule as a sentence: `from KeePassXC never leaves`. Names in it are the person's, or were copied from elsewhere. */
export function sayRule(t: SayWords, rule: Rule): string {
  const model = showHiddenInLine(nameOfModel(rule.model ?? ''));
  return t(`rule.does.${rule.does}`, { ns, model, when: sayWhen(t, rule) });
}

/** Why a model answered, as the line under an answer says it. */
export function sayReason(t: SayWords, reason: Reason): string {
  switch (reason.type) {
    case 'rule':
      return t('reason.rule', { ns, rule: sayRule(t, reason.rule) });
    case 'gone':
      return t(`reason.gone-${reason.of}`, { ns });
    case 'this-time':
      return t(reason.here ? 'reason.this-time-here' : 'reason.this-time', { ns });
    default:
      return t(`reason.${reason.type}`, { ns });
  }
}

function sayWhen(t: SayWords, { from, has, file, label, longerThanCharacters, longerThanPages }: Rule): string {
  const parts = [
    ...(from === undefined ? [] : [t('rule.from', { ns, name: showHiddenInLine(from) })]),
    ...(file === undefined ? [] : [file === 'any' ? t('rule.anyFile', { ns }) : t('rule.file', { ns, ending: file })]),
    ...(has === undefined ? [] : [t(`rule.${has}`, { ns })]),
    ...(label === undefined ? [] : [t('rule.label', { ns, label: showHiddenInLine(label) })]),
    ...(longerThanCharacters === undefined ? [] : [t('rule.characters', { ns, count: longerThanCharacters })]),
    ...(longerThanPages === undefined ? [] : [t('rule.pages', { ns, count: longerThanPages })]),
  ];
  return parts.length === 0 ? t('rule.everything', { ns }) : parts.join(t('rule.and', { ns }));
}

/** What a server calls its model: an id is `server:<server>:<model>`. */
function nameOfModel(id: string): string {
  return /^server:[^:]*:(.+)$/s.exec(id)?.[1] ?? id;
}
