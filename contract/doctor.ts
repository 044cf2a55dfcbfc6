import type { AppErrorShape } from './errors.ts';

/** One line of `beckon doctor`: ok, or a cause with one next step. */
export interface DoctorLine {
  readonly check:
    | 'runtime'
    | 'libraries'
    | 'display'
    | 'selection'
    | 'hotkey'
    | 'model'
    | 'fast-copy'
    | 'engine'
    | 'key-store'
    | 'disk'
    | 'database'
    | 'network'
    | 'graphics-card'
    | 'route-accessibility'
    | 'route-selection'
    | 'route-clipboard'
    | 'route-copy'
    | 'route-paste';
  readonly status: 'ok' | 'warning' | 'failed' | 'unknown';
  /** Facts for the sentence `doctor.<check>.<status>`. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly error: AppErrorShape | null;
}
