import type { hostPage as own } from '../connect/host-page.ts';

/**
 * Takes the place of `connect/host-page.ts` in the build for other sites: modules find out in whose page they run as they load,
 * and in what order a bundle loads them is not ours to say.
 */
export const hostPage: typeof own = { isGuest: true, server: '' };
