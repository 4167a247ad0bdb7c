import { Component, Suspense, type ReactNode } from 'react';

interface LateProps {
  /** Stands in while the part is on its way. */
  fallback?: ReactNode;
  /** Stands in for good if the part cannot be fetched; nothing if left out. */
  missing?: ReactNode;
  children: ReactNode;
}

/** A part of the page whose code comes late. Without it the page goes on: a lost server must not take the transcript along. */
export class Late extends Component<LateProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    const { fallback, missing, children } = this.props;
    return this.state.failed ? missing : <Suspense fallback={fallback}>{children}</Suspense>;
  }
}
