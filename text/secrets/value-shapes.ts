import { badPasswords } from './bad-passwords.ts';
import { isOddWord } from './odd-words.ts';

/** What is no secret although it stands where one does: variables, words of code, and words that stand in for one. */
const standIn =
  /^(?:[^A-Za-z0-9]+$|[([]?#\d{1,6}[)\]]?$|utf-?8$|urn:|\/\^|\S*%s|[A-Z]{2,6}\d?(?:\/[A-Z]{2,6}\d?)+$|(?:ctrl|alt|shift|cmd|meta|super|fn)[+-]|\$|%(?:[A-Za-z_]+%|[a-z])?$|<|\{\{|\*+$|x{4,}$|\.{3}|process\.|os\.|https?:|file:|data:|--\w|\d+\/(?:tcp|udp)$|[\w.-]*\/[\w./-]+\.\w{2,4}$|env\.|your|example|null|undefined|unknown|true|false|none|n\/a|string|required|changeme)/i;
/** Code: a call, an element, a type, a path of names, or what is put in later. */
const code =
  /^[)\]}]*\.\w+\(|^[A-Za-z_$][\w$.?[\]]*\(|^[A-Za-z_$][\w$]*(?:\??\.[\w$]*)*(?:\[['"\w:-]|<[A-Za-z])|^[A-Za-z_$][\w$]*(?:\??\.#?[A-Za-z_$][\w$]*)+$|^[@$%&][A-Za-z_]+\d?$|^[([{]+\w+[)\]}]*$|\$\{/;
const phrase = /^[a-z]{3,}(?:-[a-z]{3,}){2,}\d*$|^[a-z]{3,}(?:[._][a-z]{3,}){2,}\d{1,4}$/i;
/** A passphrase of words with spaces between them, and what makes a sentence of such. */
const inWords = /^[a-z]{3,12}(?: [a-z]{3,12}){3,9}(?: ?\d{1,4})?$/;
const isSentence =
  /\b(?:the|your|you|and|for|with|must|should|not|that|this|are|was|has|have|will|can|please|from|than|only|when|after|before|into|enter|again|does|did|but|which|who|its|his|her|our|their|they|been|being|would|could|about|also|them|there|then|some|such|each|every|all|any|may|use|used|using)\b/;
/** Names of methods and standards end in figures as bad passwords do. */
const isMethod =
  /^(?:wpa|wep|socks|sha|aes|rsa|ecc|crc|utf|iso|rfc|ipv|win|gbk|cve|tls|ssl|des|md|http|base|port|line|page|step|version|node|python|java|windows|server|host|web|app|key|user|test|level|round|type|part|figure|table|section|chapter|item|file|image|argon|pkcs|pam_unix|ed|x|p|log|eth|usb|com|oauth|saml|smb|nfs|ntlmv|kerberos|krb|mp|h|utf-|latin|cp|build|release|phase|option|note|step|example|row|col|int|uint|float|string|str|arg|param|field|var|tmp|fig|vol|sec|ch|no|day|week|year|q|v|bcrypt|sha-|pbkdf)-?_?\d+$/i;
/** Words that stand where a password does and name its kind, its state, its field or nothing. */
const isCommonWord =
  /^(?:pass\w*|\w*passw\w*|passwd|secrets?|hidden|masked|redacted|removed|token|tokens|value|values|hash(?:ed)?|plain|plaintext|cleartext|clear|encrypted|bcrypt|argon|crypt|prompt|stdin|file|files|default|empty|invalid|wrong|incorrect|expired|missing|unset|reset|change|changed|forgot|confirm|label|placeholder|input|field|form|login|users?|username|email|name|names|admin|submit|here|this|that|success|failed|failure|error|errors|accepted|denied|method|auth|basic|digest|publickey|keyboard|boolean|integer|number|object|bytes|varchar|chars?|optional|nullable|text|array|list|always|never|allow|allowed|disabled?|enabled?|manual|random|generated?|autocomplete|current|currentpassword|newpassword|module|system|server|client|options?|config|settings?|enter|verify|verified|check|checked|required?|sufficient|include|requisite|strong|weak|good|wheel|private|public|internal|external|local|remote|stored|unchanged|protected|other|another|entry|window|dialog|title|message|header|content|vault|rules?|policy|length|strength|reader|manager|provider|generator|service|account|database|connection|self|const|static|final|return|print|await|async|function|class|super|undefined|sample|dummy|testing|foobar|foo|bar|baz|ignored?|skip|skipped|unused|deprecated|same|matched|matches|mismatch|match|unknown|secure|insecure|locked|unlock|unlocked|visible|invisible|toggle|show|hide|copy|paste|please|string|strings)$/i;

export const kindsOf = (value: string): number =>
  [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
export const isPhrase = (value: string): boolean => phrase.test(value);
export const isWords = (value: string): boolean => inWords.test(value) && !isSentence.test(value);

/** Letters in a changing case that is no name of a program's. */
const isMixed = (whole: string) => isMixedWord(whole.replace(/[:_-]/g, ''));
const isMixedWord = (value: string) =>
  value.length >= 8 &&
  /^[A-Za-z]+$/.test(value) &&
  /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(value) &&
  (/[bcdfgjkmnpqvwxz]{4}/i.test(value) || !/^[a-zA-Z]?[a-z]+(?:[A-Z][a-z]+)*$/.test(value)) &&
  !/^[A-Z]{2,5}[a-z]{3,}(?:[A-Z][a-z]{2,})*$/.test(value);
/** Another field with its value, and words that a program joins to a name. */
const isAssigned = /^[A-Za-z_]{1,30}=[\w"'$([{<]|^[A-Za-z_$][\w$.]*\[$/;
const isJoined = /^[A-Za-z]+\d?(?:_[A-Za-z]+\d?){2,}$|^(?=.{12})[A-Za-z]+\d?_[A-Za-z]+\d?$/;
/** Parts between full stops whose letters and figures change places: no path of names has three such changes. */
const isOddPath = (value: string) =>
  (value.replaceAll('.', '').match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0) >= 3 && !value.includes('(');

/**
 * How much a value looks like a secret by itself: `none` may be none; `word` is one of any language; `likely` has figures or signs;
 * `told` is what people write for little else; `odd` for nothing else.
 */
export type Shape = 'none' | 'word' | 'likely' | 'told' | 'odd';

export function shapeOf(value: string): Shape {
  if (badPasswords.has(value.toLowerCase())) return 'told';
  if (inWords.test(value)) return isSentence.test(value) ? 'none' : 'told';
  if (/[^!-~]/.test(value)) return 'none';
  if (/^\$/.test(value) && isOddWord(value.slice(1)) && !/^\$[A-Z_]/.test(value)) return 'odd';
  if (
    standIn.test(value) ||
    isAssigned.test(value) ||
    isJoined.test(value) ||
    (code.test(value) && !isPhrase(value) && !isOddPath(value))
  )
    return 'none';
  const isDigits = /^\d{4,}$/.test(value);
  const kinds = kindsOf(value);
  if (!isDigits && !isMixed(value) && !isPhrase(value)) {
    if (/^[A-Za-z]+$/.test(value) && kinds < 3)
      return /^[a-z]{5,}$/.test(value) && !isCommonWord.test(value) ? 'word' : 'none';
    if (/^[A-Za-z_.]+\(?$/.test(value) && kinds < 3) return 'none';
    if (value.length < 5 || kinds < 2 || !/\d|[^A-Za-z0-9_.:/-]/.test(value)) return 'none';
  }
  if (isOddWord(value)) return 'odd';
  const isTold =
    (/^\d{6,}$/.test(value) && !/^(?:19|20)\d{6}$/.test(value)) ||
    (value.length >= 8 && /[a-z]\d+[a-z]|\d[a-z]+\d/i.test(value)) ||
    isMixed(value) ||
    isPhrase(value) ||
    kinds >= 3 ||
    (/^[a-z]{3,}[^a-z\s]*\d{1,}$/i.test(value) && value.length >= 6 && !isMethod.test(value));
  return isTold ? 'told' : 'likely';
}
