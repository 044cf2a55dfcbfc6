import type { Place } from './anchored.ts';
import { isCalledKey } from './key-names.ts';

/** Letters, figures and the signs that keys have among them. */
const runs = /(?<![A-Za-z0-9_~+/.-])[A-Za-z0-9_~+/.-]{16,600}={0,2}/g;
/** A hook is an address that needs nothing else: whoever has it may write there. */
const hooks = /hooks?(?![a-z])[\w.-]{0,40}\/(?:[\w.-]{1,40}\/){0,4}(?<secret>[\w-]{20,120})(?![\w/-])/gi;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Groups of capitals and figures, as programs are sold with. */
const isProductKey = /^(?=[A-Z-]*\d[A-Z-]*\d)[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){3,7}$/;
/** A sum before the name of its file, as lists of them have it. */
const isSumOfFile = /^[ \t]{1,2}\*?[\w./-]+\.\w{1,8}\b/;
/** The sum of a commit before its title, as lists of them have it. */
const isCommit = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const isTitle = /^[ \t]{1,2}(?:\([^()\n]{1,80}\) )?\p{L}/u;
const longestTitle = 90;

/** Whether a place holds the sum of a commit, or of a file, that begins its line and has its title or its name behind it. */
export function isListedSum(text: string, { start, end }: Place): boolean {
  if (start > 0 && text[start - 1] !== '\n') return false;
  const behind = text.slice(end, end + longestTitle);
  return isSumOfFile.test(behind) || (isCommit.test(text.slice(start, end)) && isTitle.test(behind));
}
const isTime = /^\d{8}T\d{6}Z?$/;
/** Neither a word nor a row of words, as most long runs are. */
const mayBeRandom = /\d[A-Za-z]|[a-z][A-Z][A-Z]/;
const [leastRun, leastPiece] = [16, 10];
/** Parts of a path that are words. */
const words = /(?:^|\/)[A-Za-z]?[a-z][a-z-]+(?=\/)/g;
/** Letters in both cases without a figure, as some hooks end. */
const isMixedWord = /^(?=\w*[a-z][A-Z])[A-Za-z0-9]{24}$/;

/** Whether a run of characters looks like chance: letters and figures that change places, with no word or path in sight. */
export function looksRandom(run: string): boolean {
  if (/^0x[0-9a-f]*$/i.test(run)) return false;
  if (uuid.test(run)) return true;
  if (isProductKey.test(run)) return true;
  const pieces = run.split(/[^A-Za-z0-9]+/);
  const count = (change: RegExp) => pieces.reduce((sum, piece) => sum + (piece.match(change)?.length ?? 0), 0);
  const rises = count(/[a-z](?=[A-Z])/g);
  // Programs write names with a capital at the beginning of each word, and hardly ever several of them in short forms.
  const isMixed = run.length >= 20 && rises >= run.length / 6 && count(/[A-Z](?=[A-Z])/g) >= 3;
  if (!/\d/.test(run)) return isMixed && rises >= run.length / 5;
  if (!pieces.some((piece) => piece.length >= leastPiece && /[A-Za-z]/.test(piece))) return isMixedUp(run, 3.5);
  const figures = count(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g);
  if (isOfWords(run)) return false;
  if (figures >= (/[A-Za-z]\d[A-Za-z]/.test(run) ? 2 : 3) && figures + rises >= 5) return true;
  return isMixed || (/^[A-Z0-9]{16,}$/.test(run) && figures >= 3 && !isTime.test(run));
}

/** Names of programs have words of some letters, and few figures. */
function isOfWords(run: string): boolean {
  if (!/[A-Z]/.test(run) || (run.match(/\d/g)?.length ?? 0) > 3) return false;
  const small = run.match(/[a-z]+/g) ?? [];
  return small.length > 0 && small.join('').length >= small.length * 3.9;
}

/** Whether letters of both cases and figures follow upon each other as chance has them, in pieces of some length. */
function isMixedUp(run: string, leastMiddle: number): boolean {
  const letters = run.replace(/[^A-Za-z0-9]/g, '');
  if (letters.length < 20 || run.split(/[^A-Za-z0-9]+/).length > letters.length / leastMiddle + 1) return false;
  if ((letters.match(/\d/g)?.length ?? 0) < 2 || !/[a-z]/.test(letters) || !/[A-Z]/.test(letters)) return false;
  const changes = letters.match(/[a-z](?=[A-Z0-9])|[A-Z](?=[a-z0-9])|\d(?=[A-Za-z])/g)?.length ?? 0;
  const small = letters.match(/[a-z]+/g) ?? [];
  return (
    changes >= letters.length * 0.42 || (changes >= letters.length * 0.36 && small.join('').length < small.length * 2.4)
  );
}

