import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginStream, chunk, RoughServer } from '../fakes/rough-server.ts';
import { checkout, cliEntry, nodeExecutable, writeSettings } from '../support/beckon-app.ts';
import { endProgram } from '../support/processes.ts';

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('pipes and the cli', () => {
  let root: string;
  let profile: string;
  let server: RoughServer;
  /** What the model was sent, as JSON texts. */
  let asked: string[];
  let content: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'beckon-pipes-'));
    profile = join(root, 'profile');
    asked = [];
    content = 'Fine.';
    server = await RoughServer.start((response, request) => {
      void bodyOf(request).then((body) => {
        asked.push(body);
        beginStream(response);
        response.end(`${chunk({ content })}${chunk({}, 'stop')}data: [DONE]\n\n`);
      });
    });
    writeSettings(profile, {
      modelId: 'server:s-1:m',
      firstRunDone: true,
      servers: [{ id: 's-1', address: server.address, label: '', models: ['m'], keyKept: 'none' }],
    });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await endProgram(child);
    await server.stop();
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  function bodyOf(request: IncomingMessage): Promise<string> {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    return new Promise((resolve) => request.on('end', () => resolve(body)));
  }

  /** A line for bash, in which `beckon` is the cli. */
  function shell(line: string, env: NodeJS.ProcessEnv = {}): Promise<Result> {
    const script = `beckon() { "$NODE" "$CLI" "$@"; }; cd "$ROOT"; ${line}`;
    const child = spawn('bash', ['-c', script], {
      env: {
        ...process.env,
        NODE: nodeExecutable,
        CLI: cliEntry,
        ROOT: root,
        BECKON_PROFILE: profile,
        BECKON_MODELS: join(root, 'models'),
        LANG: 'C.UTF-8',
        DISPLAY: undefined,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let out = '';
    let err = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  }

  const fine = { code: 0, out: 'Fine.\n', err: '' };

  it('asks about what is piped in, however late it comes: after 150 ms only the question was sent, without a word', async () => {
    expect(await shell('(sleep 3; echo "The code word is marigold.") | beckon ask "What is the code word?"')).toEqual(
      fine,
    );
    expect(asked[0]).toContain('The code word is marigold.');
    expect(asked[0]).toContain('What is the code word?');
    const gbk = String.raw`printf '\xd6\xd0\xb9\xfa\xb5\xc4\xca\xd7\xb6\xbc\xca\xc7\xb1\xb1\xbe\xa9\xa1\xa3\xc4\xe3\xba\xc3\xa3\xac\xd5\xe2\xca\xc7\xce\xd2\xb5\xc4'`;
    expect(await shell(`${gbk} | beckon ask "Which city?"`)).toEqual(fine);
    expect(asked[1]).toContain('中国的首都是北京');
  });

  it('takes a text by every name it can have: -, /dev/stdin, a process substitution, a named pipe, an address of a file', async () => {
    writeFileSync(join(root, 'note.txt'), 'The word is zinnia.');
    execFileSync('mkfifo', [join(root, 'named')]);
    const lines = [
      'beckon ask --file - "Which word?" < note.txt',
      'cat note.txt | beckon ask -f - "Which word?"',
      'beckon ask --file /dev/stdin "Which word?" < note.txt',
      'beckon ask --file <(cat note.txt) "Which word?"',
      '(sleep 1; cat note.txt > named) & beckon ask --file named "Which word?" < /dev/null',
      `beckon ask --file ${pathToFileURL(join(root, 'note.txt')).href} "Which word?"`,
      'beckon ask --file note.txt -- -w "is the word?"',
    ];
    for (const line of lines) {
      expect({ line, ...(await shell(line)) }).toEqual({ line, ...fine });
      expect(asked.at(-1)).toContain('zinnia');
    }
    expect(readdirSync(profile).filter((name) => name.startsWith('piped-'))).toEqual([]);
  });

  it('asks about an office document, whatever its name is, and says what of it was not read', async () => {
    const office = join(checkout, 'tests', 'corpus', 'documents', 'office');
    const word = await shell(
      `beckon ask --file ${join(office, 'handbook-en.docx')} "How long is the rope?" < /dev/null`,
    );
    expect(word).toMatchObject({ code: 0, out: 'Fine.\n' });
    expect(word.err).toContain('handbook-en.docx: text marked as deleted left out in 1 place');
    expect(asked.at(-1)).toContain('The rope on the north pier is 62 metres long.');
    const stock = `cat ${join(office, 'stock-zh.xlsx')} | beckon ask --file - "铜钥匙的单价是多少？"`;
    const table = await shell(stock, { LANG: 'zh_CN.UTF-8' });
    expect(table).toMatchObject({ code: 0, out: 'Fine.\n' });
    expect(table.err).toContain('1 个隐藏的工作表没有读取');
    expect(asked.at(-1)).toContain('铜钥匙 | 7 [Ana: 数过两遍] | 19.90 €');
  });

  it('works on what is piped in as a text, with an action when nothing is asked, and as the question when it stands alone', async () => {
    writeFileSync(join(root, 'note.txt'), 'Ferries stop in November. '.repeat(40));
    expect(await shell('beckon ask --file note.txt < /dev/null')).toEqual(fine);
    expect(asked[0]).toMatch(/[Ss]ummar/);
    expect(await shell('echo "Say hello." | beckon ask')).toEqual(fine);
    expect(asked[1]).toContain('"Say hello."');
    expect(await shell('printf "" | beckon ask "Say hello."')).toEqual(fine);
    expect((await shell('beckon history --json')).out).not.toContain('Ferries stop');
  });

  it('stops reading what has no end, and says so, and asks nothing', async () => {
    const lines = [
      'beckon ask hi < /dev/zero',
      'yes | beckon ask hi',
      'beckon ask --file /dev/zero hi',
      'yes | beckon ask',
    ];
    for (const line of lines) {
      const { code, err, out } = await shell(line);
      expect({ line, code, out }).toEqual({ line, code: 1, out: '' });
      expect(err).toMatch(/too large|too long|not text/);
    }
    expect(asked).toEqual([]);
  });

  it('says that what is piped in is no text, or nothing', async () => {
    // Two bytes tell an archive, so that bytes of no kind began as one now and then.
    const bytes = String.raw`(printf '\200'; head -c 5000 /dev/urandom)`;
    expect(await shell(`${bytes} | beckon ask`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('not text'),
    });
    expect(await shell(`${bytes} | beckon ask "What is it?"`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('“standard input” is not text'),
    });
    expect(await shell('beckon ask --file - hi < /dev/null')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no text in it'),
    });
    expect(await shell('beckon ask < /dev/null')).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing to ask'),
    });
    expect(await shell('beckon ask hi <&-')).toEqual(fine);
    expect(await shell('beckon ask hi < /')).toEqual(fine);
  });

  it('ends quietly when nobody reads its output any more, and says every wrong use with what to do', async () => {
    expect(await shell('beckon models | true')).toMatchObject({ err: '' });
    expect(await shell('beckon ask hi >&-')).toMatchObject({ code: 0 });
    expect(await shell('beckon ask --no-cache')).toMatchObject({
      code: 2,
      err: expect.stringContaining('beckon ask -- "--no-cache"'),
    });
    expect(await shell('beckon ask "-5 + 3 = ?"')).toEqual(fine);
    expect(await shell('beckon sing')).toMatchObject({ code: 2, err: expect.stringContaining('“sing” is no command') });
  });

  it('says that the answer could not be written, where that is the disk and not the reader: it ended like a closed pipe', async () => {
    const full = { code: 1, err: expect.stringContaining('there is no room left') };
    expect(await shell('beckon ask hi > /dev/full')).toMatchObject(full);
    expect(await shell('beckon ask --json hi > /dev/full')).toMatchObject(full);
    expect(await shell('beckon models > /dev/full')).toMatchObject(full);
    expect(await shell('beckon ask hi 2> /dev/full')).toMatchObject(fine);
    expect(await shell('beckon ask hi > /dev/full 2> /dev/full')).toMatchObject({ code: 1 });
    expect(await shell('set -o pipefail; beckon models | true')).toMatchObject({ code: 141, err: '' });
    const zh = await shell('beckon ask hi > /dev/full', { LANG: 'zh_CN.UTF-8' });
    expect(zh.err).toContain('空间不够了');
  });

  it('says so, too, where the beginning of an answer still fitted: what did not was dropped, and all was well', async () => {
    content = 'word '.repeat(2000);
    const disk = join(root, 'disk');
    mkdirSync(disk);
    // One page of memory is the whole disk.
    const script = `mount -t tmpfs -o size=4k none "${disk}" && "$NODE" "$CLI" ask hi > "${disk}/answer"; echo "ended $? with $(wc -c < "${disk}/answer")"`;
    const { out, err } = await shell(`unshare --user --map-root-user --mount sh -c '${script}'`);
    expect(out).toBe('ended 1 with 4096\n');
    expect(err).toContain('there is no room left');
  });

  it('reads what a program wrote for a terminal, and standard input once', async () => {
    expect(
      await shell(
        String.raw`printf '\033]0;x\007\033[2J\033[31mThe word is zinnia.\033[0m' | beckon ask "Which word?"`,
      ),
    ).toEqual(fine);
    expect(asked.at(-1)).toContain('\\nThe word is zinnia.\\n');
    const twice = await shell('echo text | beckon ask "Which?" --file - --file /dev/stdin');
    expect(twice).toMatchObject({ code: 2, err: expect.stringContaining('read only once') });
    expect(asked).toHaveLength(1);
  });

  it('tells the person where a question goes before and after, in chat and where a terminal shows it', async () => {
    const host = new URL(server.address).host;
    const chat = await shell('printf "hello\\n/model nosuch\\n/help\\n/nosuch\\n" | beckon chat');
    expect(chat.out).toContain(`goes to ${host}. /help`);
    expect(chat.out).toContain(`sent to ${host}`);
    expect(chat.out).not.toMatch(/on this device/);
    expect(chat.out).toContain('There is no model “nosuch” here.');
    expect(chat.out).toContain('“/nosuch” is no command here');
    expect(asked).toHaveLength(1);
    const { out } = await shell(`script -qec '"$NODE" "$CLI" ask hello' /dev/null < /dev/null`, { SHELL: '/bin/bash' });
    expect(out).toMatch(new RegExp(`Goes to ${host}[^]*Fine`));
  });

  it('takes a text along into a chat', async () => {
    writeFileSync(join(root, 'note.txt'), 'The word is zinnia.');
    const { out } = await shell('printf "Which word?\\n" | beckon chat --file note.txt');
    expect(out).toContain('1 file goes along');
    expect(asked[0]).toContain('zinnia');
    const missing = await shell('printf "one\\ntwo\\n" | beckon chat --file missing.txt');
    expect(missing.out).toContain('“missing.txt” is not there');
    expect(missing.out).toContain('Fine.');
  });
});
