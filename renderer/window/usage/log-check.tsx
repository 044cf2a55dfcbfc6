import { Link2, Unlink2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogFault, LogReport } from '../../../contract/receipt-log.ts';
import { sayLogFault } from '../../../locales/say-log-fault.ts';
import { useClient } from '../../app/backend.ts';

/** Whether the log of receipts is what was written, checked when it is asked for. */
export function LogCheck(): ReactNode {
  const { t, i18n } = useTranslation('usage');
  const client = useClient();
  const [report, setReport] = useState<LogReport | null>(null);
  const check = async () => {
    const answer = await client.request('receipts.verify', {});
    setReport(answer.ok ? answer.value : null);
  };
  const fault = report?.fault ?? null;
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const join = (sentences: readonly string[]) => sentences.join(language === 'en' ? ' ' : '');
  const sayFault = (found: LogFault) => join(sayLogFault(found, (key, values) => t(key, values), language));
  const sayWhole = ({ lines, entries, mended = 0 }: LogReport) =>
    join([
      t('receipts.unbroken', { lines, entries }),
      ...(mended === 0 ? [] : [t('receipts.mended', { count: mended })]),
    ]);
  const Icon = fault === null ? Link2 : Unlink2;
  return (
    <section className={fault === null ? 'log-check' : 'log-check broken'} aria-label={t('log.name')}>
      <Icon size={16} strokeWidth={1.6} aria-hidden />
      <p role="status">{report === null ? t('log.about') : fault === null ? sayWhole(report) : sayFault(fault)}</p>
      <button type="button" className="button" onClick={() => void check()}>
        {t('log.check')}
      </button>
    </section>
  );
}
