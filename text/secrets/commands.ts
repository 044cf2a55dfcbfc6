import type { Place } from './anchored.ts';

const value = `["']?(?<secret>[^\\s"'|;]{3,100})`;
const far = '[ \\t][^\\n|;]{0,200}?(?<=[ \\t])';
/** How passwords stand in commands and in SQL, where nothing calls them so: the command, and what stands behind it. */
const shapes: readonly (readonly [command: string, behind: string])[] = [
  // curl -u user:password
  [
    'curl|wget|https?|xh|httpie',
    `${far}(?:-u|--user|--proxy-user|-a|--auth)[ =]?["']?[^\\s:"'/]{1,64}:(?<secret>[^\\s"'|;]{3,100})`,
  ],
  // mysql -ppassword, 7z -ppassword
  ['mysql\\w*|mariadb[\\w-]*|7z[azr]?|rar|unrar|xtrabackup', `${far}-h?p["']?(?<secret>[^\\s"'|;-][^\\s"'|;]{3,80})`],
  [
    'sshpass|pscp|plink|mongo\\w*|influx|mosquitto_\\w+|ipmitool|rabbitmqadmin',
    `${far}-(?:p|P|pw|pass)[ \\t]?${value}`,
  ],
  ['docker|podman|helm|oc|az|kubectl|nerdctl', `[ \\t][^\\n|;]{0,60}?login${far}-p[ \\t]${value}`],
  ['openssl', `${far}(?:-[kK][ \\t]|-pass(?:in|out)?[ \\t]pass:)${value}`],
  ['snmp-server|snmp\\w*', `${far}(?:auth|priv|-A|-X)[ \\t](?:(?:sha|md5|aes|des)[ \\t])?(?:\\d{3}[ \\t])?${value}`],
  ['xfreerdp\\w*|rdesktop|wfreerdp', `${far}(?:/p|-p)[: ]?${value}`],
  ['usermod|psexec\\w*|useradd', `${far}-p[ \\t]${value}`],
  ['schtasks|wmic|cmdkey|runas', `${far}/(?:rp|p|pass|password)[ :]${value}`],
  ['lftp|ncftp', `${far}-u[ \\t]?[\\w.@-]{1,40},${value}`],
  ['sp_addlogin|sp_password', `[ \\t]+'[^'\\n]{1,60}'[ ]?,[ ]?'(?<secret>[^'\\n]{3,80})'`],
  ['sudo|passwd|chpasswd|cryptsetup', `[^\\n]{0,60}?<<<[ ]?["']?(?:[\\w.-]{1,30}:)?(?<secret>[^\\s"']{3,80})`],
  ['wpa_passphrase', `[ \\t]+\\S+[ \\t]+${value}`],
  ['username', `[ \\t]\\S+${far}(?:secret|password)[ \\t](?:\\d[ \\t])?${value}`],
  ['zip|unzip|sqlcmd|bcp|isql', `${far}-P[ \\t]?${value}`],
  ['redis-cli|valkey-cli', `${far}-a[ \\t]${value}`],
  ['ldap(?:search|modify|add|delete|passwd|whoami)', `${far}-w[ \\t]${value}`],
  ['smbclient|rpcclient', `${far}-U[ \\t]?["']?[^\\s%"']{1,60}%(?<secret>[^\\s"'|;]{3,100})`],
  ['net', `[ \\t]+user[ \\t]+[^\\s/]{1,40}[ \\t]+${value}(?=[ \\t]+/add|[ \\t]*$)`],
  ['net', `[ \\t]+use[ \\t][^\\n|;]{0,120}?/user:\\S{1,60}[ \\t]+${value}`],
  ['net', `[ \\t]+use[ \\t]+(?:\\S+[ \\t]+){1,2}(?<secret>[^\\s/]{4,60})[ \\t]+/user:`],
  ['htpasswd', `[ \\t][^\\n|;]{0,100}?-\\w*b\\w*[ \\t]+\\S+[ \\t]+\\S+[ \\t]+${value}`],
  [
    'echo',
    `[ \\t](?:-n[ \\t])?["']?(?:[\\w.-]{1,40}:)?(?<secret>[^\\s"'|;:]{3,100})["']?[ \\t]*\\|[ \\t]*(?:sudo[ \\t]+)?(?:-S|sudo[ \\t]+-S|chpasswd|passwd[ \\t]+--stdin|docker[ \\t][^\\n]{0,80}--password-stdin)`,
  ],
  [
    'identified',
    '[ \\t]+(?:with[ \\t]+\\S{1,40}[ \\t]+)?(?:by|as)[ \\t]+(?:password[ \\t]+)?["\'](?<secret>[^"\'\\n]{3,100})["\']',
  ],
];
const commands = new RegExp(
  `(?<![\\w/-])(?:${shapes.map(([command], at) => `(?<c${at}>${command})`).join('|')})(?=[ \\t])`,
  'gi',
);
const behinds = shapes.map(([, behind]) => new RegExp(`^${behind}`, 'i'));
const standIn =
  /^(?:pass(?:word)?|pwd|secret|your\w*|x+|\*+|[<{$[%].*|\d{1,5}(?::\d{1,5})?|\d+\.\d+\.\d+\.\d+.*|--?\w.*)$/i;

/** The passwords that commands are given, and those of users that SQL makes. */
export function* findCommandPasswords(text: string): Generator<Place> {
  for (const match of text.matchAll(commands)) {
    const command = shapes.find((_, index) => match.groups?.[`c${index}`] !== undefined)?.[0];
    const from = match.index + match[0].length;
    const line = text.slice(from, from + 320);
    const found = behinds
      .map((behind, index) => (shapes[index]?.[0] === command ? behind.exec(line) : null))
      .find((one) => one !== null);
    const secret = found?.groups?.['secret'] ?? '';
    if (secret === '' || standIn.test(secret)) continue;
    const start = from + (found?.[0].lastIndexOf(secret) ?? 0);
    yield { start, end: start + secret.length };
  }
}
