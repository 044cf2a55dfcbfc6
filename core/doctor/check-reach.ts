import type { DoctorLine } from '../../contract/doctor.ts';
import { toErrorShape } from '../../contract/errors.ts';
import type { DoctorParts } from './doctor-parts.ts';
import { line } from './line.ts';

/** Each server of the settings file that is not used; one line where all are, none where there are none. */
export function checkServers({ host }: DoctorParts): readonly DoctorLine[] {
  const unread = host.unreadServers?.() ?? [];
  if (unread.length === 0) return host.settings().servers.length === 0 ? [] : [line('servers', 'ok')];
  return unread.map((values) =>
    line('servers', 'warning', {}, { code: 'settings/server-unread', message: '', values: { ...values } }),
  );
}

export async function checkKeyStore({
  host,
  keysInEnvironment,
  unclearKeys,
}: DoctorParts): Promise<readonly DoctorLine[]> {
  const shell = await host.describe().catch(() => null);
  if (shell === null) {
    const unclear = unclearKeys().map((error) => line('key-store', 'failed', {}, error));
    if (unclear.length > 0) return unclear;
    return [line('key-store', keysInEnvironment ? 'ok' : 'unknown', { environment: Number(keysInEnvironment) })];
  }
  if (shell.keyStore === 'available') return [line('key-store', 'ok', { environment: 0 })];
  const values = shell.keyStore === 'locked' ? { values: { context: 'locked' } } : {};
  return [line('key-store', 'warning', {}, { code: 'key-store/unavailable', message: shell.keyStore, ...values })];
}

/** Whether a proxy stands between, named without its user and password. Any host outside will do to ask about. */
export async function checkNetwork({ host, proxyTo }: DoctorParts): Promise<DoctorLine> {
  const offline = host.settings().offline ? 1 : 0;
  try {
    const route = await proxyTo('https://huggingface.co/');
    if (route.kind === 'direct') return line('network', 'ok', { offline });
    return line('network', 'ok', { offline, context: 'proxy', proxy: route.proxy.host });
  } catch (error) {
    return line('network', 'warning', { offline }, toErrorShape(error));
  }
}
