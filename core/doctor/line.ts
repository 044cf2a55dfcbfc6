import type { RouteReport } from '../../contract/desktop.ts';
import type { DoctorLine } from '../../contract/doctor.ts';
import type { GraphicsCard } from './graphics-card.ts';

type Values = Readonly<Record<string, string | number>>;

export function line(
  check: DoctorLine['check'],
  status: DoctorLine['status'],
  values: Values = {},
  error: DoctorLine['error'] = null,
): DoctorLine {
  return { check, status, values, error };
}

/** The ways to other applications, as they did just now. */
export function routeLines(reports: readonly RouteReport[]): readonly DoctorLine[] {
  const statuses = { works: 'ok', fails: 'failed', absent: 'warning' } as const;
  return reports.map(({ route, status, values, cause }) => line(`route-${route}`, statuses[status], values, cause));
}

/** One line, for `beckon doctor` and the settings alike. */
export function graphicsCardLine({ status, vendor }: GraphicsCard): DoctorLine {
  if (status === 'found') return line('graphics-card', 'warning', { card: vendor });
  return line('graphics-card', status === 'unknown' ? 'unknown' : 'ok');
}
