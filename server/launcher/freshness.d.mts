export function packagesAreCurrent(root: string): boolean;
export function fingerprint(root: string, paths: readonly string[]): string;
export function readStamp(path: string): string | undefined;
export function writeStamp(path: string, value: string): void;
/** What the bundles in dist/node are made of. */
export const nodeSources: readonly string[];
