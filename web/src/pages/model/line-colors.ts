/** Told apart by eyes of any kind, on both grounds. */
export const LINE_COLORS = [
  "#0f766e",
  "#b45309",
  "#4f46e5",
  "#be185d",
  "#65a30d",
  "#0284c7",
  "#9333ea",
  "#dc2626",
  "#0d9488",
  "#a16207",
  "#475569",
  "#db2777",
] as const;
