import { describe, expect, it } from 'vitest';
import { labelsOf, modelsMeant } from '../../../cli/model-names.ts';

const row = (id: string, name: string, host: string | null = null, fileName?: string) => ({
  ...{ id, name, shortName: name.split(' ').at(-1) ?? name },
  ...(host === null ? {} : { host }),
  ...(fileName === undefined ? {} : { fileName }),
});
const rows = [
  row('qwen-1.5b', 'Qwen2.5 Coder 1.5B'),
  row('qwen-0.5b', 'Qwen2.5 Coder 0.5B'),
  row('server:a:llama3', 'llama3', 'a.example'),
  row('server:b:llama3', 'llama3', 'b.example'),
  row('server:c:llama3', 'llama3', 'b.example'),
  row('file:1', '千问', null, 'qianwen-q4'),
];
const meant = (typed: string) => modelsMeant(rows, typed).map(({ id }) => id);

describe('a model', () => {
  it('is chosen by the very name that is printed for it: only ids were taken', () => {
    for (const [id, label] of labelsOf(rows)) expect(meant(label)).toEqual([id]);
    expect(new Set(labelsOf(rows).values()).size).toBe(rows.length);
  });

  it('is chosen by its id, in any case, by its short name, or by a part that fits no other', () => {
    expect(meant('server:b:llama3')).toEqual(['server:b:llama3']);
    expect(meant('qwen2.5  CODER 1.5b')).toEqual(['qwen-1.5b']);
    expect(meant('1.5B')).toEqual(['qwen-1.5b']);
    expect(meant('0.5')).toEqual(['qwen-0.5b']);
    expect(meant('千')).toEqual(['file:1']);
    expect(meant('qianwen-q4')).toEqual(['file:1']);
  });

  it('is not guessed: of several all are told, of none nothing', () => {
    expect(meant('qwen')).toEqual(['qwen-1.5b', 'qwen-0.5b']);
    expect(meant('llama3')).toEqual(['server:a:llama3', 'server:b:llama3', 'server:c:llama3']);
    expect([meant('nothing'), meant(''), meant(' ')]).toEqual([[], [], []]);
  });
});
