/**
 * Words of any script, those of Chinese one by one; how letters are written (wide, small, joined) does not matter, nor digits of a
 * number after the sixth, which every program cuts elsewhere, nor what stands between its thousands.
 */
export function wordsOf(text) {
  return (
    text
      .normalize('NFKC')
      .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
      .replace(/\d+\.\d{5,}/g, (number) => String(Number(Number(number).toPrecision(6))))
      .toLowerCase()
      .match(/\p{Script=Han}|[\p{L}\p{N}\p{M}]+/gu) ?? []
  );
}

/**
 * How one reading stands against another's: `found`, the share of the other's words that it has, each as often as there;
 * `order`, the share of the words that stand once in both that follow one another as there; `more`, the share of its own words
 * that the other has not.
 */
export function compareWords(own, other) {
  const left = new Map();
  for (const word of own) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  const lost = [];
  for (const word of other) {
    const count = left.get(word) ?? 0;
    if (count > 0) {
      common += 1;
      left.set(word, count - 1);
    } else lost.push(word);
  }
  return {
    found: other.length === 0 ? 1 : common / other.length,
    order: orderOf(own, other),
    more: own.length === 0 ? 0 : (own.length - common) / own.length,
    lost,
  };
}

function orderOf(own, other) {
  const at = onceIn(own);
  const places = [...onceIn(other)].flatMap(([word]) => at.get(word) ?? []);
  return places.length === 0 ? 1 : longestRise(places) / places.length;
}

/** Words that stand once, with where. */
function onceIn(words) {
  const seen = new Map();
  for (const [index, word] of words.entries()) seen.set(word, seen.has(word) ? null : index);
  return new Map([...seen].filter(([, index]) => index !== null));
}

/** Length of the longest rising part of a sequence, by the least ends of parts of each length. */
function longestRise(numbers) {
  const ends = [];
  for (const number of numbers) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] < number) low = middle + 1;
      else high = middle;
    }
    ends[low] = number;
  }
  return ends.length;
}
