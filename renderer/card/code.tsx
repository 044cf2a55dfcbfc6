import type { ReactNode } from 'react';

/** How wide the largest code is drawn, and how large its squares may be, in half CSS pixels: those of the picture. */
const widest = 605;
const largestSquare = 8;

/** A QR code on a white ground, whose squares lie on the pixels of the picture. */
export function Code({ rows }: { readonly rows: readonly string[] }): ReactNode {
  const size = rows.length;
  const square = Math.min(largestSquare, Math.max(4, Math.floor(widest / size)));
  const side = (size * square) / 2;
  const path = rows.flatMap((row, y) => [...row].map((dark, x) => (dark === '1' ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      className="card-code"
      width={side}
      height={side}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      aria-hidden="true"
    >
      <rect className="card-code-ground" width={size} height={size} />
      <path d={path} />
    </svg>
  );
}
