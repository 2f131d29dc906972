/** Numbers as the field writes them. Money is never rounded: it comes as exact text and stays it. */

const COUNT = new Intl.NumberFormat("en");
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export function countText(count: number): string {
  return COUNT.format(count);
}

export function shortCount(count: number): string {
  return SHORT.format(count);
}

/** `131072` and `128000` are both `128K`, as everybody says it; the exact count stands beside it on hover. */
export function tokensText(tokens: number): string {
  if (tokens < 1_000) return String(tokens);
  const [million, thousand] = tokens % 1_024 === 0 ? [1_048_576, 1_024] : [1_000_000, 1_000];
  return tokens >= million ? `${trimmed(tokens / million)}M` : `${trimmed(tokens / thousand)}K`;
}

/** `0.1` is `$0.10`; more than two decimals stay as they are. */
export function usdText(usd: string): string {
  const [whole = "0", decimals = ""] = usd.split(".");
  return `$${whole}.${decimals.padEnd(2, "0")}`;
}

function trimmed(count: number): string {
  return String(Math.round(count * 100) / 100);
}
