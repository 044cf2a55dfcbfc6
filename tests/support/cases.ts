/** The case that runs in this process: its number in the file, and how many times it has waited. */
let current = 0;
let waits = 0;
let stage: 'runs' | 'ends' = 'runs';

/** The case of each file that is broken on purpose, to see whether the others stand without it; none when it is not given. */
const broken = Number(process.env['BECKON_BREAK_CASE'] ?? Number.NaN);
/** Which of its waits throws: late enough that something was changed already. */
const brokenWait = Number(process.env['BECKON_BREAK_WAIT'] ?? 3);

export function beginCase(): void {
  current += 1;
  beginBody();
}

/** What a case stands on is there: waits are counted from here. */
export function beginBody(): void {
  waits = 0;
  stage = 'runs';
}

/** What the case changed is being taken back, which is not to be broken. */
export function endBody(): void {
  stage = 'ends';
}

/** Throws in the middle of the case that is to be broken, and again where a failure was taken for an answer. */
export function breakHere(what: string): void {
  if (stage === 'ends') return;
  waits += 1;
  if (current === broken && waits >= brokenWait) throw new Error(`broken on purpose, where it waited for: ${what}`);
}

/** A case with fewer waits is broken at its end. */
export function breakAtEnd(): void {
  if (current === broken && waits < brokenWait) throw new Error('broken on purpose at its end');
}

/**
 * Settles only while the case lasts that began it. A case that was given up after its time does not go on beside the next
 * one, pressing keys in what is the next one's.
 */
export function whileCaseLasts<Value>(promise: Promise<Value>): Promise<Value> {
  const begunIn = current;
  return new Promise((resolve, reject) => {
    promise.then(
      (value) => begunIn === current && resolve(value),
      (error) => begunIn === current && reject(error),
    );
  });
}
