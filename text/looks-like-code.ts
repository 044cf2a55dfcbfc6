/** Lines that are looked at; of a long text its beginning tells. */
const mostLines = 200;
const leastLines = 2;
/** The share of the lines with something in them that have to be code. */
const leastShare = 0.4;

/** What lines of code end with, and lines of words do not. */
const ends = /(?:[;{}]|\)\s*=>|\)\s*:|\\|\],?|\),?)\s*(?:\/\/.*|#.*)?$/;
const begins =
  /^\s*(?:(?:export|import|from|const|let|var|function|class|interface|def|return|if|elif|else|for|while|switch|case|public|private|static|void|int|package|func|fn|use|impl|struct|enum|#include|#define|SELECT|INSERT|UPDATE|CREATE|<\/?[a-z][\w-]*[\s/>]|\$ |git |npm |sudo )\b|[-+]{3} |@@ |#!\/|@\w+\(?)/;
/** A call, an assignment, a comparison or an arrow. */
const within = /\w\([^)]*\)|[\w\])]\s*(?:=|:=|\+=|-=|==|!=|===|=>|->|::|&&|\|\|)\s*[\w("'`[{]/;
/** What no line of words has: a member of JSON, a property of CSS, a variable and the words around blocks of a shell. */
const alone =
  /^\s*"[^"]{1,80}"\s*:\s|^\s*[\w-]{1,40}\s*:\s[^;]{1,200};$|^#!\/|\$\{?[A-Za-z_]\w*|;\s*(?:do|then)$|^\s*(?:done|fi|esac|end)$/;
const fence = /^```/m;

/** Whether a text is source code, as far as its lines tell: for sorting, and never for running it. */
export function looksLikeCode(text: string): boolean {
  if (fence.test(text)) return true;
  const lines = text
    .split('\n', mostLines)
    .map((line) => line.slice(0, 400))
    .filter((line) => line.trim() !== '');
  if (lines.length < leastLines) return false;
  const signs = (line: string) => [ends, begins, within].filter((pattern) => pattern.test(line)).length;
  const code = lines.filter((line) => alone.test(line) || signs(line) >= 2);
  const some = lines.filter((line) => /^\s*[[\]{}()]+[;,]?\s*$/.test(line));
  return (code.length + some.length) / lines.length >= leastShare;
}
