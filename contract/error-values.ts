import type { ErrorCode } from './errors.ts';

/**
 * What the sentence of an error says besides its own words. Who makes such an error has to give it; `tests/unit/locales`
 * holds this list against the words. The name of a file is left out: it is added where files have names.
 */
export const neededValues = {
  'app/other-version': ['other', 'version'],
  'profile/not-writable': ['folder'],
  'profile/not-yours': ['folder'],
  'profile/others-things': ['folder'],
  'profile/others-can-write': ['folder'],
  'profile/other-things': ['folder'],
  'sending/changed': ['host'],
  'settings/broken-file': ['file'],
  'settings/server-unread': ['field', 'server'],
  'database/damaged': ['here', 'kept', 'was'],
  'database/no-permission': ['file'],
  'model/others-can-write': ['folder'],
  'model/parts-missing': ['missing', 'parts'],
  'model/unsupported': ['detail'],
  'model/too-large-for-memory': ['freeBytes', 'needBytes'],
  'model/keeps-crashing': ['times'],
  'model/context-full': ['haveWords', 'needWords'],
  'server/bad-address': ['address'],
  'server/unreachable': ['host'],
  'server/certificate': ['host'],
  'server/old-encryption': ['host'],
  'server/no-encryption': ['host'],
  'server/wrong-scheme': ['host'],
  'server/not-encrypted': ['host'],
  'server/moved': ['host', 'other'],
  'server/proxy': ['proxy'],
  'server/key-unusable': ['character', 'position'],
  'server/no-list': ['host'],
  'server/wrong-key': ['host'],
  'server/key-wanted': ['host'],
  'server/key-unclear': ['host', 'name', 'variable'],
  'server/not-found': ['host'],
  'server/not-an-api': ['host'],
  'server/stalled': ['host', 'seconds'],
  'server/cut': ['host'],
  'server/busy': ['host'],
  'server/failed': ['host', 'status'],
  'server/context-full': ['host'],
  'server/no-balance': ['host'],
  'server/model-missing': ['host'],
  'server/model-unfit': ['host'],
  'server/model-not-loaded': ['host'],
  'server/not-allowed': ['host'],
  'server/refused-content': ['host'],
  'server/no-memory': ['host'],
  'server/nothing': ['host'],
  'server/garbled': ['host'],
  'server/unreadable': ['host'],
  'server/too-much': ['host'],
  'server/error-within': ['host'],
  'server/filtered': ['host'],
  'server/unknown-end': ['host', 'reason'],
  'hotkey/refused': ['accelerator'],
  'hotkey/wayland': ['command'],
  'display/refused': ['display'],
  'display/ended': ['signal'],
  'file/too-many': ['count', 'limit'],
  'file/not-yet': ['kind'],
  'action/broken-file': ['file', 'line', 'reason'],
  'action/not-a-file': ['file'],
  'action/file-too-large': ['file', 'limitBytes'],
  'action/same-id': ['file', 'other'],
  'offline/locked': ['host'],
} as const satisfies Partial<Record<ErrorCode, readonly string[]>>;

/** Names of the values that errors of a code must have; none for a code that is only known when it is made. */
export type NeededValue<Code extends ErrorCode> = ErrorCode extends Code
  ? never
  : Code extends keyof typeof neededValues
    ? (typeof neededValues)[Code][number]
    : never;
