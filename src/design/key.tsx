import type { ReactNode } from 'react';

/** A key, as it is named on the keyboard. */
export function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="min-w-7 rounded-md border border-line bg-sunken px-2 py-0.5 text-center font-sans text-xs font-medium">
      {children}
    </kbd>
  );
}
