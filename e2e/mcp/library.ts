import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

/** An MCP server over stdin and stdout, as anybody could write one: a library of three books. */
const books = [
  { title: 'Treasure Island', shelf: 'seven' },
  { title: 'Moby Dick', shelf: 'two' },
  { title: 'The Time Machine', shelf: 'nine' },
];

const server = new McpServer({ name: 'library', version: '1.0.0' });
const text = (words: string) => ({ content: [{ type: 'text' as const, text: words }] });
const inputSchema = { title: z.string().describe('Or words with the title in them.') };

function find(wish: string): (typeof books)[number] {
  const book = books.find(({ title }) => wish.toLowerCase().includes(title.toLowerCase()));
  if (!book) throw new Error('The library has no such book.');
  return book;
}

server.registerTool(
  'shelf',
  { title: 'Find a shelf', description: 'Tells where a book stands.', inputSchema },
  ({ title: wish }) => {
    const { title, shelf } = find(wish);
    return text(`${title} stands on shelf ${shelf}.`);
  },
);
server.registerTool(
  'borrow',
  { title: 'Borrow a book', description: 'Takes a book out of the library.', inputSchema },
  ({ title: wish }) => {
    const { title } = find(wish);
    return text(`${title} is yours for two weeks.`);
  },
);
server.registerTool(
  'close',
  { title: 'Close the library', description: 'Ends the server in the middle of the call.' },
  () => process.exit(1),
);

await server.connect(new StdioServerTransport());
