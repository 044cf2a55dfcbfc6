/** Lines that are looked at; of a long text its beginning tells. */
const mostLines = 200;
const leastLines = 2;
/** Of the lines with something in them, so many have to be code. */
const leastShare = 0.4;

/** What lines of code end with, and lines of words do not. */
const ends = /(?:[;{}]|\)\s*=>|\)\s*:|\\|\],?|\),?)\s*(?:\/\/.*|#.*)?$/;
const begins =
  /^\s*(?:(?:export|import|from|const|let|var|function|class|interface|def|return|if|elif|else|for|while|switch|case|public|private|static|void|int|package|func|fn|use|impl|struct|enum|#include|#define|SELECT|INSERT|UPDATE|CREATE|<\/?[a-z][\w-]*[\s/>]|\$ |git |npm |sudo )\b|[-+]{3} |@@ |#!\/|@\w+\(?)/;
/** A call, an assignment, a comparison or an arrow. */
const within = /\w\([^)]*\)|[\w\])]\s*(?:=|:=|\+=|-=|==|!=|===|=>|->|::|&&|\|\|)\s*[\w("'`[{]/;
const fence = /^```/m;

/** Whether a text is source code, as far as its lines tell: for sorting, and never for running it. */
export function looksLikeCode(text: string): boolean {
  if (fence.test(text)) return true;
  const lines = text
    .split('\n', mostLines)
    .map((line) => line.slice(0, 400))
    .filter((line) => line.trim() !== '');
  if (lines.length < leastLines) return false;
  const code = lines.filter((line) => [ends, begins, within].filter((pattern) => pattern.test(line)).length >= 2);
  const some = lines.filter((line) => /^\s*[}\])]+[;,]?\s*$/.test(line));
  return (code.length + some.length) / lines.length >= leastShare;
}
