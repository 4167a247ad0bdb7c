import type { Recogniser } from '../intent.ts';

/** A search that is asked for by name; other questions reach the documents only when nothing else fits. */
export const recogniseDocuments: Recogniser = ({ text }) => {
  const query =
    /^(?:search|look)(?: in| through| into)?(?: my| the| your)? (?:documents?|docs|files?|notes and documents|knowledge|knowledge base|folder|manual|handbook)(?: for| about| on| and find)? (.+)$/.exec(
      text,
    )?.[1] ??
    /^(?:search for|look up|look for|find)(?: me)?(?: something)?(?: about| on)? (.+?)(?: in (?:my|the|your) (?:documents?|docs|files?|knowledge base|folder|manual|handbook))?$/.exec(
      text,
    )?.[1] ??
    /^what (?:do|does) (?:my|the|your) (?:documents?|docs|files?|manual|handbook) say about (.+)$/.exec(
      text,
    )?.[1];
  return query === undefined ? undefined : { tool: 'search_knowledge', args: { query } };
};
