import { gzipSync } from 'node:zlib';
import { answerOf, type Fault, join, served, whole, words } from './fault.ts';
import { drip, type Scenario } from './scenario.ts';
import type { Said, Spoken } from './spoken.ts';

/** What an answer holds that it should not, or lacks. */
export function withinStream(spoken: Spoken): readonly Fault[] {
  const [first = '', second = ''] = words;
  const both = first + second;
  const between = (...said: readonly Said[]) =>
    served(join([...spoken.opens, spoken.says(first), ...said, spoken.says(second), ...spoken.ends('stop')]));
  const begun = [...spoken.opens, spoken.says(first)];
  const raw = (wire: string): Said => ({ wire, text: '' });
  const good = join(answerOf(spoken));
  const then = (...said: readonly Said[]) => served(join([...begun, ...said]));
  return [
    {
      name: 'an error first',
      serve: served(spoken.fails('Internal', 'broken').wire),
      end: 'server/error-within',
      text: '',
    },
    {
      name: 'an error within',
      serve: then(spoken.fails('Internal', 'broken')),
      end: 'server/error-within',
      text: first,
    },
    { name: 'too many within', serve: then(spoken.fails('Overloaded', 'busy')), end: 'server/busy', text: first },
    { name: 'words that are a number', serve: between(spoken.says(7)), end: 'stop', text: 'some' },
    { name: 'words that are null', serve: between(spoken.says(null)), end: 'stop', text: both },
    { name: 'words that are an object', serve: between(spoken.says({ a: [1] })), end: 'stop', text: both },
    { name: 'words that are true', serve: between(spoken.says(true)), end: 'stop', text: both },
    {
      name: 'events that are none',
      serve: between(raw('data: null\n\n'), raw('data: 3\n\n'), raw('data: []\n\n')),
      end: 'stop',
      text: both,
    },
    {
      name: 'an event nobody knows',
      serve: between(raw('event: x\ndata: {"type":"x.y","z":[]}\n\n')),
      end: 'stop',
      text: both,
    },
    {
      name: 'filtered before a word',
      serve: served(join([...spoken.opens, ...spoken.ends('filtered')])),
      end: 'server/filtered',
      text: '',
    },
    { name: 'filtered within', serve: then(...spoken.ends('filtered')), end: 'server/filtered', text: first },
    {
      name: 'nothing but its end',
      serve: served(join([...spoken.opens, ...spoken.ends('stop')])),
      end: 'stop',
      text: '',
    },
    {
      name: 'nothing but thinking',
      serve: served(join([...spoken.opens, spoken.thinks('Hm.'), ...spoken.ends('stop')])),
      ...{ end: 'stop', text: '', thinking: 'Hm.' },
    },
    { name: 'its end twice', serve: served(good + join(spoken.ends('stop'))), end: 'stop', text: whole },
    { name: 'an answer behind its end', serve: served(good + good), end: 'stop', text: 'some' },
    { name: 'waste behind its end', serve: served(`${good}<html>\u0000 oops {"a"`), end: 'stop', text: whole },
    {
      name: 'no end',
      serve: served(join([...spoken.opens, ...words.map(spoken.says)])),
      end: 'server/cut',
      text: whole,
    },
  ];
}

/** The same good answer, written in other ways. */
export function framings(spoken: Spoken): readonly Fault[] {
  const good = join(answerOf(spoken));
  const bytes = [...Buffer.from(good)].map((byte) => Buffer.from([byte]));
  const well = (name: string, serve: Scenario['serve']): Fault => ({ name, serve, end: 'stop', text: whole });
  const oneZero = `HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n${good}`;
  const packed = gzipSync(good);
  return [
    well('drop by drop', drip(bytes)),
    well('HTTP/1.0', (socket) => socket.end(oneZero)),
    well('lines that end with both signs', served(good.replaceAll('\n', '\r\n'))),
    well(
      'comments between',
      served(good.replaceAll('data:', ': wait\n\ndata:').replace(/(event: [^\n]*\n): wait\n\n/g, '$1')),
    ),
    well('packed, though not asked for', served(packed, { 'content-encoding': 'gzip' })),
    {
      name: 'packed, and cut',
      serve: served(packed.subarray(0, 40), { 'content-encoding': 'gzip' }),
      ...{ end: 'server/cut', text: 'some' },
    },
  ];
}
