import { Component, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { words } from '../words/page.ts';

/** The last resort: a view that threw is replaced by words and a way on, never by an empty page. */
export class CrashScreen extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-6">
        <h1 className="text-2xl font-semibold tracking-tight">{words.crash.title}</h1>
        <p className="text-muted">{words.crash.advice}</p>
        <Button tone="primary" onClick={() => location.reload()}>
          {words.crash.reload}
        </Button>
      </main>
    );
  }
}
