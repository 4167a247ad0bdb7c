/** Whose page this code runs in: Parley's own, or that of another site which has the assistant in it. */
interface HostPage {
  /** A guest keeps nothing in the site's storage, leaves its document as it is, and notes nothing for the inspector. */
  isGuest: boolean;
  /** Where the API is, such as `https://parley.example`, without a slash at its end; empty for the page's own origin. */
  server: string;
}

/** A page is one or the other for all of its life, and talks to one server at a time. */
export const hostPage: HostPage = { isGuest: false, server: '' };
