import { AppError } from '../../../contract/errors.ts';
import { pictureLimits } from '../../../contract/sight.ts';

/** Throws `picture/too-large` and `picture/damaged` for a size that no picture that is read has. */
export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1) throw new AppError('picture/damaged', `${width} by ${height} pixels`);
  if (width * height > pictureLimits.pixels) throw new AppError('picture/too-large', `${width} by ${height} pixels`);
}
