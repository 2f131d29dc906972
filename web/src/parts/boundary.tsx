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
        {error.message}{" "}
        <button type="button" className="button" onClick={() => this.setState({ error: undefined })}>
          Try again
        </button>
      </Nothing>
    );
  }
}
