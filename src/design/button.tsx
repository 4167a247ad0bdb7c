import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';

type Tone = 'primary' | 'plain' | 'quiet';

const tones: Readonly<Record<Tone, string>> = {
  primary: 'border-transparent bg-ink text-canvas hover:opacity-88',
  plain: 'border-line bg-surface text-ink hover:border-line-strong',
  quiet: 'border-transparent text-ink hover:bg-sunken',
};

const sizes = {
  medium: 'min-h-target px-4 text-sm',
  large: 'min-h-14 px-7 text-base',
} as const;

interface ButtonProps extends ComponentProps<'button'> {
  tone?: Tone;
  size?: keyof typeof sizes;
  icon?: LucideIcon;
}

export function Button({
  tone = 'plain',
  size = 'medium',
  icon: Icon,
  className = '',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex items-center justify-center gap-2 rounded-full border font-medium transition-[opacity,background-color,border-color,scale] active:scale-98 disabled:opacity-45 ${tones[tone]} ${sizes[size]} ${className}`}
      {...rest}
    >
      {Icon && <Icon aria-hidden="true" className="size-4.5 shrink-0" />}
      {children}
    </button>
  );
}
