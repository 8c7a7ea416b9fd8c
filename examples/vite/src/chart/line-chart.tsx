import { linearScale } from './linear-scale.ts';
import './chart.css';

export type ChartPoint = { readonly label: string; readonly value: number };

type LineChartProps = {
  readonly title: string;
  readonly points: readonly ChartPoint[];
  readonly format: (value: number) => string;
  /** Sums start at zero, or a small month looks like none. */
  readonly fromZero?: boolean;
};

const width = 640;
const height = 240;
const margin = { top: 16, right: 16, bottom: 32, left: 72 };

export function LineChart({ title, points, format, fromZero = false }: LineChartProps) {
  const x = (index: number) =>
    margin.left + (index * (width - margin.left - margin.right)) / Math.max(1, points.length - 1);
  const values = points.map((point) => point.value);
  const y = linearScale(fromZero ? [0, ...values] : values, [height - margin.bottom, margin.top]);
  const path = points.map((point, index) => `${x(index).toFixed(1)},${y(point.value).toFixed(1)}`);
  return (
    <svg class="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      {y.ticks.map((tick) => (
        <g key={tick} class="chart-tick">
          <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
          <text x={margin.left - 8} y={y(tick) + 4} text-anchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      <polyline class="chart-line" points={path.join(' ')} />
      {points.map((point, index) => (
        <g key={point.label} class="chart-point">
          <circle cx={x(index)} cy={y(point.value)} r="3.5" />
          <text x={x(index)} y={height - 10} text-anchor="middle">
            {point.label}
          </text>
        </g>
      ))}
    </svg>
  );
}
