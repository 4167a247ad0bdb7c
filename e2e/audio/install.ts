import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';
import { buildSync } from 'esbuild';

// Both are injected: the product serves none of it, and its content security policy stays as it is.

/** Gives every page of a context microphones that a test speaks into. */
export async function installMicrophone(context: BrowserContext): Promise<void> {
  await context.addInitScript(bundle('page/microphone.ts'));
}

/** Lets a test hear every page of a context. */
export async function installSpeaker(context: BrowserContext): Promise<void> {
  await context.addInitScript(bundle('page/speaker.ts'));
}

const bundles = new Map<string, string>();

function bundle(entry: string): string {
  const existing = bundles.get(entry);
  if (existing !== undefined) return existing;
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  const text = outputFiles[0]?.text ?? '';
  bundles.set(entry, text);
  return text;
}
