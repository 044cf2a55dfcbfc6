import { head, type Scenario } from './scenario.ts';
import type { Said, Spoken } from './spoken.ts';

/** Where the connection itself goes wrong, before a server can. */
export type BrokenPlace =
  | 'port-closed'
  | 'name-unknown'
  | 'name-unanswered'
  | 'certificate-expired'
  | 'certificate-of-another'
  | 'certificate-own'
  | 'plain-behind-https'
  | 'proxy-refuses'
  | 'proxy-asks-who'
  | 'proxy-closes'
  | 'proxy-away';

/** One fault in one protocol: what it does, and what has to come of it. */
export interface Fault {
  readonly name: string;
  readonly serve: Scenario['serve'];
  readonly at?: BrokenPlace;
  /** `stop`, `length`, or the code it fails by. */
  readonly end: string;
  /** All words that came; what a flood is kept of is bounded, whatever it is. */
  readonly text: string | 'some';
  readonly thinking?: string;
}

/** Words of two alphabets, with signs of two, three and four bytes. */
export const words = ['潮水', '在正午é', '转向🌙。', ' The tide turns.'];
export const whole = words.join('');

export const served =
  (body: string | Buffer, more: Readonly<Record<string, string | number>> = {}, status = 200): Scenario['serve'] =>
  (socket) => {
    socket.write(head(status, more));
    socket.end(body);
  };

/** A whole answer as it goes over the wire. */
export function answerOf(spoken: Spoken): readonly Said[] {
  return [...spoken.opens, ...words.map(spoken.says), ...spoken.ends('stop')];
}

export const join = (said: readonly Said[]) => said.map(({ wire }) => wire).join('');
