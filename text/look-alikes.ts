/** Letters of other scripts, and digits, that are drawn like Latin ones, each with what it is taken for. */
const drawnAs: Readonly<Record<string, string>> = Object.fromEntries([
  ['а', 'a'],
  ['в', 'b'],
  ['е', 'e'],
  ['ё', 'e'],
  ['к', 'k'],
  ['м', 'm'],
  ['н', 'h'],
  ['о', 'o'],
  ['р', 'p'],
  ['с', 'c'],
  ['т', 't'],
  ['у', 'y'],
  ['х', 'x'],
  ['і', 'i'],
  ['ј', 'j'],
  ['ѕ', 's'],
  ['һ', 'h'],
  ['ԁ', 'd'],
  ['ԛ', 'q'],
  ['ԝ', 'w'],
  ['ѵ', 'v'],
  ['ӏ', 'l'],
  ['г', 'r'],
  ['п', 'n'],
  ['α', 'a'],
  ['β', 'b'],
  ['γ', 'y'],
  ['ε', 'e'],
  ['η', 'n'],
  ['ι', 'i'],
  ['κ', 'k'],
  ['μ', 'u'],
  ['ν', 'v'],
  ['ο', 'o'],
  ['ρ', 'p'],
  ['σ', 'o'],
  ['τ', 't'],
  ['υ', 'u'],
  ['χ', 'x'],
  ['ω', 'w'],
  ['ζ', 'z'],
  ['օ', 'o'],
  ['ո', 'n'],
  ['ս', 'u'],
  ['հ', 'h'],
  ['ց', 'g'],
  ['ı', 'i'],
  ['ɑ', 'a'],
  ['ɡ', 'g'],
  ['ƅ', 'b'],
  ['0', 'o'],
  ['1', 'l'],
  ['|', 'l'],
] as const);

const alphabets = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Coptic'].map((name) => ({
  name,
  letter: new RegExp(`\\p{Script=${name}}`, 'u'),
}));

/** What is not seen and no emoji needs: format characters, those of private use, and fillers. */
const unseen = /(?!\u200d)[\p{Cf}\p{Co}\p{Cs}\p{Cc}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/u;

/** What a person sees of a name: without case, marks and what is not seen, each letter as the Latin one that it is drawn like. */
export function seenAs(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\p{C}\s\p{P}\u115f\u1160\u3164\uffa0]/gu, '');
  const drawn = [...plain].map((letter) => drawnAs[letter] ?? letter).join('');
  // These are told apart by nobody in most fonts.
  return drawn.replaceAll('i', 'l').replaceAll('rn', 'm').replaceAll('vv', 'w');
}

/** Whether one word has letters of two alphabets that are drawn alike; words beside each other may be of any. */
export function mixesAlphabets(name: string): boolean {
  const words = name.normalize('NFKC').match(/[\p{L}\p{M}\p{Cf}]+/gu) ?? [];
  return words.some((word) => alphabets.filter(({ letter }) => letter.test(word)).length > 1);
}

/** Whether a text has characters that are not seen, or that turn around what follows; line ends and tabs are seen. */
export function hasUnseen(text: string): boolean {
  return unseen.test(text.replaceAll(/[\n\r\t]/g, ''));
}
