import type { PageAction, PageResponse } from '#protocol/page-tools.ts';
import { chooseTheme } from '../app/theme.ts';
import { placeAsTold } from './place.ts';

/** How long the browser may look for the place, in ms; its own question to the person does not count. */
const locatingMs = 15_000;
/** A place that was found this long ago, in ms, is good enough. */
const recentMs = 60_000;

/** Carries out what the person has allowed. Cards belong to the transcript, and links were opened by the press itself. */
export async function performInPage(action: PageAction): Promise<PageResponse> {
  switch (action.tool) {
    case 'get_location':
      return locate(action.exact);
    case 'copy_text':
      return copy(action.text);
    case 'set_theme':
      chooseTheme(action.theme);
      return { outcome: 'done' };
    default:
      return { outcome: 'done' };
  }
}

async function copy(text: string): Promise<PageResponse> {
  try {
    await navigator.clipboard.writeText(text);
    return { outcome: 'done' };
  } catch {
    return { outcome: 'not_done', why: 'browser' };
  }
}

async function locate(exact: boolean): Promise<PageResponse> {
  try {
    const { coords } = await position(exact);
    const { latitude, longitude, accuracy: accuracyM } = coords;
    return { outcome: 'done', place: placeAsTold({ latitude, longitude, accuracyM }, exact) };
  } catch (error) {
    const denied =
      error instanceof GeolocationPositionError && error.code === error.PERMISSION_DENIED;
    return { outcome: 'not_done', why: denied ? 'browser' : 'unavailable' };
  }
}

function position(exact: boolean): Promise<GeolocationPosition> {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, reject, {
      enableHighAccuracy: exact,
      timeout: locatingMs,
      maximumAge: recentMs,
    });
  });
}
