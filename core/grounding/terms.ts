/** Words that say little of what a sentence is about. */
const emptyWords = new Set(
  'a an the this that these those it its he she they them his her their we our you your i me my and or but so if then than as of in on at to for from by with about into over under after before during between is are was were be been being am has have had do does did will would can could may might should must also there here which who whom whose what when where how not no nor never very more most much many some any each all both only just such other same own per up out off'.split(
    ' ',
  ),
);
const han = /\p{Script=Han}+/gu;
const word = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;
/** What says little, and numerals, which are compared by their value. */
const emptyHan = /[的了着和与及在是有为就也都而或被把将等之其该这那此个们零一二两三四五六七八九十百千万亿]/g;

/** What a sentence is compared by: stems of its English words, pairs of its Chinese characters. Each once. */
export function termsOf(sentence: string): ReadonlySet<string> {
  const terms = new Set<string>();
  const latin = sentence.replaceAll(han, ' ');
  for (const [found] of latin.matchAll(word)) {
    const plain = found.toLowerCase().replaceAll(/['’](?:s|t|re|ve|ll|d|m)?$/g, '');
    if (plain !== '' && !emptyWords.has(plain) && !/^\d/.test(plain)) terms.add(stem(plain));
  }
  for (const [run] of sentence.matchAll(han))
    for (const piece of run.replaceAll(emptyHan, ' ').split(' ')) {
      if (piece.length === 1) terms.add(piece);
      for (let index = 0; index + 1 < piece.length; index += 1) terms.add(piece.slice(index, index + 2));
    }
  return terms;
}

/** Light stemming: endings that change a word's form and not what it means. */
export function stem(found: string): string {
  if (found.length < 4 || /[^a-z]/.test(found)) return found;
  const cut = found
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/(?:sses|shes|ches|xes)$/, (end) => end.slice(0, -2))
    .replace(/([^s])s$/, '$1')
    .replace(/(?:ing|edly|ed|ly)$/, (end, at: number) => (at >= 3 ? '' : end));
  return cut.replace(/(.)\1$/, '$1').replace(/e$/, '');
}

const negations =
  /\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|refus\w+|fail(?:s|ed)? to)\b|n['’]t\b/gi;
const chineseNegations = /不(?!过|但|仅|同|少|久|断)|没有?|未|无法|并非|拒绝|从不/g;

/** Whether a piece of text denies something; two denials in one piece make none. */
export function isNegated(text: string): boolean {
  return negationsIn(text) % 2 === 1;
}

/** How often a piece of text denies something. */
export function negationsIn(text: string): number {
  return (text.match(negations)?.length ?? 0) + (text.match(chineseNegations)?.length ?? 0);
}

export interface FoundName {
  readonly text: string;
  /** Offset in the sentence, in UTF-16 units. */
  readonly start: number;
}

/** Names of people, places and things, as far as their form tells. */
export function namesIn(sentence: string): readonly FoundName[] {
  return [...latinNames(sentence), ...chineseNames(sentence)];
}

/** What a model sets in bold before what it says, as **Budget:** or **Budget**:, is a heading of its own and claims nothing. */
const label = /^[^\p{L}\p{N}*_]*([*_]{1,3})[^*_]+?(?:[:：]\1|\1[:：])/u;

/** Length of the label that a sentence begins with, in UTF-16 units; 0 without one. */
export function labelLength(sentence: string): number {
  return label.exec(sentence)?.[0].length ?? 0;
}

function latinNames(sentence: string): readonly FoundName[] {
  const names: FoundName[] = [];
  const claim = labelLength(sentence);
  for (const match of sentence.matchAll(/\p{Lu}[\p{L}’'-]+/gu)) {
    if (match.index < claim) continue;
    const before = sentence.slice(0, match.index).replace(/[*_`\s]+$/, '');
    const after = sentence.slice(match.index + match[0].length).replace(/^[*_`]+/, '');
    // The first word of a sentence, or after a colon or a quotation mark, has its capital for another reason, unless it
    // does something by itself, without an article: that is what names do.
    const isFirst = before === '' || /[.:!?"“(]$/.test(before);
    if (isFirst && !(/[^s]$/.test(match[0]) && match[0].length > 3 && /^ \p{Ll}+(?:s|ed) /u.test(after))) continue;
    if (!emptyWords.has(match[0].toLowerCase())) names.push({ text: match[0], start: match.index });
  }
  return names;
}

const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
/** What stands behind a name: what the person says or does, and when. */
const deeds =
  '说|表示|介绍|汇报|认为|负责|主持|需要|计划|打算|决定|希望|完成|将|在|担任|提出|宣布|指出|告诉|今年|明年|去年|本周|下周|上周|昨天|今天|明天|已经|曾';
/** A surname and a given name at the beginning of a clause, or after the word for who does it, before a deed. */
const person = new RegExp(
  `(?<=(?:^|[，。；、：“由])[*_]*)[${surnames}]\\p{Script=Han}{1,2}?(?=[*_]*(?:${deeds}))`,
  'gu',
);
/** Two characters before a word for a kind of place or brand. */
const place = /\p{Script=Han}{2}(?:医院|图书馆|公司|学校|大学|村|镇|县|市|路|牌)/gu;

function chineseNames(sentence: string): readonly FoundName[] {
  return [person, place].flatMap((form) =>
    [...sentence.matchAll(form)].map((match) => ({ text: match[0], start: match.index })),
  );
}
