/** The longest that is looked at as one, in letters. */
export const longestWord = 64;
/** Addresses, paths, names of programs and of files, versions, calls, fields. */
const isOther =
  /[/\\(){}[\]<>|=:"'`,;]|^[$%&@-]\w*$|^#\w{0,7}$|^[A-Za-z]+#\d+$|@[\w-]+\.\w|\.[a-z]{2,5}$|^\d+(?:[.-]\d+)+|^v\d+(?:\.|$)/i;
/** Ways to keep passwords, which stand beside their name. */
const isMethod = /sha-?\d|md[45]|hmac|pbkdf|aes|rsa|crypt|base\d|utf|oauth|ipv\d|ntlm|x509|krb5|rfc\d/i;
const isPhrase = /^[a-z]{4,}(?:-[a-z]{4,}){3,}\d*$|^[a-z]{4,}(?:[-._][a-z]{4,}){2,}\d{1,4}$/i;

/** Whether a word is one that people write for nothing but a password: figures and signs within letters, as no name has them. */
export function isOddWord(word: string): boolean {
  if (word.length < 6 || word.length > longestWord || isOther.test(word) || isMethod.test(word)) return false;
  if (isPhrase.test(word)) return true;
  if (/^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9]+[!#$%^*~][!-~]*[A-Za-z0-9]$/.test(word)) return true;
  if (!/[A-Za-z]/.test(word) || !/\d/.test(word)) return false;
  if (/[A-Za-z0-9][!@#$%^&*?~+][A-Za-z0-9]|\d[!@#$%^&*~+]+$/.test(word)) return true;
  if (/^(?=.*[a-z])(?=.*[A-Z]).{5,}[!@#$%^&*~+]$/.test(word)) return true;
  if (word.length < 8) return false;
  if (/^[a-z]{4,}(?!(?:19|20)\d\d$)\d{3,}$/.test(word)) return true;
  const changes = word.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  const rises = word.match(/[a-z](?=[A-Z])|[A-Z](?=[A-Z][a-z])/g)?.length ?? 0;
  if (changes >= 3 || (changes >= 1 && rises >= 2)) return true;
  return /[a-z]/.test(word) && /[A-Z]/.test(word) && (word.match(/\d/g)?.length ?? 0) >= 2;
}
