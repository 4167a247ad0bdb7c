// Before any other module of the page: each finds out as it loads in whose page it runs, and when it makes a schema.
import '../conversation/content-security.ts';
import { hostPage } from '../connect/host-page.ts';

hostPage.isGuest = true;
