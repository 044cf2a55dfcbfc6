const functions =
  'sin|cos|tan|cot|sec|csc|log|ln|lg|exp|lim|max|min|sup|inf|det|dim|ker|deg|gcd|lcm|mod|arg|sgn|var|cov|Pr';
/** Letters alone or the name of a function, figures, and the signs of formulas between them. */
const pieces = new RegExp(`^(?:(?:${functions})(?![A-Za-z])|[A-Za-z](?![A-Za-z])|[\\d.,;:+\\-*/()|<>!'\\s]|\\[|\\])+$`);
const longest = 60;

/** Whether a text without any sign of LaTeX can be a formula: a variable at least, and no word of a language. */
export function looksLikeMaths(text: string): boolean {
  return text.length <= longest && /[A-Za-z]/.test(text) && pieces.test(text);
}
