/** What breaks on one page does not take the frame with it. */
import { Component, type ReactNode } from "react";
import { Nothing } from "./standing.tsx";

export class Boundary extends Component<
  { readonly children: ReactNode },
  { readonly error: Error | undefined }
> {
  override state = { error: undefined as Error | undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <Nothing title="This page broke">
        {error.message} {/* A page that is loaded later may belong to a newer edition of the explorer. */}
        <button type="button" className="button" onClick={() => globalThis.location.reload()}>
          Load it again
        </button>
      </Nothing>
    );
  }
}
