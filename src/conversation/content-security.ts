import * as z from 'zod/mini';

// Zod compiles a schema where it can, and finds out by an eval that the content security policy forbids and reports.
// It asks as soon as a schema is made, so this module has to be evaluated before any of the protocol's.
z.config({ jitless: true });
