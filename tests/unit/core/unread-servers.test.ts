import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatNotices } from '../../../core/database/chat-notices.ts';
import { createCliHost } from '../../../core/settings/cli-host.ts';

const good = { id: 'a', address: 'http://127.0.0.1:1/v1', label: 'Mine', models: ['m'], keyKept: 'none' };

describe('a server that is mistyped in the settings file', () => {
  let profile = '';
  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-unread-'));
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true }));
  const write = (settings: unknown) => writeFileSync(join(profile, 'settings.json'), JSON.stringify(settings));

  it('is told of by the terminal’s host, and no more once it is corrected', () => {
    write({ servers: [good, { ...good, id: 'b', label: 'Other', adress: 'x' }] });
    const host = createCliHost(profile, {});
    expect(host.settings().servers).toEqual([good]);
    expect(host.unreadServers?.()).toEqual([{ server: 'Other', field: 'adress' }]);
    write({ servers: [good] });
    expect(host.unreadServers?.()).toEqual([]);
  });

  it('is none where the file is missing or is no JSON, which is told otherwise', () => {
    expect(createCliHost(profile, {}).unreadServers?.()).toEqual([]);
    writeFileSync(join(profile, 'settings.json'), '{');
    expect(createCliHost(profile, {}).unreadServers?.()).toEqual([]);
  });

  it('is a notice of its own, each time', () => {
    const notices = new ChatNotices();
    notices.foundUnread([
      { server: 'One', field: 'models' },
      { server: 'Two', field: 'id' },
    ]);
    expect(notices.state.value.notices.map(({ code, values }) => [code, values['server']])).toEqual([
      ['settings/server-unread', 'One'],
      ['settings/server-unread', 'Two'],
    ]);
  });
});
