/** Whether digits are a card's number: by Luhn's sum, with lengths and beginnings that cards have. */
export function isCard(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || !/^(?:[2-6]|81)/.test(digits) || /^(\d)\1+$/.test(digits))
    return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = digit * 2;
    if (at % 2 === 0) sum += digit;
    else sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const idDigits = '10X98765432';

/** Whether 18 characters are a resident's number of mainland China (GB 11643): a day of birth, and its check digit. */
export function isResidentId(id: string): boolean {
  const [, year = '', month = '', day = ''] = /^[1-9]\d{5}(\d{4})(\d\d)(\d\d)\d{3}[\dXx]$/.exec(id) ?? [];
  if (year < '1900' || year > '2100' || month < '01' || month > '12' || day < '01' || day > '31') return false;
  const sum = idWeights.reduce((all, weight, at) => all + weight * Number(id[at]), 0);
  return idDigits[sum % 11] === id[17]?.toUpperCase();
}

const creditCharacters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Whether 18 characters are a credit code of an organisation in China (GB 32100), by its check character. */
export function isCreditCode(code: string): boolean {
  if (!/^[1-9A-HJ-NPQRTUWXY][1-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false;
  const sum = creditWeights.reduce((all, weight, at) => all + weight * creditCharacters.indexOf(code[at] ?? ''), 0);
  return creditCharacters[(31 - (sum % 31)) % 31] === code[17];
}

/** Whether that is an account by ISO 13616: its remainder by 97 is 1. */
export function isIban(iban: string): boolean {
  const compact = iban.replace(/[ -]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
