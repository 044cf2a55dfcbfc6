import { ChevronRight } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../contract/conversation.ts';
import type { Receipt } from '../../contract/receipt.ts';
import { ReceiptLine } from '../answer/receipt.tsx';
import { ReceiptCard } from './receipt-card.tsx';
import type { OpenReceipt } from './use-open-receipt.ts';

interface ReceiptPartProps {
  readonly message: Pick<Message, 'id'>;
  readonly receipt: Receipt;
  /** Undefined where a receipt cannot be opened. */
  readonly open: OpenReceipt | undefined;
}

/** The quiet line under an answer, which opens the receipt. */
export function ReceiptPart({ message: { id }, receipt, open }: ReceiptPartProps): ReactNode {
  const { t } = useTranslation('receipt');
  const button = useRef<HTMLButtonElement>(null);
  if (open === undefined) return <ReceiptLine receipt={receipt} />;
  const isOpen = open.answerId === id;
  const cardId = `receipt-${id}`;
  const close = () => {
    open.toggle(id);
    button.current?.focus();
  };
  return (
    <div className="receipt-part">
      <button
        ref={button}
        type="button"
        className="receipt-open"
        title={t('show')}
        aria-expanded={isOpen}
        aria-controls={isOpen ? cardId : undefined}
        onClick={() => open.toggle(id)}
      >
        <ReceiptLine receipt={receipt} />
        <ChevronRight size={14} strokeWidth={1.6} aria-hidden />
      </button>
      {isOpen && <ReceiptCard id={cardId} answerId={id} receipt={receipt} onClose={close} />}
    </div>
  );
}
