/** A row of the vocabulary: words that stand alone, or parts of a name, and characters of Chinese in both scripts. */
interface Words {
  /** No letter stands before or behind. */
  readonly alone: readonly string[];
  /** Words that may begin within another one, and end where no letter follows. */
  readonly ends: readonly string[];
  /** Words that may stand anywhere. */
  readonly anywhere: readonly string[];
}

/** What a secret without any mark of its own is called: in prose, as a field, as a variable, as a part of an address. */
const secret: Words = {
  ends: [
    'tokens?',
    'secrets?',
    'key(?:id)?',
    'session(?:[_ -]?(?:id|token|key|secret))?',
    'cookies?',
    'credentials?',
    'signature',
  ],
  alone: [
    ...[
      'sid',
      'sign?',
      'auth',
      'jwt',
      't?otp',
      'hmac(?:sha\\d{1,3}|md5)?',
      'pat',
      'csrf',
      'xsrf',
      'tkn?',
      'ak',
      'sk',
      'psk',
      'seed',
    ],
    ...[
      'mfa',
      '2fa',
      'app[_-]?id',
      'fernet',
      'cipher(?:iv)?',
      'aes',
      'chacha20',
      'salt',
      'pepper',
      'encrypt(?:ion|ed)?',
      'decrypt',
    ],
    ...[
      'vault',
      'signer',
      'activation',
      'licen[cs]e',
      'revok(?:e|ed|ing)',
      'rotat(?:e|ed|ing)',
      'leak(?:ed|s)?',
      'unauthori[sz]ed',
    ],
  ],
  anywhere: [
    ...['bearer', 'passw(?:or)?d', 'passphrase', 'authorization', 'web-?hook', 'serializer(?=\\(["\'])'],
    ...[
      '令牌',
      '密[钥鑰码碼]',
      '秘[钥鑰]',
      '口令',
      '[会會][话話]',
      '[签簽]名',
      '凭[證证据據]',
      '憑證',
      '激活[码碼]?',
      '[注註][册冊][码碼]',
    ],
    ...[
      '加密',
      '解密',
      '[鉴鑒][权權]',
      '外[传傳泄]',
      '[无無][权權]限',
      '作[废廢]',
      '泄[露漏]',
      '[余餘][额額]',
      '吊[销銷]',
      '[请請]求[头頭]',
    ],
  ],
};

/** What is published, or tells things apart, stands as such runs, too. */
const open: Words = {
  ends: [
    '(?:public|fingerprint|primary|foreign|cache|sort|lookup|partition|idempotency|gpg|pgp|openpgp|release)[ _-]?(?:keys?)?',
  ],
  alone: [
    // The name of a method that stands as the first of several values says nothing of the next.
    ...[
      'sha(?!-?\\d{0,3}["\'`][ ]?[,)])-?\\d{0,3}(?:sum)?',
      'md5(?:sum)?',
      'crc\\d*',
      'blake\\w*',
      'hash(?:es)?',
      'checksums?',
      'digests?',
    ],
    ...[
      'commits?',
      'etag',
      'revisions?',
      'rev',
      'builds?',
      'integrity',
      'nonce',
      'trace',
      'span',
      'request',
      'correlation',
      'order',
    ],
    ...[
      'invoice',
      'device',
      'image',
      'layer',
      'blob',
      'uuid',
      'guid',
      'versions?',
      'serial',
      'node',
      'pod',
      'container',
      'tree',
    ],
    ...['object', 'isbn', 'file'],
  ].map((word) => `${word}(?:[ _-]?(?:id|no|number))?`),
  anywhere: [
    ...[
      '公[钥鑰]',
      '指[纹紋]',
      '哈希',
      '[校检檢][验驗]和?',
      '摘要',
      '提交',
      '[订訂][单單]',
      '序列[号號]',
      '流水[号號]',
      '[编編][号號]',
    ],
    ...['版本', '[请請]求(?![头頭])', '[追跟][踪蹤]', '[设設][备備]', '[镜鏡]像', '文件'],
  ],
};

const written = ({ alone, ends, anywhere }: Words) =>
  `(?:${ends.join('|')})(?![a-z])|(?<![a-z])(?:${alone.join('|')})(?![a-z])|${anywhere.join('|')}`;

/** Each name of a text, as `open` or as `secret`. */
export const keyNames = new RegExp(`(?<open>${written(open)})|(?<secret>${written(secret)})`, 'gi');
/** Whether there is one. */
export const hasKeyName = new RegExp(`${written(open)}|${written(secret)}`, 'i');
