import { Component, type ErrorInfo, type ReactNode } from "react";
import { ErrorState } from "./states";
import { words } from "@/lib/words/words";

/** Keeps a fault of one region inside it. */
export class RegionBoundary extends Component<
  { fault: string; children: ReactNode },
  { hasFailed: boolean }
> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidCatch(error: Error, details: ErrorInfo) {
    console.error(error, details.componentStack);
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <ErrorState
        failure={{
          title: this.props.fault,
          detail: words.shell.restWorks,
          requestId: null,
        }}
        onRetry={() => this.setState({ hasFailed: false })}
      />
    );
  }
}
