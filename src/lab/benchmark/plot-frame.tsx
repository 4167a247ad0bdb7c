import type { ReactNode } from 'react';

interface PlotFrameProps {
  id: string;
  label: string;
  width: number;
  height: number;
  children: ReactNode;
}

/** What a plot is drawn on. All its looks are attributes of its own, so that it can be saved as it is. */
export function PlotFrame({ id, label, width, height, children }: PlotFrameProps) {
  return (
    <svg
      id={id}
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      fontFamily="Inter Variable, system-ui, sans-serif"
      fontSize="11"
      className="block w-full max-w-sm"
    >
      <rect width={width} height={height} fill="var(--surface)" />
      {children}
    </svg>
  );
}
