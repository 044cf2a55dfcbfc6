import { wordStarts } from '../../text/segments.ts';
import { emptyWords } from '../../text/terms.ts';

export interface FoundName {
  readonly text: string;
  /** Offset in the sentence, in UTF-16 units. */
  readonly start: number;
}

/** Names of people, places and things, as far as their form tells. What may be something else is left out. */
export function namesIn(sentence: string): readonly FoundName[] {
  return [...latinNames(sentence), ...chineseNames(sentence)];
}

/** What a model sets in bold before what it says, as **Budget:** or **Budget** –, is a heading of its own and claims nothing. */
const label = /^[^\p{L}\p{N}*_]*([*_]{1,3})[^*_]+?(?:[:：]\1|\1\s?[:：]|\1\s[–—-]\s)/u;

/** Length of the label that a sentence begins with, in UTF-16 units; 0 without one. */
export function labelLength(sentence: string): number {
  return label.exec(sentence)?.[0].length ?? 0;
}

/** Words with a capital that are no names: titles before one, what models head their parts with, and pronouns. */
const notNames = new Set(
  (
    'mr mrs ms miss mx dr prof sir lady lord st rev hon capt sgt lt col gen jr sr phd md esq madam ' +
    'key next action main final first second third steps step items item points point summary findings finding takeaways ' +
    'takeaway overview background conclusion conclusions recommendation recommendations details date time location deadline ' +
    'owner note notes result results decision decisions question questions task tasks responsible status topic topics title ' +
    'subject purpose goal goals text table section part chapter figure page line answer yes i ok pm am ad bc tl dr'
  ).split(' '),
);
/** What people do and things rarely do: the first word of a sentence before it is a name. */
const deedsOfPeople =
  'says?|said|told|tells|asks|asked|agrees|agreed|announce[sd]|explain(?:s|ed)|thinks|thought|leads|led|runs|ran|owns|wants|wanted|plans|planned|promise[sd]|accepts|accepted|borrow(?:s|ed)|calls|called|writes|wrote|sends|sent|takes|took|gives|gave|prepare[sd]|report(?:s|ed)|suggest(?:s|ed)|recommend(?:s|ed)|decide[sd]|describe[sd]|visit(?:s|ed)|lives|lived|works|worked|joins|joined|manage[sd]|hope[sd]|warn(?:s|ed)|argue[sd]|believe[sd]|refuse[sd]|changed|offer(?:s|ed)';
const doesSomething = new RegExp(`^[*_]* (?:(?:also|now|still|will|has|had|himself|herself) )?(?:${deedsOfPeople})\\b`);

/** What follows a backslash is a sign of a formula, such as `\Theta`, and not what a reader sees. */
const capital = /(?<![\p{L}\p{N}.\\])\p{Lu}[\p{L}\p{M}’'-]+/gu;
const gap = /^[*_`]* [*_`]*$/;

function latinNames(sentence: string): readonly FoundName[] {
  // Where all words have a capital, it tells nothing: a heading.
  if (isTitle(sentence)) return [];
  const claim = labelLength(sentence);
  const words = [...sentence.matchAll(capital)].filter(({ index }) => index >= claim);
  const inside = new Set(words.filter((word) => !isFirst(sentence, word.index)).map(([text]) => text));
  return words.flatMap((word, at) => {
    const [text] = word;
    const plain = text.toLowerCase().replace(/['’]s$/, '');
    if (emptyWords.has(plain) || notNames.has(plain)) return [];
    const next = words[at + 1];
    const end = word.index + text.length;
    // The first word of a sentence has its capital for another reason, unless it stands inside of one too, or a name follows.
    const isName =
      !isFirst(sentence, word.index) ||
      inside.has(text) ||
      doesSomething.test(sentence.slice(end)) ||
      (next !== undefined &&
        gap.test(sentence.slice(end, next.index)) &&
        doesSomething.test(afterName(sentence, next)));
    return isName ? [{ text, start: word.index }] : [];
  });
}

function afterName(sentence: string, { 0: text, index }: RegExpExecArray): string {
  return sentence.slice(index + text.length);
}

function isFirst(sentence: string, at: number): boolean {
  const before = sentence.slice(0, at).replace(/[*_`\s]+$/, '');
  return before === '' || /[.:!?;"“‘'([–—|/-]$/.test(before);
}

function isTitle(sentence: string): boolean {
  if (/[.!?,:]/.test(sentence)) return false;
  const words = sentence.match(/[\p{L}’'-]+/gu) ?? [];
  return words.every((word) => /^\p{Lu}/u.test(word) || emptyWords.has(word.toLowerCase()));
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
const place = /(?<stem>\p{Script=Han}{2})(?<kind>医院|图书馆|公司|学校|大学|村|镇|县|市|路|牌)/gu;
/** Two characters that say which one of a kind, and are no name of it. */
const noStem = /[这那该此其个家所条座们的了在和与及于是本各某每整全一二两三四五六七八九十多有到从对向为被把或新旧大小]/;
const kinds =
  /^(?:当地|附近|外地|国内|国外|海外|公立|私立|中心|上级|下级|保险|物流|运输|渡轮|轮渡|公交|科技|贸易|互联|中医|专科|综合|儿童|民办|高等|职业|上市|控股|城市|都市|周边|沿海|山区|贫困)$/;
/** Whoever holds an office is named by a surname and the office. */
const office =
  /^(?:先生|女士|小姐|医生|大夫|教授|老师|经理|主任|局长|部长|院长|校长|主席|博士|律师|师傅|书记|市长|县长|警官|总)$/;

function chineseNames(sentence: string): readonly FoundName[] {
  const people = [...sentence.matchAll(person)];
  const places = [...sentence.matchAll(place)];
  if (people.length + places.length === 0) return [];
  const borders = wordStarts(sentence, 'zh');
  return [
    ...people.filter(({ index }) => borders.has(index) && borders.has(index + 1)),
    ...places.filter(({ index, groups }) => {
      const stem = groups?.['stem'] ?? '';
      return borders.has(index) && borders.has(index + 2) && !noStem.test(stem) && !kinds.test(stem);
    }),
  ].map((match) => ({ text: match[0], start: match.index }));
}

/** The surname of someone who is named by it and an office, as 王医生; null for other names. */
export function surnameOf(name: string): string | null {
  return office.test(name.slice(1)) ? name.slice(0, 1) : null;
}
