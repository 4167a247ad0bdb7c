import { z } from 'zod';

// The content security policy allows no eval, with which zod would compile its schemas; asking alone is reported.
z.config({ jitless: true });
