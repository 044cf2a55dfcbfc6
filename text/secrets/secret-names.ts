import type { Hit } from './called.ts';

/**
 * Whose value a name has. `password`: what a person types. `key`: what a program is let in by. `short`: words that mean other things,
 * too. `door`: what is opened or entered, beside which a password stands without being called so.
 */
export type NameKind = 'password' | 'key' | 'short' | 'door';

/** A word that begins where no letter stands before it, and ends where none follows. */
const alone = (words: string) => `(?<![a-z])(?:${words})(?![a-z])`;
/** Whose short form is a password: `db_pass`, `rootpw`. */
const owners =
  'user|db|mysql|pg|admin|root|smtp|imap|mail|ftp|login|redis|api|app|my|ssh|vpn|wifi|ldap|http|proxy|auth|account|bind|become|sudo|require|master|store|key|trust|unlock|zip|rar|nas|guest|wlan';

/** The vocabulary, as an expression each, in any case. Behind `key` and `door` stands less than behind the others what is meant. */
const vocabulary: Readonly<Record<NameKind, string>> = {
  password: [
    'passw(?:or)?d|passwor[dt]|passwrd|pass[ _-]?phrase|pass[ _-]?code|pass[ _-]?word|masterauth|passkey|SecureString(?= )',
    alone('pwd|pswd|psk|pw|pws|kennwort|passwort'),
    `(?:pass|pwd?|psk)(?![a-z])(?<=(?<![a-z])(?:${owners})_?(?:pass|pwd?|psk))|(?<=[a-z])pwd(?![a-z])`,
    '(?:wi-?fi|wlan|wpa[23]?|wep|network)[ _-]?key(?![a-z])|(?<![a-z])(?:code|combination|pin)s?(?= (?:for|to|of) (?:the |my |our )?(?:safe|door|gate|alarm|lock|locker|vault|garage|phone))',
    '(?:lastpass|bitwarden|1password|dashlane)(?: [a-z]{3,8})?(?=:)',
    '(?<![a-z])(?:unlock|access|door|gate|alarm|entry)[ _-]?code(?![a-z])',
    '锁屏[码碼]|[门門]禁[码碼]|通行[码碼]|密[码碼]|口令|提取[码碼]|解[压壓][码碼]|暗[号號](?=[是为:])|开[门機机][码碼]',
  ].join('|'),
  key: [
    'api[ _-]?key|secret[ _-]?(?:access[ _-]?)?key(?:[ _-]?base)?|access[_-]?(?:key(?![a-z])|token)|auth[_-]?token|private[_-]?key|client[_-]?secret',
    'account[ _-]?key|app[ _-]?(?:secret|key)|(?:sign(?:ing)?|encryption|hmac|cipher|webhook|shared)[ _-]?(?:secret|key)|secret(?!s?[a-z])|token(?!s?[a-z])',
    '密[钥鑰]|秘[钥鑰]|令牌',
  ].join('|'),
  short:
    '(?<![a-z])(?:hashpw|bcrypt\\.hash(?:Sync)?|(?:decrypt|unlock)(?=\\([^()\\n]{0,20}["\'`]))|(?:(?<![a-z])(?:pass|pin)(?:[ _-]?code)?|pass)(?![a-z])',
  door: [
    alone(
      'log(?:ged|s|ging)?[ -]?(?:in|on)|sign(?:ed|s|ing)?[ -]in|get in|gets you in|let you in|unlocks?|unlocked|creds?|credentials?|bitlocker|keepass|router|wi-?fi|wlan|ssid|ldap bind|opens (?:it|with)|(?:encrypted|protected|locked) with',
    ),
    '登[录錄入陆陸]|解[锁鎖]|解[压壓]|[凭憑][证證据據]|[账帐帳][号號户戶]|暗[号號]|路由器|[连連]不上',
  ].join('|'),
};
const kinds = Object.keys(vocabulary) as readonly NameKind[];
const named = new RegExp(kinds.map((kind) => `(?<${kind}>${vocabulary[kind]})`).join('|'), 'gi');

export interface NameHit {
  readonly kind: NameKind;
  readonly start: number;
  readonly end: number;
}

/** All names of secrets in a text (with signs of full width folded). */
export function findSecretNames(text: string): readonly NameHit[] {
  const hits: NameHit[] = [];
  for (const match of text.matchAll(named)) {
    const kind = kinds.find((one) => match.groups?.[one] !== undefined);
    if (kind === undefined || isWithinWord(kind, text, match)) continue;
    hits.push({ kind, start: match.index, end: match.index + match[0].length });
  }
  return hits;
}

/** `compass` is none, `rootPass` is one. */
function isWithinWord(kind: NameKind, text: string, { 0: name, index }: RegExpExecArray): boolean {
  return kind === 'short' && /[a-z]/i.test(text[index - 1] ?? '') && !/^[A-Z][a-z]/.test(name);
}

/** How tables find what stands under such names. */
export function columnsOf(
  hits: readonly NameHit[],
  couldBe: (kind: NameKind, value: string) => boolean,
): readonly Hit[] {
  return hits
    .filter(({ kind }) => kind === 'password' || kind === 'key')
    .map(({ kind, start, end }) => ({
      start,
      end,
      cue: {
        kind: kind === 'key' ? 'key' : 'password',
        called: '',
        value: kind === 'key' ? '[!-~]{12,300}' : '[!-~]{4,200}',
        holds: (value: string) => couldBe(kind, value),
      },
    }));
}