/** How keys that are public, sums of files and packed files begin. */
const isOpenRun = /^(?:\?[BQ]\?|sha\d{1,3}-|AAAA|MI[IG]|iVBOR|R0lGOD|data)/;
/** A mark of whoever gave it out before a long row, as `sqp_…` is. */
const isMarked =
  /^(?!(?:img|rev|sha|md|file|hash|id|tmp|css|js|ref|git|doc|pic|page|build|layer|sum|tag)\d*_)[a-z]{2,6}_(?=[a-z]*\d)(?=\d*[a-z])[a-zA-Z0-9]{32,}$/;
const longest = 400;

/** Whether a run is so mixed that nothing but chance writes it: it needs no name. */
export function isSurelyRandom(run: string): boolean {
  return run.length <= longest && !isOpenRun.test(run) && (isMixedUp(run, 8) || isMarked.test(run));
}

/** A text that was packed into letters stands in lines of one length, below each other. */
function isWithinBlock(text: string, { start, end }: Place): boolean {
  const isAlone = /(?:^|\n)[ \t#>*]*$/.test(text.slice(Math.max(0, start - 20), start));
  if (!isAlone || end - start < 48) return false;
  const before = text.slice(Math.max(0, start - 100), start).trimEnd();
  const after = text.slice(end, end + 100).trimStart();
  return /[A-Za-z0-9+/]{48}$/.test(before) || /^[A-Za-z0-9+/]{48}/.test(after) || /-----$/.test(before);
}

/** Runs of chance that are called a key or can be nothing else, and the last part of a hook's address. */
export function* findRandomKeys(text: string): Generator<Place> {
  for (const match of text.matchAll(runs)) {
    if (!mayBeRandom.test(match[0])) continue;
    for (const place of partsOf(text, match[0], match.index)) {
      const run = text.slice(place.start, place.end);
      if (run.length < leastRun || !looksRandom(run)) continue;
      if (isListedSum(text, place)) continue;
      const named = isCalledKey(text, place);
      if (named === false || (named === null && !isSurelyRandom(run)) || isWithinBlock(text, place)) continue;
      yield { ...place, start: place.start - mark(text, place.start) };
    }
  }
  for (const match of text.matchAll(hooks)) {
    const secret = match.groups?.['secret'] ?? '';
    const end = match.index + match[0].length;
    if (looksRandom(secret) || isMixedWord.test(secret)) yield { start: end - secret.length, end };
  }
}

/** The run without the signs around it; of an address or a path each of its parts. */
function* partsOf(text: string, run: string, at: number): Generator<Place> {
  // The letter of an escaped end of a line is no part of what stands behind it, nor are the figures of a sign that is encoded.
  const encoded = text[at - 1] === '\\' ? /^[nrt]/ : text[at - 1] === '%' ? /^[0-9A-F]{2}/ : /^\/?/;
  const start = at + (encoded.exec(run)?.[0].length ?? 0);
  const isInAddress = run.includes('/') && /:\/\/\S*$/.test(text.slice(Math.max(0, at - 80), at));
  const whole = text.slice(start, at + run.length).replace(isInAddress ? /(?:\/[a-z]{0,20}|[./~-])+$/ : /[./~-]+$/, '');
  const isPath =
    isInAddress || (run.startsWith('//') && text[at - 1] === ':') || (whole.match(words)?.length ?? 0) >= 2;
  if (!isPath) {
    yield { start, end: start + whole.length };
    return;
  }
  for (const part of whole.matchAll(/[^/]+/g)) {
    const from = start + part.index;
    yield { start: from, end: from + part[0].length };
  }
}

/** How long the mark is that some have before what is drawn: `sid=s:…`, `base64:…`. */
function mark(text: string, at: number): number {
  return (
    /(?:=["']?([a-z0-9]{1,6}:)|(?<![\w])((?:b64|base64|hex|enc|aes\d*):))$/
      .exec(text.slice(Math.max(0, at - 12), at))
      ?.slice(1)
      .find((one) => one !== undefined)?.length ?? 0
  );
}
