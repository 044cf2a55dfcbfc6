import { Cloud, Lock, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { isThisMachine } from '../app/this-machine.ts';
import type { Where } from './where.ts';

/** Where a text is, in words with a sign: the same in every window. */
export interface WhereSaid {
  readonly sign: 'dot' | 'lock' | 'server' | 'cloud';
  /** Key in `locales/` with its namespace. */
  readonly key: string;
  /** What the words name; empty where they name nothing. */
  readonly host: string;
}

/** Null where there is no model, and so nothing to tell. */
export function sayWhere(where: Where, isLocked: boolean): WhereSaid | null {
  switch (where.say) {
    case 'none':
      return null;
    case 'device':
      return isLocked
        ? { sign: 'lock', key: 'overlay:where.locked', host: '' }
        : { sign: 'dot', key: 'common:where.device', host: '' };
    case 'stayed':
      return { sign: isLocked ? 'lock' : 'dot', key: 'overlay:where.stayed', host: '' };
    case 'goes':
    case 'sent':
    case 'unsent': {
      // Before anything goes the lock says more than the address: nothing can go farther than this machine.
      if (isLocked && where.say === 'goes') return { sign: 'lock', key: 'overlay:where.locked', host: '' };
      const here = isThisMachine(where.host);
      const key = `overlay:where.${where.say}${here ? 'Here' : ''}`;
      return { sign: here ? 'server' : 'cloud', key, host: showHiddenInLine(where.host) };
    }
  }
}

const icons = { lock: Lock, server: Server, cloud: Cloud } as const;

export function WhereSign({ sign }: Pick<WhereSaid, 'sign'>): ReactNode {
  if (sign === 'dot') return <span className="dot" aria-hidden />;
  const Icon = icons[sign];
  return <Icon className="where-icon" size={14} strokeWidth={1.6} aria-hidden />;
}
