import { Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from '../design/icon-button.tsx';
import { words } from '../words/page.ts';
import { chooseTheme, currentTheme, watchTheme } from './theme.ts';

export function ThemeToggle() {
  const theme = useSyncExternalStore(watchTheme, currentTheme);
  const dark = theme === 'dark';
  return (
    <IconButton
      label={dark ? words.controls.theme.toLight : words.controls.theme.toDark}
      icon={dark ? Sun : Moon}
      onClick={() => chooseTheme(dark ? 'light' : 'dark')}
    />
  );
}
