import { Component, Suspense, type ReactNode } from 'react';
import { useOverdue } from './late-code.ts';

interface LateProps {
  /** Stands in while the part is on its way. */
  fallback?: ReactNode;
  /** Stands in if the part does not come, or fails; what stands in otherwise if left out, and nothing for one that fails. */
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
    if (this.state.failed) return missing;
    const meanwhile = <Meanwhile fallback={fallback} missing={missing} />;
    return <Suspense fallback={meanwhile}>{children}</Suspense>;
  }
}

function Meanwhile({ fallback, missing = fallback }: Omit<LateProps, 'children'>): ReactNode {
  return useOverdue() ? missing : fallback;
}
