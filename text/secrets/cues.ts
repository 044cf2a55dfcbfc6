import { isCard } from './checksums.ts';
import type { SecretKind } from './kinds.ts';

/**
 * Numbers that look like many others, and are told by what they are called. `called`: in prose, in code and in tables, in any
 * case. `value`: what is one there. `holds`: what more is asked of it.
 */
export interface Cue {
  readonly kind: SecretKind;
  readonly called: string;
  readonly value: string;
  readonly holds?: (value: string) => boolean;
  /** False where a heading of that name is of something else. */
  readonly inTables?: boolean;
}

const digitsIn = (value: string) => value.replace(/\D/g, '').length;
const isDate = (value: string) => /^(?:19|20)\d\d[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01])$/.test(value);
const isPhone = (value: string) => digitsIn(value) >= 7 && digitsIn(value) <= 16 && !isDate(value) && isBalanced(value);
const isBalanced = (value: string) => value.split('(').length === value.split(')').length;

export const cues: readonly Cue[] = [
  {
    kind: 'permit',
    called:
      '台胞[证證]?|(?<![a-z])tbz(?![a-z])|台[湾灣]同胞[证證]|台[湾灣](?:居民)?通行[证證]|[来來]往大[陆陸]通行[证證]|taibaozheng|taiwan(?:ese)?[ _-]?(?:compatriots?|residents?)?[ _-]?(?:travel[ _-]?)?(?:permit|certificate|pass)|compatriots?[ _-]?(?:travel[ _-]?)?(?:permit|certificate|pass)|mainland[ _-]?travel[ _-]?permit[ _-]?(?:for[ _-]?)?taiwan(?:ese)?(?:[ _-]?(?:residents|compatriots))?|tw[ _-]?permit|mtp[ _-]?(?:taiwan|no|num|id)|(?<![a-z])mtp(?![a-z])|permit for taiwan residents',
    value: '(?:[A-Z] ?)?\\d{4}[ -]?\\d{4}(?:\\d{2})?(?: ?\\([A-Z0-9]{1,2}\\))?',
  },
  {
    kind: 'permit',
    called:
      '回[乡鄉][证證卡]|home[ _-]?visit(?:ing|or)?[ _-]?(?:permit|card)|[来來]往[内內]地通行[证證]|home[ _-]?return(?:ing)?[ _-]?(?:permit|card|certificate)|(?<![a-z])hrp(?![a-z])|mainland[ _-]?travel[ _-]?permit(?![ _-]?(?:for[ _-]?)?taiwan)|港澳(?:居民|同胞)?(?:[来來]往[内內]地)?(?:通行)?[证證]',
    value: '(?:[HM] ?)?\\d{8}(?:\\d{2})?',
  },
  { kind: 'permit', called: 'permit|通行[证證]', value: '[HM] ?\\d{8}(?:\\d{2})?' },
  {
    kind: 'passport',
    called: 'passport|(?<![a-z])pp ?#|(?<![a-z])ppt(?![a-z])|travel[ _-]?doc(?:ument)?|[护護]照|旅行[证證]件',
    value:
      '(?:[A-Z]{1,3} ?\\d{6,8}|\\d{2}[A-Z]{2}\\d{5}|\\d{8,9}|(?=[A-Z0-9]*\\d)[A-Z][A-Z0-9]{7,8}|[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z\\d]{8})',
  },
  {
    kind: 'ssn',
    called: '(?<![a-z])ssn|social[ _-]security|社安[号號]|社[会會]安全[号號]|社[会會]安全|soc[ _-]sec',
    value: '\\d{3}[- ]?\\d{2}[- ]?\\d{4}',
  },
  {
    kind: 'account',
    called:
      'account(?![a-z]{2}(?<!no|nu|id))|(?<![a-z])acct|(?<![a-z])a/c|(?<![a-z])acc[ _-]?(?:no|num)|[对對]公[户戶]|基本[户戶]|[账帐帳][号號]|[账帐帳][户戶]|[银銀]行[户戶]|[汇匯][至到款]|[转轉][账帐帳][到至给給]|(?:wire|transfer)(?:red|d)? (?:it )?to|beneficiary',
    value: '(?:\\d{2}-\\d{11,18}|\\d(?:[ -]?\\d){9,22})',
  },
  {
    kind: 'card',
    called: '(?<![a-z])cards?(?![a-z])|bankcard|card[ _-]?(?:no|num)|cc[ _-]?num|[银銀]行卡|信用卡|储蓄卡|借记卡|卡号',
    value: '\\d(?:[ -]?\\d){12,18}',
    holds: (value) => isCard(value.replace(/\D/g, '')),
  },
  {
    kind: 'phone',
    called:
      'phone|(?<![a-z])tel(?![a-z])|telephone|mobile|(?<![a-z])cell(?![a-z])|(?<![a-z])fax|whatsapp|voicemail|hotline|contact[ _-]?num|(?<![a-z])(?:caller|callee|msisdn)(?![a-z])|(?<![a-z])(?:call|dial|text|ring)(?![a-z])|[电電][话話]|手[机機]|[传傳]真|致[电電]|[拨撥]打|座[机機]|打(?= ?[\\d(+])|[联聯][系繫络絡]|[热熱][线線]|固[话話]|[来來][电電]|短信|[总總][机機]|前台|[门門]市|msisdn|(?<![a-z])sms(?![a-z])|contact(?![a-z])|reach (?:me|us|him|her|them)',
    value: '\\(?\\+?\\d[\\d ()-]{5,18}\\d(?: ?(?:ext\\.? ?|x|[转轉]|分[机機])\\d{1,5})?',
    holds: isPhone,
  },
  {
    kind: 'resident-id',
    called: '身份[证證]|(?<![a-z])id[ _-]?(?:card|no|num)|identity',
    value: '[1-9]\\d{5}\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}',
  },
  {
    kind: 'wallet',
    called: 'wallet|solana|[钱錢]包',
    value: '[1-9A-HJ-NP-Za-km-z]{43,44}',
    holds: (value) => /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value),
  },
];
