import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextChip } from '../../contract/context.ts';
import type { TextEncoding } from '../../contract/document.ts';
import { useClient } from '../app/backend.ts';

/** Every encoding there is to choose, in the order of the list; one that is left out does not compile. */
const choices: Readonly<Record<TextEncoding, true>> = {
  'utf-8': true,
  gb18030: true,
  big5: true,
  shift_jis: true,
  'euc-jp': true,
  'iso-2022-jp': true,
  'euc-kr': true,
  'windows-1252': true,
  'windows-1250': true,
  'windows-1251': true,
  'windows-1253': true,
  'windows-1254': true,
  'windows-1255': true,
  'windows-1256': true,
  'windows-1257': true,
  'windows-1258': true,
  'windows-874': true,
  'iso-8859-2': true,
  'iso-8859-5': true,
  'koi8-r': true,
  ibm866: true,
  ibm850: true,
  macintosh: true,
  'x-mac-cyrillic': true,
  'utf-16le': true,
  'utf-16be': true,
};
const encodings = Object.keys(choices) as readonly TextEncoding[];

/** What the bytes of a text were taken for, where nothing in it says so; another choice reads it again. */
export function EncodingChoice({ chip }: { readonly chip: ContextChip }): ReactNode {
  const { t } = useTranslation('overlay');
  const client = useClient();
  const note = chip.file?.notes?.find((one) => one.note === 'encoding-guessed' || one.note === 'encoding-chosen');
  if (note === undefined || !('encoding' in note)) return null;
  const { encoding } = note;
  const known = encodings.some((one) => one === encoding);
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
        {encodings.map((one) => (
          <option key={one} value={one}>
            {t(`encoding.name.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
