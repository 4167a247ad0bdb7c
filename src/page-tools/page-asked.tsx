import type { PageAction } from '#protocol/page-tools.ts';
import { pageToolWords as said } from '../words/page-tools.ts';

/** What the assistant wants of this page, to the letter. */
export function PageAsked({ action }: { action: PageAction }) {
  switch (action.tool) {
    case 'get_location':
      return <p>{action.exact ? said.exactly : said.roughly}</p>;
    case 'open_link':
      return (
        <>
          <p className="text-base font-semibold">{new URL(action.url).host}</p>
          <Literal text={action.url} />
        </>
      );
    case 'copy_text':
      return <Literal text={action.text} />;
    case 'set_theme':
      return <p>{said.themes[action.theme]}</p>;
    case 'show_table':
    case 'show_chart':
    case 'show_image':
      return <p className="font-medium">{action.card.title}</p>;
  }
}

function Literal({ text }: { text: string }) {
  return (
    <p className="max-h-64 overflow-y-auto rounded-control bg-sunken p-3 font-mono text-xs leading-relaxed wrap-break-word whitespace-pre-wrap">
      {text}
    </p>
  );
}
