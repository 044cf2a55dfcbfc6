import type { Place } from './anchored.ts';

/**
 * What a secret without any mark of its own is called: in prose, as a field, as a variable, as a part of an address. Of `key`
 * and the like only what looks like chance counts, since most of what has such a name is no secret.
 */
const names =
  'tokens?(?![a-z])|secrets?(?![a-z])|key(?:id)?(?![a-z])|(?<![a-z])sid(?![a-z])|session(?:[_ -]?(?:id|token|key|secret))?(?![a-z])|cookie(?![a-z])|credentials?(?![a-z])|bearer|' +
  '(?<![a-z])sign?(?![a-z])|signature(?![a-z])|passw(?:or)?d|(?<![a-z])auth(?![a-z])|(?<![a-z])jwt(?![a-z])|令牌|密[钥鑰码碼]|秘[钥鑰]|口令|[会會][话話]|[签簽]名|凭[证據据]|憑證';
const named = new RegExp(names, 'gi');
/** What is published, or tells things apart, goes by the same names. */
const isOpen =
  /(?:public|公[钥鑰]|fingerprint|指[纹紋]|primary|foreign|cache|sort|lookup|partition|idempotency|gpg|pgp|openpgp|release)[ _-]?$|公$/i;
const ordinal = '(?: [a-z]{2,12}(?=:))?(?:[ _-]?(?:no|num|number|id|value|code)\\b\\.?|[号號][码碼]?)?';
const sign = '(?:[:=]{1,2}>?|->|=>|, ?(?=["\'`])|(?:value|content)=(?=["\']))?';
const spaces = '[ \\t]{0,4}';
const words = `(?:(?:(?:is|was|are|to|reads|with|for|of|from|now|still|the new|the|called)(?![\\w-])|[^\\p{ASCII}。！？；，、]{1,6})${spaces}[:=]?${spaces})`;
/** Between a name and what it names: a sign, a bracket, few words, no other field. */
const gap = new RegExp(
  `^${ordinal}["'\`\\])]{0,2}${spaces}${sign}${spaces}${words}{0,3}["'\`[({<“‘「『【（《]{0,3}(?:(?:bearer|basic|token)[ \\t]{1,3})?`,
  'iu',
);
const run = /^[A-Za-z0-9_~+/.-]{16,600}={0,2}/;
/** A hook is an address that needs nothing else: whoever has it may write there. */
const hooks = /hooks?(?![a-z])[\w.-]{0,40}\/(?:[\w.-]{1,40}\/){0,4}(?<secret>[\w-]{20,120})(?![\w/-])/gi;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const leastPiece = 10;

/** Whether a run of characters looks like chance: letters and figures that change places, with no word or path in sight. */
export function looksRandom(run: string): boolean {
  if (/^0x/i.test(run) || !/\d/.test(run)) return false;
  if (uuid.test(run)) return true;
  const pieces = run.split(/[^A-Za-z0-9]+/);
  if (!pieces.some((piece) => piece.length >= leastPiece && /[A-Za-z]/.test(piece))) return false;
  const count = (change: RegExp) => pieces.reduce((sum, piece) => sum + (piece.match(change)?.length ?? 0), 0);
  const figures = count(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g);
  const rises = count(/[a-z](?=[A-Z])/g);
  if (figures >= (/[A-Za-z]\d[A-Za-z]/.test(run) ? 2 : 3) && figures + rises >= 5) return true;
  // Programs write names with a capital at the beginning of each word, and hardly ever several of them in short forms.
  return run.length >= 20 && rises >= run.length / 6 && count(/[A-Z](?=[A-Z])/g) >= 3;
}

/** Runs of chance behind the name of a key, and the last part of a hook's address. */
export function* findRandomKeys(text: string): Generator<Place> {
  for (const match of text.matchAll(named)) {
    if (isOpen.test(text.slice(Math.max(0, match.index - 14), match.index))) continue;
    const end = match.index + match[0].length;
    const from = end + (gap.exec(text.slice(end, end + 80))?.[0].length ?? 0);
    const value = (run.exec(text.slice(from, from + 600))?.[0] ?? '').replace(/[.~-]+$/, '');
    if (value.length >= 16 && looksRandom(value)) yield { start: from, end: from + value.length };
  }
  for (const match of text.matchAll(hooks)) {
    const secret = match.groups?.['secret'] ?? '';
    const end = match.index + match[0].length;
    if (looksRandom(secret)) yield { start: end - secret.length, end };
  }
}
