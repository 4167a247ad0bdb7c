import type { ReactNode } from 'react';
import { words } from '../words/page.ts';
import { ThemeToggle } from './theme-toggle.tsx';

interface HeaderProps {
  /** Leaves the name of the product to the mark where there is little room. */
  crowded?: boolean;
  children?: ReactNode;
}

export function Header({ crowded = false, children }: HeaderProps) {
  return (
    <header className="box-content flex h-14 shrink-0 items-center gap-1 pt-[env(safe-area-inset-top)] pr-2 pl-4 lg:h-16 lg:pr-4 lg:pl-6">
      <span className="flex items-center gap-2 text-base font-semibold tracking-tight">
        <Mark />
        <span className={crowded ? 'max-sm:sr-only' : undefined}>{words.product.name}</span>
      </span>
      <div className="ml-auto flex min-w-0 items-center gap-1">
        {children}
        <ThemeToggle />
      </div>
    </header>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 20 20" className="size-5" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="2.25" strokeLinecap="round">
        <path d="M3 8v4M8 3.5v13M13 6v8M17.5 8.8v2.4" />
      </g>
    </svg>
  );
}
