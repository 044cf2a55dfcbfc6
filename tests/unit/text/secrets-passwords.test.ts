import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../../text/secrets/find-secrets.ts';
import { isOddWord } from '../../../text/secrets/odd-words.ts';

const found = (text: string) => findSecrets(text).map(({ start, end }) => text.slice(start, end));

/** As people think them up, and as programs draw them. */
const drawn = ['Harbor42!', 'xiaoli8861', 'r7Tq&2mZpK4', 'otter-maple-candle-river'];

describe('a password', () => {
  it.each([
    ['an option', (one: string) => `deploy --db-password ${one} --verbose`],
    ['a comparison', (one: string) => `assert settings.db_password == "${one}"`],
    ['a call', (one: string) => `user.setPassword("${one}");`],
    ['a type', (one: string) => `val password: String = "${one}"`],
    ['a fallback', (one: string) => `const password = process.env.PW ?? "${one}";`],
    ['XML', (one: string) => `<add key="rootPass" value="${one}" />`],
    ['a short name', (one: string) => `rootpw=${one}`],
    ['a list', (one: string) => `{"name": "smtp_password", "value": "${one}"}`],
    ['a variable of Terraform', (one: string) => `variable "db_password" {\n  default = "${one}"\n}`],
    ['words between', (one: string) => `The default password which is ${one} has to go.`],
    ['a sign behind the word', (one: string) => `temporary password is: ${one}`],
    ['Chinese', (one: string) => `账户 lin 的密码是：${one}`],
    ['a word behind', (one: string) => `sign in with ${one} as the password`],
    ['what was changed', (one: string) => `audit: ADMIN_PASSWORD changed from ${one} to ***`],
  ])('is found in %s', (_, around) => {
    for (const one of drawn) expect(found(around(one)), around(one)).toEqual([one]);
  });

  it.each([
    ['curl -s -u admin:Xk2pQ9 https://a.example/x', 'Xk2pQ9'],
    ['mysqldump -uroot -pkiwi99 shop', 'kiwi99'],
    ["sshpass -p 'tiger22' ssh a@b", 'tiger22'],
    ['docker login -u bob -p hunter22 r.example', 'hunter22'],
    ['redis-cli -h r -a maple99 ping', 'maple99'],
    ["CREATE USER bob IDENTIFIED BY 'plum44x';", 'plum44x'],
    ['echo "root:willow77" | chpasswd', 'willow77'],
    ['unzip -P orbit88 a.zip', 'orbit88'],
    ['smbclient //h/s -U bob%pepper55', 'pepper55'],
    ['jdbc:mysql://h/db?user=a&password=abcdefgh', 'abcdefgh'],
    ['credentials are bob:V4pl380#', 'V4pl380#'],
    ['login: admin / Passw0rd!', 'Passw0rd!'],
    ['C:\\> net user omoreau xntJ9jti8Cv /add', 'xntJ9jti8Cv'],
    ['net use Z: \\\\host\\share /user:lin aNo0x0smqSY', 'aNo0x0smqSY'],
    ["ConvertTo-SecureString 'MVvXm3-6Qd1Nu' -AsPlainText", 'MVvXm3-6Qd1Nu'],
    ['enable secret 5 otterX77y', 'otterX77y'],
    ['PIN: 4821', '4821'],
    ['{"ssid": "amber", "psk": "junip3r%Hazel"}', 'junip3r%Hazel'],
    ['备份的口令设成了 candle river otter maple lichen(有空格)。', 'candle river otter maple lichen'],
    ['passphrase: "candle river otter maple"', 'candle river otter maple'],
    ['the root password on build-3 is still copper.candle.velvet98. Sorry.', 'copper.candle.velvet98'],
    ['driver.find(By.ID, "密码框").send_keys("SzKf#9628wz")  # 登录密码', 'SzKf#9628wz'],
    ['A temporary password is generated for root@localhost: #1ufZCJxLsAyI', '#1ufZCJxLsAyI'],
  ])('is found where nothing calls it so: %s', (text, secret) => {
    expect(found(text)).toEqual([secret]);
  });

  it.each([
    'docker run -p 8080:80 nginx',
    'Passwords are kept as PBKDF2-HMAC-SHA256 or Argon2id, not as SHA512crypt; see RFC2898 and PKCS#12.',
    'A [passphrase](decisions/0060-keys-under-a-passphrase.md) is asked for once (bgo#680136).',
    'password: this.#secret, token: count === this.#last, and pass the `DEBUG_COLORS=1` on',
    'echo $PASSWORD | sudo -S ls; mysql -p; curl -u "$USER:$PASS" x',
    'pw = pw[:-1]; kpasswd\t\t464/tcp; a single pass: 1000 rows; pins 12 and 13',
    'password: please enter the one that was sent to you',
    'run zenity --password --title=secret-door',
  ])('is none that is written about: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('is told from names of methods, versions, files and addresses by itself', () => {
    for (const word of [...drawn, 'mimi392082', 'Zpm4af6YBV']) expect(isOddWord(word), word).toBe(true);
    for (const word of [
      'sha512crypt',
      'v2.10.4',
      'report2024',
      'x509v3',
      'a@b.example',
      'logo@2x.png',
      'PKCS#12',
      'UTF-8',
    ])
      expect(isOddWord(word), word).toBe(false);
  });
});
