import type { Place } from './anchored.ts';

/** What a secret without any mark of its own is called: in prose, as a field, as a variable, as a part of an address. */
const secret =
  'tokens?(?![a-z])|secrets?(?![a-z])|key(?:id)?(?![a-z])|(?<![a-z])sid(?![a-z])|session(?![a-z])|session[_ -]?(?:id|token|key|secret)|cookies?(?![a-z])|credentials?(?![a-z])|bearer|' +
  '(?<![a-z])sign?(?![a-z])|signature(?![a-z])|passw(?:or)?d|passphrase|(?<![a-z])auth(?![a-z])|authorization|(?<![a-z])jwt(?![a-z])|web-?hook|(?<![a-z])(?:fernet|cipher(?:iv)?|aes|chacha20|salt|pepper|encrypt(?:ion|ed)?|decrypt|vault|t?otp|hmac|pat|csrf|xsrf|tk|ak|sk|psk|seed|mfa|2fa|app[_-]?id)(?![a-z])|(?<![a-z])(?:activation|licen[cs]e)(?![a-z])|激活[码碼]?|[注註][册冊][码碼]|' +
  '(?<![a-z])(?:revok(?:e|ed|ing)|rotat(?:e|ed|ing)|leak(?:ed|s)?|unauthori[sz]ed)(?![a-z])|[无無][权權]限|作[废廢]|泄[露漏]|[余餘][额額]|吊[销銷]|[请請]求[头頭]|' +
  '令牌|加密|解密|[鉴鑒][权權]|外[传傳泄]|密[钥鑰码碼]|秘[钥鑰]|口令|[会會][话話]|[签簽]名|凭[证證据據]|憑證';
/** How a run begins that says itself what it is: `private-…`, `sess_…`. */
const ownName = /^(?:private|token|tok|secret|sess(?:ion)?|api|auth|pat|sid|key)[-_]/i;
/** What is published, or tells things apart, stands as such runs, too. */
const open =
  '(?:public|fingerprint|primary|foreign|cache|sort|lookup|partition|idempotency|gpg|pgp|openpgp|release)[ _-]?(?:keys?)?(?![a-z])|公[钥鑰]|指[纹紋]|' +
  '(?<![a-z])(?:commits?|sha(?!-?\\d{0,3}["\'`][ ]?[,)])-?\\d{0,3}(?:sum)?|md5(?:sum)?|crc\\d*|blake\\w*|etag|revisions?|rev|builds?|hash(?:es)?|checksums?|digests?|integrity|nonce|trace|span|request|correlation|order|invoice|device|image|' +
  'layer|blob|uuid|guid|versions?|serial|node|pod|container|tree|object|isbn|file)(?:[ _-]?(?:id|no|number))?(?![a-z])|' +
  '哈希|[校检檢][验驗]和?|摘要|提交|[订訂][单單]|序列[号號]|流水[号號]|[编編][号號]|版本|[请請]求(?![头頭])|[追跟][踪蹤]|[设設][备備]|[镜鏡]像|文件';
const names = new RegExp(`(?<open>${open})|(?<secret>${secret})`, 'gi');
const tells = new RegExp(`${open}|${secret}`, 'i');
/** The name that a value has as a field, a variable or a header. */
const field =
  /(?<name>[\p{L}\p{N}_.$-]{1,60})["'`\])}\\]{0,4}[ \t]{0,4}(?::=|=>|->|[:=])[ \t]{0,4}["'`([{<\\]{0,4}(?:(?:bearer|basic|token)[ \t]{1,3})?$/iu;
/** Fields that hold what another one names. */
const isHolder = /^(?:val(?:ue)?|text|content|default|data|string|x|is)$/i;
/** Another field stands between, which what follows belongs to; or the sentence is over. */
const another =
  /[,;&|{]\s*\\?["']?(?!(?:val(?:ue)?|text|content|default|data)\b)[\p{L}\p{N}_.-]+\\?["']?\s*[:=]|[.!?]\s+\p{Lu}|[。！？]/iu;
/** What stands behind belongs to something else. */
const isApart = /[;&|{=?:。！？；]|\.\s|,\s*["']?\w+["']?\s*[:=]/;
const [looksBack, looksOn] = [110, 48];

/** Whether what stands at a place is called a secret (true), is called something else (false), or has no name that tells (null). */
export function isCalledKey(text: string, { start, end }: Place): boolean | null {
  const line = lineBefore(text.slice(Math.max(0, start - looksBack), start));
  if (ownName.test(text.slice(start, end))) return true;
  // Packed text within a header of a mail.
  if (/\?[BQ]\?$/i.test(line)) return false;
  // The last part of a name says what it is: `tokenHash` is a hash.
  const before = line.replaceAll(/([a-z])(?=[A-Z])/g, '$1_');
  const last = [...before.matchAll(names)].at(-1);
  if (last !== undefined) {
    const behind = before.slice(last.index + last[0].length);
    const name = field.exec(before)?.groups?.['name'];
    const isOwn = name !== undefined && !isHolder.test(name) && field.test(`${last[0]}${behind}`);
    if (isOwn || !another.test(behind)) return last.groups?.['secret'] !== undefined;
  }
  const after = lineAfter(text.slice(end, end + looksOn));
  const next = [...after.matchAll(names)][0];
  if (next === undefined || isApart.test(after.slice(0, next.index))) return null;
  return next.groups?.['secret'] !== undefined;
}

/** The line up to a place; where nothing stands before it, the line above with it. */
function lineBefore(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  const isSpoken = /^[ \t>]{0,4}(?:\[?[\d:, -]{4,20}\]? )?[\p{L} ]{1,20}: ?$/u.test(line) && !tells.test(line);
  if (line === text || (!isSpoken && !/^(?:[^\p{L}\p{N}]|\b(?:default|value|content|text)\b)*$/iu.test(line)))
    return line;
  const above = text.slice(0, -line.length - 1 || undefined).trimEnd();
  return `${above.slice(above.lastIndexOf('\n') + 1)}${line}`;
}

/** What stands behind a place in its line; where nothing does, the line below. */
function lineAfter(text: string): string {
  const [line = '', below = ''] = text.split('\n', 2);
  return /[\p{L}\p{N}]/u.test(line) ? line.replace(/^[.~-]+/, '') : below;
}
