const people = [
  'The harbour master',
  'A teacher',
  'The council',
  'Mrs. Okafor',
  'The night ferry',
  'An engineer',
  'The baker',
];
const deeds = ['repaired', 'counted', 'described', 'sold', 'moved', 'painted', 'measured', 'forgot'];
const things = [
  'the old lamps',
  'a crate of apples',
  'the western gate',
  'two letters',
  'the pump',
  'every second bench',
];
const places = ['by the river', 'behind the library', 'near the station', 'on the third floor', 'at the market'];
const times = ['on Monday', 'last winter', 'before noon', 'in 2019', 'after the storm', 'twice a week'];

/**
 * Made-up English prose of so many words, different for each seed from its first word on, so that nothing of one is in the
 * cache of another.
 */
export function longText(words: number, seed: number): string {
  let state = seed * 2_654_435_761 + 12_345;
  const pick = (list: readonly string[]) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return list[(state >>> 8) % list.length] ?? '';
  };
  const sentences: string[] = [`Report ${seed}.`];
  let count = 2;
  while (count < words) {
    const amount = (state >>> 4) % 900;
    const sentence = `${pick(people)} ${pick(deeds)} ${pick(things)} ${pick(places)} ${pick(times)}, which cost ${amount} euros.`;
    count += sentence.split(' ').length;
    sentences.push(sentences.length % 8 === 0 ? `${sentence}\n\n` : sentence);
  }
  return sentences.join(' ').replaceAll('\n\n ', '\n\n');
}
