import { wordlikeScripts } from './scripts.ts';

/** Words that say little of what a sentence is about. */
export const emptyWords: ReadonlySet<string> = new Set(
  'a an the this that these those it its he she they them his her their we our you your i me my and or but so if then than as of in on at to for from by with about into over under after before during between is are was were be been being am has have had do does did will would can could may might should must also there here which who whom whose what when where how not no nor never very more most much many some any each all both only just such other same own per up out off'.split(
    ' ',
  ),
);
const han = /\p{Script=Han}+/gu;
const word = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;
const shortEnding = /['’](?:s|t|re|ve|ll|d|m)?$/g;
/** What says little, and numerals, which are compared by their value. */
const emptyHan = /[的了着和与及在是有为就也都而或被把将等之其该这那此个们零一二两三四五六七八九十百千万亿]/g;

/** What a sentence is compared by: stems of its English words, pairs of its Chinese characters. Each once. */
export function tellingTermsOf(sentence: string): ReadonlySet<string> {
  const terms = new Set<string>();
  const latin = sentence.replaceAll(han, ' ');
  for (const [found] of latin.matchAll(word)) {
    const plain = found.toLowerCase().replaceAll(shortEnding, '');
    if (plain !== '' && !emptyWords.has(plain) && !/^\d/.test(plain)) terms.add(stem(plain));
  }
  for (const [run] of sentence.matchAll(han))
    for (const piece of run.replaceAll(emptyHan, ' ').split(' ')) for (const term of pairsOf(piece)) terms.add(term);
  return terms;
}

/** A number beside an ideograph is a word of its own: "41只" is two runs. */
const runsOfOneKind = new RegExp(
  `([${wordlikeScripts}]+)|(?:(?![${wordlikeScripts}])[\\p{L}\\p{N}])+(?:['’](?:s|t|re|ve|ll|d|m)(?![\\p{L}\\p{N}]))?`,
  'gu',
);

/**
 * What a text is found by, in its order and as often as it is there: stems of words, pairs of Chinese, Japanese and Korean
 * signs. Whoever has many texts keeps `stems`, which holds those of the words that were met: few words make most of a text.
 */
export function termsOf(
  text: string,
  leftOut: ReadonlySet<string> = new Set(),
  stems: Map<string, string> = new Map(),
): readonly string[] {
  const terms: string[] = [];
  for (const [run, wordlike] of text.normalize('NFKC').toLowerCase().matchAll(runsOfOneKind)) {
    if (wordlike !== undefined) terms.push(...pairsOf(run));
    else {
      const plain = /['’]/.test(run) ? run.replaceAll(shortEnding, '') : run;
      if (leftOut.has(plain)) continue;
      const known = stems.get(plain) ?? stem(plain);
      stems.set(plain, known);
      terms.push(known);
    }
  }
  return terms;
}

/** Chinese that says how is asked, and not about what. */
const askingHan =
  /什么|怎么|怎样|为什么|多少|多大|多长|多高|多深|多久|多远|多快|多宽|几[个只次位张条天年]?|哪[个里些一]?|谁|是不是|有没有|请问|[吗呢吧啊呀]/g;
/** Letters at a word's beginning that its relatives share: vaccine, vaccinated. */
const sharedLetters = 5;

/**
 * What a question may share with a text whose words are others: single Chinese signs and the beginnings of long words. Each once;
 * alone they prove little.
 */
export function looseTermsOf(question: string, leftOut: ReadonlySet<string>): ReadonlySet<string> {
  const plain = question.normalize('NFKC').toLowerCase();
  const signs = [
    ...plain
      .replaceAll(askingHan, ' ')
      .replaceAll(emptyHan, ' ')
      .matchAll(/\p{Script=Han}/gu),
  ];
  const words = [...plain.matchAll(/[a-z]+/g)].filter(
    ([found]) => found.length >= sharedLetters && !leftOut.has(found),
  );
  return new Set([...signs.map(([sign]) => sign), ...words.map(([found]) => found.slice(0, sharedLetters))]);
}

/** Gives the terms of a text, as often as they are there, and all else that is counted of it. */
export function looseTermsIn(text: string): readonly string[] {
  const found = text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/\p{Script=Han}|[a-z]{5}[a-z]*/gu);
  return Array.from(found, ([term]) => (term.length > sharedLetters ? term.slice(0, sharedLetters) : term));
}

/** What a question asks by, without the words that ask. */
export function askedTermsOf(question: string, leftOut: ReadonlySet<string>): readonly string[] {
  return termsOf(question.replaceAll(askingHan, ' '), leftOut);
}

/** Each two signs that stand together; one alone by itself. */
function pairsOf(run: string): readonly string[] {
  if (run.length < 2) return run === '' ? [] : [run];
  return Array.from({ length: run.length - 1 }, (_, index) => run.slice(index, index + 2));
}

/** Light stemming: endings that change a word's form and not what it means. */
export function stem(found: string): string {
  if (found.length < 4 || !/^[a-z]*(?:[degsy]|(.)\1)$/.test(found)) return found;
  const cut = found
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/(?:sses|shes|ches|xes)$/, (end) => end.slice(0, -2))
    .replace(/([^s])s$/, '$1')
    .replace(/(?:ing|edly|ed|ly)$/, (end, at: number) => (at >= 3 ? '' : end));
  return cut.replace(/(.)\1$/, '$1').replace(/e$/, '');
}
