interface SpaceBar {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

interface Focus {
  /** Whether the key would write into a field. */
  readonly typing: boolean;
  /** Whether a popup is open; keys are then the popup's. */
  readonly overlayOpen: boolean;
  /** Whether somebody who goes by keyboard stands on something that the space bar presses. */
  readonly onControl: boolean;
}

/** Whether this press of the space bar is one to talk, and not one to write or to press what has the focus. */
export function isTalkKey(press: SpaceBar, focus: Focus): boolean {
  if (press.key !== ' ' || press.ctrlKey || press.metaKey || press.altKey) return false;
  return !focus.typing && !focus.overlayOpen && !focus.onControl;
}

const pressable = 'button, a[href], summary, [role="button"], [role="menuitem"], [role="slider"]';

/** Whether the space bar presses what has the focus; where one holds it to talk it does no such thing. */
export function standsOnControl(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.closest('[data-hold-to-talk]')) return false;
  return target.closest(pressable) !== null;
}
