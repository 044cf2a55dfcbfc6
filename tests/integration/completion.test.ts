import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conversations } from '../../core/conversations/conversations.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { checkout, nodeExecutable, readySettings, writeSettings } from '../support/beckon-app.ts';
import { endProgram, waitFor } from '../support/processes.ts';

/** Names as servers give them: with a space, a colon, a slash, and what a shell would obey or a terminal turn around. */
const models = [
  'Big model 7B',
  'llama3:8b',
  'llama3:70b',
  'org/name-1',
  '$(touch pwned)',
  'a\u202eb',
  "it's; rm -rf x",
];

describe('the completion of a shell', () => {
  let root: string;
  let chatId: string;
  let env: NodeJS.ProcessEnv;
  const children: ChildProcess[] = [];

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'beckon-completion-'));
    const profile = join(root, 'profile');
    const server = { id: 's-1', address: 'http://127.0.0.1:9/v1', label: 'Home box', models, keyKept: 'none' as const };
    writeSettings(profile, { ...readySettings, language: 'en', servers: [server] });
    const { database } = openDatabase(join(profile, 'beckon.db'));
    const conversations = new Conversations(database, () => {});
    chatId = conversations.ask(null, 'Where is the lighthouse?', null).conversationId;
    conversations.dispose();
    database.close();
    const bin = join(root, 'bin');
    mkdirSync(bin);
    const start = `exec '${nodeExecutable}' '${join(checkout, 'cli', 'index.ts')}' "$@"`;
    writeFileSync(join(bin, 'beckon'), `#!/bin/sh\n${start}\n`, { mode: 0o755 });
    const { DISPLAY: _, ...rest } = process.env;
    env = {
      ...rest,
      ...{ BECKON_PROFILE: profile, BECKON_MODELS: join(root, 'models'), LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
      ...{ PATH: `${bin}:${process.env['PATH']}`, HOME: root, XDG_CONFIG_HOME: root, TERM: 'xterm' },
    };
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { stdout, status } = spawnSync('beckon', ['completion', shell], { env, encoding: 'utf8' });
      expect(status).toBe(0);
      writeFileSync(join(root, `beckon.${shell}`), stdout);
    }
    writeFileSync(join(root, 'notes here.txt'), 'x');
  });
  afterAll(async () => {
    for (const child of children.splice(0)) await endProgram(child);
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  /** A shell on a terminal of its own, with keys as a person presses them; what it shows is kept. */
  function open(command: string) {
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: root,
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    children.push(child);
    let shown = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (shown += text));
    return {
      type: (keys: string) => child.stdin?.write(keys),
      shown: () => shown,
      /** Completes a line and runs it with `echo` before it, so that its words are told as the shell has them. */
      async wordsOf(line: string): Promise<string> {
        const from = shown.length;
        child.stdin?.write(`words ${line}\t`);
        await waitFor('it is completed', () => shown.length > from + line.length, 20_000);
        // The shell has read the answer when it echoes a further key.
        child.stdin?.write('END\n');
        await waitFor('its words are told', () => /<.*END>/.test(shown.slice(from)), 20_000);
        return [...shown.slice(from).matchAll(/<([^<>]*)>/g)].map(([, word]) => word).join('|');
      },
    };
  }

  function inBash(line: string): readonly string[] {
    const script = `source ./beckon.bash
      COMP_LINE=$1 COMP_POINT=\${#1}; eval "COMP_WORDS=($2)"; COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
      _beckon; printf '%s\\n' "\${COMPREPLY[@]}"`;
    // As readline makes words: a colon is one of its own.
    const words = line.split(/(?<!\\) /).flatMap((word) => word.split(/(:)/).filter((part) => part !== ''));
    const quoted = (line.endsWith(' ') ? [...words, ''] : words).map((word) => `'${word.replaceAll("'", "'\\''")}'`);
    const args = ['--norc', '-c', script, 'bash', line, quoted.join(' ')];
    const { stdout, stderr } = spawnSync('bash', args, { cwd: root, env, encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((word) => word !== '');
  }

  function inFish(line: string): readonly string[] {
    const args = ['--no-config', '-c', 'source ./beckon.fish; complete -C $argv[1]', line];
    const { stdout, stderr } = spawnSync('fish', args, { cwd: root, env, encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((word) => word !== '');
  }

  it('in bash knows commands, their parts and their options, and no option of another', () => {
    expect(inBash('beckon mo')).toEqual(['models']);
    expect(inBash('beckon models ')).toEqual(['get', 'use', 'faster', 'add']);
    expect(inBash('beckon doctor --')).toEqual(['--capture', '--json', '--help']);
    expect(inBash('beckon completion z')).toEqual(['zsh']);
    expect(inBash('beckon ask --file not')).toEqual(['notes here.txt']);
    expect(inBash('beckon run summ')).toEqual(['summarise']);
  });

  it('in bash completes names of models as one word, whatever is in them, and runs nothing of them', () => {
    expect(inBash('beckon models use Big')).toEqual(['Big\\ model\\ 7B']);
    expect(inBash('beckon ask -m Big\\ mo')).toEqual(['Big\\ model\\ 7B']);
    // What is before the colon stands there already.
    expect(inBash('beckon models use llama3:')).toEqual(['8b', '70b']);
    expect(inBash('beckon models use $')).toEqual(['\\$\\(touch\\ pwned\\)']);
    expect(inBash('beckon models use a')).toEqual([]);
    expect(inBash('beckon servers remove ')).toEqual(['Home\\ box']);
    expect(inBash('beckon chat ')).toEqual([chatId]);
    expect(readdirSync(root)).not.toContain('pwned');
  });

  it('in fish does the same, with what each is beside it', () => {
    expect(inFish('beckon mo')).toEqual(['models\tList models, get or choose one']);
    expect(inFish('beckon models ').map((line) => line.split('\t')[0])).toEqual(['add', 'faster', 'get', 'use']);
    // It puts the backslashes in itself.
    expect(inFish('beckon models use Big').map((line) => line.split('\t')[0])).toEqual(['Big model 7B']);
    expect(inFish('beckon chat ').join()).toContain(`${chatId}\tWhere is the lighthouse?`);
    expect(inFish('beckon doctor --c').join()).toContain('--capture');
    expect(inFish('beckon ask --file not').join()).toContain('notes');
    expect(readdirSync(root)).not.toContain('pwned');
  });

  it('in zsh does the same, at a real prompt', async () => {
    const zsh = open(`zsh -f -i`);
    zsh.type(
      `autoload -Uz compinit; compinit -u -D; source ./beckon.zsh; words() { for w in "$@"; do print -rn -- "<$w>"; done; print }; compdef words=beckon; compdef '_beckon' words; PS1='READY> '\n`,
    );
    await waitFor('zsh is ready', () => zsh.shown().includes('READY> '), 20_000);
    expect(await zsh.wordsOf('mode')).toContain('models');
    expect(await zsh.wordsOf('models us')).toMatch(/models\|use/);
    expect(await zsh.wordsOf('models use Big')).toMatch(/models\|use\|Big model 7B/);
    expect(await zsh.wordsOf('chat c-')).toContain(chatId);
    expect(await zsh.wordsOf('doctor --cap')).toContain('--capture');
    expect(readdirSync(root)).not.toContain('pwned');
  });

  it('starts no core and leaves the profile as it is', () => {
    const profile = join(root, 'profile');
    const before = readdirSync(profile).map((name) => [name, statSync(join(profile, name)).size]);
    for (const kind of ['model', 'chat', 'server', 'action', 'nothing'])
      spawnSync('beckon', ['complete', kind], { env });
    expect(readdirSync(profile).map((name) => [name, statSync(join(profile, name)).size])).toEqual(before);
  });
});
