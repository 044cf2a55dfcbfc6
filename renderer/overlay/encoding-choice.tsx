import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextChip } from '../../contract/context.ts';
import { type TextEncoding, textEncodings } from '../../contract/document.ts';
import { useClient } from '../app/backend.ts';

/** What the bytes of a text were taken for, where nothing in it says so; another choice reads it again. */
export function EncodingChoice({ chip }: { readonly chip: ContextChip }): ReactNode {
  const { t } = useTranslation('overlay');
  const client = useClient();
  const note = chip.file?.notes?.find((one) => one.note === 'encoding-guessed' || one.note === 'encoding-chosen');
  if (note === undefined || !('encoding' in note)) return null;
  const { encoding } = note;
  const known = textEncodings.some((one) => one === encoding);
  return (
    <label className="encoding small dim">
      {t('encoding.readAs')}
      <select
        className="field select"
        value={encoding}
        onChange={({ target }) =>
          void client.request('file.readAs', { chipId: chip.id, encoding: target.value as TextEncoding })
        }
      >
        {!known && <option value={encoding}>{encoding}</option>}
        {textEncodings.map((one) => (
          <option key={one} value={one}>
            {t(`encoding.name.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
