import { startOpenai } from '../../e2e/providers/openai/openai.ts';

const openai = await startOpenai();
process.once('disconnect', () => void openai.stop().finally(() => process.exit()));
process.send?.({ url: openai.url, apiKey: openai.apiKey });
