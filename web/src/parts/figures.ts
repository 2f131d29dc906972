/** Numbers as the field writes them. Money is never rounded: it comes as exact text and stays it. */

const COUNT = new Intl.NumberFormat("en");
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export function countText(count: number): string {
  return COUNT.format(count);
}

export function shortCount(count: number): string {
  return SHORT.format(count);
}

/** `131072` is `128K`, `1000000` is `1M`: whichever thousand divides it. */
export function tokensText(tokens: number): string {
  if (tokens % 1_048_576 === 0) return `${tokens / 1_048_576}Mi`;
  if (tokens >= 1_000_000) return `${trimmed(tokens / 1_000_000)}M`;
  if (tokens % 1_024 === 0) return `${tokens / 1_024}K`;
  return tokens >= 1_000 ? `${trimmed(tokens / 1_000)}k` : String(tokens);
}

/** `0.1` is `$0.10`; more than two decimals stay as they are. */
export function usdText(usd: string): string {
  const [whole = "0", decimals = ""] = usd.split(".");
  return `$${whole}.${decimals.padEnd(2, "0")}`;
}

function trimmed(count: number): string {
  return String(Math.round(count * 100) / 100);
}
