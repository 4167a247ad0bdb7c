// Runs thread.ts where nothing has been bundled: in tests and measurements.
import { register } from 'tsx/esm/api';

register();
await import('./analysis/thread.ts');
