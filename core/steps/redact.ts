import { findSecrets } from '../../text/secrets/find-secrets.ts';
import { standIns } from '../../text/secrets/stand-ins.ts';
import type { Room } from './room.ts';
import { mapTexts, type Value } from './value.ts';

/**
 * Something stands for what is secret, found as it is before something is sent: `marks` say its kind alone, `names` a number, too,
 * which is the same for the same secret of the whole value. None of it can be turned back.
 */
export function redact(value: Value, as: 'marks' | 'names', privateNames: readonly string[], room: Room): Value {
  const numbers = new Map<string, number>();
  const counts = new Map<string, number>();
  const numberOf = (word: string, secret: string) => {
    const known = numbers.get(`${word} ${secret}`);
    if (known !== undefined) return known;
    const next = (counts.get(word) ?? 0) + 1;
    counts.set(word, next);
    numbers.set(`${word} ${secret}`, next);
    return next;
  };
  return mapTexts(value, (text) => {
    let made = '';
    let at = 0;
    for (const { kind, start, end } of findSecrets(text, privateNames)) {
      const word = standIns[kind];
      const said = as === 'marks' ? `[${word}]` : `[${word}-${numberOf(word, text.slice(start, end))}]`;
      room.take(start - at + said.length);
      made += text.slice(at, start) + said;
      at = end;
    }
    return made + text.slice(at);
  });
}
