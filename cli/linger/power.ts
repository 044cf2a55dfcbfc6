import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Power {
  readonly onBattery: boolean;
  /** Charge of the batteries together, 0 to 100; null where there is none, or where it is not told. */
  readonly percent: number | null;
}

/** Where Linux tells of batteries and chargers (Documentation/ABI/testing/sysfs-class-power). */
export const systemPowerFolder = '/sys/class/power_supply';

/** What the machine runs on; null on a system that does not tell it there. */
export function readPower(folder: string): Power | null {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return null;
  }
  const supplies = names.map((name) => (fact: string) => read(join(folder, name, fact)));
  // A mouse has a battery, too.
  const batteries = supplies.filter((fact) => ['Battery', 'UPS'].includes(fact('type')) && fact('scope') !== 'Device');
  const percents = batteries.flatMap((fact) => {
    const percent = Number.parseInt(fact('capacity'), 10);
    if (Number.isFinite(percent)) return [Math.min(100, Math.max(0, percent))];
    return ['Low', 'Critical'].includes(fact('capacity_level')) ? [0] : [];
  });
  return {
    onBattery: batteries.some((fact) => fact('status') === 'Discharging'),
    percent: percents.length === 0 ? null : percents.reduce((sum, percent) => sum + percent, 0) / percents.length,
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
