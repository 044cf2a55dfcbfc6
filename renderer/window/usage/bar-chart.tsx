import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { niceTop } from './figures.ts';
import { UsageTable } from './usage-table.tsx';

/** One bar: its parts stand on each other, the first at the bottom. */
export interface Bar {
  readonly key: string;
  /** When it is, as it is said alone, and as it stands under the chart. */
  readonly name: string;
  readonly label: string;
  readonly values: readonly number[];
}

export interface BarChartProps {
  readonly title: string;
  /** One of each part of a bar. `full` is filled, `kept` grey, `line` outlined: never told apart by colour alone. */
  readonly series: readonly { readonly name: string; readonly look: 'full' | 'kept' | 'line' }[];
  readonly bars: readonly Bar[];
  readonly say: (value: number) => string;
}

const height = 150;
/** A bar has so much of the width of its place, in per cent. */
const fill = 64;

/** Bars over time. Arrows go from one to the next, and each is told in words; the same stands as a table below. */
export function BarChart({ title, series, bars, say }: BarChartProps): ReactNode {
  const { t } = useTranslation('usage');
  const [at, setAt] = useState<number | null>(null);
  const id = useId();
  const top = niceTop(Math.max(0, ...bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0))));
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepTo(event.key, at, bars.length);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
  };
  const told = bars[at ?? bars.length - 1];
  const words = told === undefined ? '' : sayBar(told, series, say);
  return (
    <figure className="chart">
      <figcaption id={id}>
        <h2>{title}</h2>
        {series.length > 1 && <Legend series={series} />}
      </figcaption>
      <div
        className="plot"
        role="slider"
        tabIndex={0}
        aria-labelledby={id}
        aria-valuemin={1}
        aria-valuemax={bars.length}
        aria-valuenow={(at ?? bars.length - 1) + 1}
        aria-valuetext={words}
        onKeyDown={onKeyDown}
        onBlur={() => setAt(null)}
      >
        <Grid top={top} say={say} />
        <Bars bars={bars} series={series} top={top} at={at} onPoint={setAt} />
      </div>
      <div className="plot-labels numbers" aria-hidden>
        {labelsOf(bars).map(({ key, label }) => (
          <span key={key}>{label}</span>
        ))}
      </div>
      <p className="small dim numbers plot-told">
        {at === null ? <span className="plot-hint">{t('chart.hint')}</span> : words}
      </p>
      <ChartTable title={title} bars={bars} series={series} say={say} />
    </figure>
  );
}

function stepTo(key: string, at: number | null, count: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key === 'ArrowLeft') return Math.max(0, (at ?? count) - 1);
  return key === 'ArrowRight' ? Math.min(count - 1, (at ?? -1) + 1) : null;
}

function Legend({ series }: Pick<BarChartProps, 'series'>): ReactNode {
  return (
    <span className="legend">
      {series.map(({ name, look }) => (
        <span key={name}>
          <i className={`swatch ${look}`} aria-hidden />
          {name}
        </span>
      ))}
    </span>
  );
}

function Grid({ top, say }: { readonly top: number; readonly say: (value: number) => string }): ReactNode {
  if (top === 0) return null;
  return [1, 0.5, 0].map((share) => (
    <div key={share} className="grid-line" style={{ bottom: `${share * height}px` }}>
      <span className="numbers">{say(top * share)}</span>
    </div>
  ));
}

interface BarsProps extends Pick<BarChartProps, 'bars' | 'series'> {
  readonly top: number;
  readonly at: number | null;
  readonly onPoint: (at: number | null) => void;
}

function Bars({ bars, series, top, at, onPoint }: BarsProps): ReactNode {
  const room = 100 / bars.length;
  return (
    <svg className="bars" width="100%" height={height} aria-hidden onPointerLeave={() => onPoint(null)}>
      {bars.map(({ key, values }, index) => {
        const x = room * index;
        let from = 0;
        const parts = values.map((value, part) => {
          const tall = top === 0 ? 0 : (value / top) * height;
          from += tall;
          // A line is drawn within its place, so that two parts do not touch.
          const inset = series[part]?.look === 'line' ? 0.75 : 0;
          return {
            name: series[part]?.name ?? '',
            look: series[part]?.look ?? 'full',
            y: height - from + inset,
            tall: tall - 2 * inset,
          };
        });
        return (
          <g key={key} className={index === at ? 'at' : undefined} onPointerEnter={() => onPoint(index)}>
            <rect className="reach" x={`${x}%`} y={0} width={`${room}%`} height={height} />
            {parts.map(({ name, look, y, tall }) =>
              tall > 0 ? (
                <rect
                  key={name}
                  className={look}
                  x={`${x + (room * (100 - fill)) / 200}%`}
                  y={y}
                  width={`${(room * fill) / 100}%`}
                  height={tall}
                />
              ) : null,
            )}
          </g>
        );
      })}
    </svg>
  );
}

function sayBar({ name, values }: Bar, series: BarChartProps['series'], say: (value: number) => string): string {
  const parts = values.map((value, at) => (series.length > 1 ? `${series[at]?.name ?? ''} ${say(value)}` : say(value)));
  return [name, ...parts].join(' · ');
}

/** The first, the last, and one between, so that they fit however narrow it is. */
function labelsOf(bars: readonly Bar[]): readonly Bar[] {
  const places = new Set([0, Math.floor((bars.length - 1) / 2), bars.length - 1]);
  return bars.filter((_, at) => places.has(at));
}

function ChartTable({ title, bars, series, say }: BarChartProps): ReactNode {
  const { t } = useTranslation('usage');
  return (
    <details className="chart-table">
      <summary className="small dim">
        <ChevronRight size={14} strokeWidth={1.6} aria-hidden />
        {t('chart.table')}
      </summary>
      <UsageTable
        caption={title}
        columns={[
          { name: t('chart.when'), holds: 'words' },
          ...series.map(({ name }) => ({ name, holds: 'amount' as const })),
        ]}
        rows={bars
          .filter(({ values }) => values.some((value) => value > 0))
          .map(({ key, name, values }) => ({ key, cells: [name, ...values.map(say)] }))}
      />
    </details>
  );
}
