/** How fast a source may be asked; the upstream's own rate headers are obeyed on top. */
export interface Pace {
  /** The least time between two requests. */
  readonly intervalMs: number;
}
