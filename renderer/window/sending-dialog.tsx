import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { SendingSheet } from '../sending/sheet.tsx';
import type { Sheet } from '../sending/use-sheet.ts';
import { Dialog } from './dialog.tsx';

/** What would be sent, over the chat it would be sent from; Enter sends it, Escape does not. */
export function SendingDialog({ sheet }: { readonly sheet: Sheet }): ReactNode {
  const { t } = useTranslation('sending');
  const { look, send, here, cancel } = sheet;
  const name = look.status === 'leaves' ? showHiddenInLine(look.label) : '';
  const title = look.status === 'leaves' ? t('window.title', { name }) : t('window.staysTitle');
  return (
    <Dialog label={title} className="sending-dialog" onClose={cancel}>
      <h2>{title}</h2>
      <SendingSheet sheet={sheet} />
      <div className="dialog-foot">
        <button type="button" className="button" onClick={cancel}>
          {t(here === null ? 'stop' : 'cancel')}
        </button>
        {look.status === 'leaves' && here !== null && (
          <button type="button" className="button" onClick={here}>
            {t('here')}
          </button>
        )}
        <button type="button" className="button primary" data-first onClick={send}>
          {look.status === 'leaves' ? t('send', { name }) : t('ask')}
        </button>
      </div>
    </Dialog>
  );
}
