import { Component, type ReactNode } from 'react';

export interface PlainBoundaryProps {
  /** Shown as it is when what is inside cannot be drawn. */
  readonly text: string;
  readonly children: ReactNode;
}

/** A text that its view cannot draw is still a text: it is shown plain, and the page around it stays. */
export class PlainBoundary extends Component<PlainBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <div className="markdown plain">{this.props.text}</div> : this.props.children;
  }
}
