import { hostPage } from '../connect/host-page.ts';
import { sensitivities, type Sensitivity } from './policy.ts';

const storageKey = 'parley.whenISpeak';

/** What the person chose in this browser. */
export function rememberedSensitivity(): Sensitivity {
  if (hostPage.isGuest) return 'normal';
  try {
    const kept = localStorage.getItem(storageKey);
    return sensitivities.find((sensitivity) => sensitivity === kept) ?? 'normal';
  } catch {
    return 'normal';
  }
}

export function rememberSensitivity(sensitivity: Sensitivity): void {
  try {
    localStorage.setItem(storageKey, sensitivity);
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
}
