import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorLine } from '../../contract/doctor.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient } from '../app/backend.ts';

/** Tries every way to selected text and back on this desktop, when asked to, and says how each did. */
export function RoutesSection(): ReactNode {
  const { t } = useTranslation(['window', 'doctor']);
  const client = useClient();
  const sayError = useSayError();
  const [lines, setLines] = useState<readonly DoctorLine[]>([]);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const [testing, setTesting] = useState(false);
  const test = async () => {
    setTesting(true);
    const answer = await client.request('doctor.capture', {});
    setTesting(false);
    setLines(answer.ok ? answer.value : []);
    setError(answer.ok ? null : answer.error);
  };
  return (
    <section className="settings-group" aria-label={t('settings.routes.name')}>
      <div className="setting setting-alone">
        <div className="setting-words">
          <b>{t('settings.routes.name')}</b>
          <p className="small dim">{t('settings.routes.about')}</p>
        </div>
        <button type="button" className="button" disabled={testing} onClick={() => void test()}>
          {t(testing ? 'settings.routes.testing' : 'settings.routes.test')}
        </button>
      </div>
      <div className="routes" role="status">
        {lines.map(({ check, status, values, error: cause }) => (
          <p key={check} className={status === 'failed' ? 'note danger' : 'small route'} data-status={status}>
            <span aria-hidden="true">{marks[status]} </span>
            {t(`doctor:${check}.${status}`, values)}
            {status === 'failed' && cause !== null && ` ${sayError(cause)}`}
          </p>
        ))}
      </div>
      {error !== null && (
        <p className="note danger" role="alert">
          {sayError(error)}
        </p>
      )}
    </section>
  );
}

const marks = { ok: '✓', warning: '–', failed: '✕', unknown: '?' } as const;
