import { serverSettingSchema } from './settings.ts';

/** A server of the settings file that is not used, by what names it, and what of it is wrong. */
export interface UnreadServer {
  readonly server: string;
  readonly field: string;
}

const longestName = 120;

/** Servers of a settings file that cannot be used as they stand there; none where it has no list of servers. */
export function unreadServers(raw: unknown): readonly UnreadServer[] {
  const servers = recordOf(raw)['servers'];
  if (servers === undefined) return [];
  if (!Array.isArray(servers)) return [{ server: 'servers', field: 'servers' }];
  return servers.flatMap((entry: unknown, index) => {
    const parsed = serverSettingSchema.safeParse(entry);
    if (parsed.success) return [];
    const { label, address, id } = recordOf(entry);
    const named = [label, address, id].find((name) => typeof name === 'string' && name.trim() !== '');
    const [issue] = parsed.error.issues;
    const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
    return [
      {
        server: String(named ?? index + 1).slice(0, longestName),
        field: String(field ?? 'servers').slice(0, longestName),
      },
    ];
  });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
