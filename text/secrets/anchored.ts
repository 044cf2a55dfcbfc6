/** Places of a text, found by a mark that stands in each of them: it is looked for first, and the rest around it alone. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

const localPart = /[\p{L}\p{N}._%+-]{1,64}$/u;
const domain =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}(?<top>xn--[a-z0-9-]{2,59}|[A-Za-z]{2,24}|(?![A-Za-z])\p{L}{2,24})(?![A-Za-z0-9])/iu;
/** Names of files have an at sign, too: `logo@2x.png`. */
const fileEndings = new Set('png jpg jpeg gif svg webp avif ico css js ts mjs cjs json html scss less map'.split(' '));
const withUser = /:\/\/[^\s/@:]{0,80}:[^\s/]{1,64}$/;
const han = /\p{Script=Han}/u;

export function* findEmails(text: string): Generator<Place> {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let before = localPart.exec(text.slice(Math.max(0, at - 64), at))?.[0] ?? '';
    // Chinese words stand right before an address that is of other letters.
    if (/[A-Za-z0-9]$/.test(before)) before = before.slice([...before].findLastIndex((one) => han.test(one)) + 1);
    before = before.replace(/^[.%+-]+/, '');
    // `user:password@host` of an address is none.
    if (withUser.test(text.slice(Math.max(0, at - 160), at))) continue;
    const match = domain.exec(text.slice(at + 1, at + 400));
    if (before === '' || match === null || fileEndings.has(match.groups?.['top']?.toLowerCase() ?? '')) continue;
    yield { start: at - before.length, end: at + 1 + match[0].length };
  }
}

const scheme = /[A-Za-z][A-Za-z0-9+.-]{1,20}$/;
/** `user/password@host`, as Oracle has it, and `user:password@tcp(host)` of drivers: what stands before the sign and behind it. */
const slashed = /(?:oracle:\w{2,8}:[\w.$-]{1,60}\/|(?<![\w.$-])[\w.$-]{1,60}:)(?<secret>[^\s/@"'`]{3,100})$/;
const hostBehind = /^(?:\/\/|tcp\(|unix\(|\(|[\w.-]{1,100}:\d{2,5}[:/])/;
/** Words that instructions write where a password belongs. */
const standIn = /^(?:pass(?:word)?|pwd|secret|x+|\*+|[<{$[].*)$/i;
const userAndPassword = /^[^\s:/@]{0,100}:(?<password>[^\s/"'`<>]{3,200})@[\w.[-]/;

/** The passwords of addresses such as `postgres://user:password@host`. */
export function* findAddressPasswords(text: string): Generator<Place> {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    if (!scheme.test(text.slice(Math.max(0, at - 22), at))) continue;
    const match = userAndPassword.exec(text.slice(at + 3, at + 320));
    const password = match?.groups?.['password'];
    if (match === null || password === undefined || standIn.test(password)) continue;
    const end = at + 3 + match[0].length - 2;
    yield { start: end - password.length, end };
  }
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (!hostBehind.test(text.slice(at + 1, at + 120))) continue;
    const secret = slashed.exec(text.slice(Math.max(0, at - 180), at))?.groups?.['secret'] ?? '';
    if (secret !== '' && !standIn.test(secret)) yield { start: at - secret.length, end: at };
  }
}

/** `Server=…;User Id=…;Password=…`, as drivers are told where to go: what stands there is a password, whatever it looks like. */
const told =
  /(?:^|[;\s"'])(?:server|host|data source|user(?: ?id)?|uid|database)=[^;\n]{1,100}[;\s][^\n]{0,300}?(?:password|pwd)=(?<secret>[^;"'\s&]{3,100})/gi;

/** Addresses have passwords in their fields: `?user=…&password=…`. */
/** Some tell the password before where to go. */
const toldFirst =
  /(?:^|[\s"'{])(?:password|pwd)=(?<secret>[^;"'\s&]{3,100});[^\n]{0,200}?(?:server|data source|host|uid|user id|database)=/gi;
const asked =
  /[?&](?:password|passwd|pwd|pass|(?<=[?&](?:u|user|login)=[^&\s]{1,60}&)p)=(?<secret>[^&;\s"'<>#]{3,100})/gi;

/** The passwords of connections that are told in fields. */
export function* findConnectionPasswords(text: string): Generator<Place> {
  for (const match of [...text.matchAll(told), ...text.matchAll(asked), ...text.matchAll(toldFirst)]) {
    const secret = match.groups?.['secret'] ?? '';
    const start = match.index + match[0].indexOf(`=${secret}`, match[0].search(/(?:password|passwd|pwd|pass)=/i)) + 1;
    if (!standIn.test(secret)) yield { start, end: start + secret.length };
  }
}

const begin = '-----BEGIN ';
const label = /^(?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/;
const longestKey = 20_000;

/** Private keys from their first line to their last; one that is cut off, as far as its lines go. */
export function* findPrivateKeys(text: string): Generator<Place> {
  for (let at = text.indexOf(begin); at >= 0; ) {
    const head = label.exec(text.slice(at + begin.length, at + begin.length + 100));
    let end = at + begin.length;
    if (head !== null) {
      const closing = `-----END ${head[0]}`;
      const closes = text.slice(at, at + longestKey).indexOf(closing);
      const body = /^(?:\\[nr]|[A-Za-z0-9+/=\s:,.-]){0,20000}/.exec(text.slice(end + head[0].length, at + longestKey));
      end = closes < 0 ? end + head[0].length + (body?.[0].trimEnd().length ?? 0) : at + closes + closing.length;
      yield { start: at, end };
    }
    at = text.indexOf(begin, end);
  }
}
