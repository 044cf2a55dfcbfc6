import { expect, it } from 'vitest';
import { twiceInJson } from '../../../contract/json-twice.ts';
import { readSettings } from '../../../contract/settings.ts';
import { unreadServers } from '../../../contract/settings-faults.ts';
import { parseSettings } from '../../../contract/settings-text.ts';
import { judgeAtomFile } from '../../../core/atoms/read-atom-file.ts';
import { parseRules } from '../../../core/rules/rule-file.ts';

const paths = (text: string) => twiceInJson(text).map(({ path }) => path.join('.'));

it.each<[string, string, readonly string[]]>([
  ['at the top', '{"a":1,"b":2,"a":3}', ['a']],
  ['three times', '{"a":1,"a":2,"a":3}', ['a', 'a']],
  ['in a list', '[{"a":1},{"b":[0,{"c":1,"c":2}]}]', ['1.b.1.c']],
  ['written in two ways', '{"list":1,"l\\u0069st":2}', ['list']],
  ['around an object', '{"a":{"x":1},"b":0,"a":{"x":2}}', ['a']],
  ['named like nothing', '{"":1,"":2}', ['']],
  ['not, at two levels', '{"a":{"a":[{"a":1},{"a":2}]}}', []],
  ['not, in texts', '{"a":"{\\"b\\":1,\\"b\\":2}","b":["b","b"],"c":"b"}', []],
  ['not, in what is no object', '"a"', []],
])('a name that is there twice is found: %s', (_name, text, found) => {
  JSON.parse(text);
  expect(paths(text)).toEqual(found);
});

it('is found in a text that is deep or long within a moment', () => {
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
  expect(paths(deep)).toEqual([]);
  const long = `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":"\\\\\\""`).join(',')},"k7":1}`;
  expect(paths(long)).toEqual(['k7']);
});

it('rules with a name twice forbid all, with the line: the later one counted alone before', () => {
  const never = '{"does":"never-leaves"}';
  for (const text of [
    `{"rules":1,\n"list":[${never}],\n"list":[]}`,
    `{"rules":1,\n"list":[{"does":"never-leaves",\n"does":"here"}]}`,
    `{"rules":1,\n"list":[{"from":"KeePassXC",\n"from":"Other","does":"never-leaves"}]}`,
  ]) {
    let thrown: unknown = null;
    try {
      parseRules(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'rules/broken-file', detail: { values: { line: 3 } } });
    expect(String(thrown)).toContain('there twice');
  }
  expect(parseRules(`{"rules":1,"list":[${never},${never}]}`)).toHaveLength(2);
});

it('a setting with a name twice is not read, and what holds something back closes the lock', () => {
  const read = (text: string) => readSettings(parseSettings(text));
  expect(read('{"version":1,"offline":true,"offline":false}')).toMatchObject({
    badKeys: ['offline'],
    isLocked: true,
    settings: { offline: true },
  });
  const budget = '{"currency":"USD","day":1,"day":null,"month":null,"yuanPerDollar":7.2,"unknownPrices":"refuse"}';
  expect(read(`{"version":1,"budget":${budget}}`)).toMatchObject({ badKeys: ['budget'], isLocked: true });
  expect(read('{"version":1,"modelId":"a","modelId":null,"theme":"dark"}')).toMatchObject({
    badKeys: ['modelId'],
    isLocked: false,
    settings: { theme: 'dark', modelId: null },
  });
  expect(read('{"version":1,"actionHotkeys":{"a":"F1","a":"F2"},"idleMinutes":3}')).toMatchObject({
    badKeys: ['actionHotkeys'],
    settings: { idleMinutes: 3 },
  });
  expect(read('{"version":1,"theme":"dark"}')).toMatchObject({ badKeys: [], settings: { theme: 'dark' } });
});

it('a server with a name twice is the only one that is not read, and named with it', () => {
  const server = (id: string, more = '') =>
    `{"id":"${id}","address":"http://127.0.0.1:8080/v1","label":"${id}","models":["m"],"keyKept":"none"${more}}`;
  const text = `{"version":1,"servers":[${server('one')},${server('two', ',"address":"https://elsewhere.example/v1"')}]}`;
  const raw = parseSettings(text);
  expect(readSettings(raw).settings.servers.map(({ id }) => id)).toEqual(['one']);
  expect(unreadServers(raw)).toEqual([{ server: 'two', field: 'address' }]);
});

it('an action with a name twice is named with its line', () => {
  const text = '{"atom":2,\n"id":"a","steps":[{"do":"reverse"}],\n"steps":[{"do":"unique"}]}';
  expect(judgeAtomFile(text)).toMatchObject({ faults: [{ line: 3, path: ['steps'], reason: 'steps: there twice' }] });
});
