import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

interface ControlButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** The whole name; `caption` is the part of it that is seen. */
  name: string;
  caption: string;
  icon: LucideIcon;
  /** Stands beside the picture. */
  beside?: ReactNode;
  /** Drawn full where pressing it is what one would most likely want now. */
  strong?: boolean;
}

/** One of the large controls of a call: a picture in a pill over its caption. */
export function ControlButton({
  name,
  caption,
  icon: Icon,
  beside,
  strong = false,
  className = '',
  ...rest
}: ControlButtonProps) {
  const look = strong
    ? 'border-transparent bg-ink text-canvas group-enabled:group-hover:opacity-88'
    : 'border-line bg-surface text-ink group-enabled:group-hover:border-line-strong';
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      className={`group flex min-w-0 flex-col items-center gap-1 rounded-2xl p-1 disabled:opacity-45 ${className}`}
      {...rest}
    >
      <span
        className={`flex h-12 w-full max-w-22 items-center justify-center gap-1.5 rounded-full border transition-[opacity,background-color,border-color,color,scale] group-enabled:group-active:scale-96 ${look}`}
      >
        <Icon aria-hidden="true" className="size-5" />
        {beside}
      </span>
      <span className="max-w-full truncate text-xs text-muted group-enabled:group-hover:text-ink">
        {caption}
      </span>
    </button>
  );
}
