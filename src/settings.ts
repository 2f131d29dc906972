/** The table of settings: names, defaults, what is allowed, and why one would set it. Code and docs read it. */
import {
  address,
  age,
  clientId,
  CLIENT_ID_LENGTH_MAX,
  duration,
  FALLBACK_MODELS_MAX,
  isSecureOrLocal,
  isWebUrl,
  modelIds,
  onOrOff,
  rateLimit,
  size,
  sourceIds,
  text,
} from "./setting-values.ts";

export interface Setting<Value> {
  /** The environment's names for it; the first is ours, the others are heard too. */
  readonly names: readonly [string, ...string[]];
  /** What is taken when nothing is set, as one would write it. */
  readonly initial?: string;
  /** For the docs, where the value taken depends on the machine or is nothing at all. */
  readonly unset?: string;
  readonly allowed: string;
  readonly description: string;
  /** Never shown: not in an error, not when the settings are printed. */
  readonly secret?: boolean;
  /** Absent where the text is not one of the allowed. */
  parse(text: string): Value | undefined;
}

const PORT_MAX = 65_535;
const HUB_MODELS_MAX = 100_000_000;
const PROXIES_MAX = 10;

const AN_AGE = "a number of days, like `90d`, or `forever`";
const AN_ADDRESS = "an http or https URL without a user or password in it";
const A_DURATION = "a number with its unit, like `10s`, `30m`, `1h` or `7d`, up to `365d`";
const A_SWITCH = "`1` or `0` (also `true`, `false`, `yes`, `no`, `on`, `off`)";

export const SETTINGS = {
  home: {
    names: ["MODELDEX_HOME"],
    unset:
      "the platform's data directory: `$XDG_DATA_HOME/modeldex` or `~/.local/share/modeldex`, " +
      "`~/Library/Application Support/modeldex`, `%LOCALAPPDATA%\\modeldex`",
    allowed: "a directory; it is made when it is missing",
    description: "Where the ledger, the saved catalog and the raw bodies are kept.",
    parse: text,
  },
  database: {
    names: ["MODELDEX_DATABASE"],
    unset: "`modeldex.db` in `MODELDEX_HOME`",
    allowed: "a path to a SQLite file, or a `postgres://` URL",
    description: "The ledger's database.",
    secret: true,
    parse: (value: string) =>
      /^postgres(ql)?:\/\//.test(value) || !value.includes("://") ? value : undefined,
  },
  host: {
    names: ["MODELDEX_HOST"],
    initial: "127.0.0.1",
    allowed: "an address or a host name of this machine",
    description: "The address that the server listens on.",
    parse: (value: string) => (/^[\w.:-]+$/.test(value) ? value : undefined),
  },
  port: {
    names: ["MODELDEX_PORT"],
    initial: "8080",
    allowed: `a whole number from 0 to ${PORT_MAX}; 0 takes any free port`,
    description: "The port that the server listens on.",
    parse: (value: string) =>
      /^\d{1,5}$/.test(value) && Number(value) <= PORT_MAX ? Number(value) : undefined,
  },
  syncIntervalMs: {
    names: ["MODELDEX_SYNC_INTERVAL"],
    initial: "1h",
    allowed: A_DURATION,
    description:
      "How old a source may become before the server reads it again. One that did not answer is tried again after a minute, then after twice as long each time.",
    parse: duration,
  },
  publishEveryMs: {
    names: ["MODELDEX_PUBLISH_EVERY"],
    initial: "10s",
    allowed: A_DURATION,
    description: "How often at most a new revision is published while runs finish.",
    parse: duration,
  },
  sources: {
    names: ["MODELDEX_SOURCES"],
    unset: "`all`: every source but those that ask to be named",
    allowed: "source ids with commas between them, like `openrouter,groq` or `all,openrouter-endpoints`",
    description: "Which sources are read. Leaving one out removes nothing that is already known of it.",
    parse: sourceIds,
  },
  quotaShare: {
    names: ["MODELDEX_QUOTA_SHARE"],
    initial: "0.8",
    allowed: "a number above 0 and up to 1",
    description: "The share of an upstream's rate limit that is used at most.",
    parse: (value: string) =>
      /^(0?\.\d+|1(\.0+)?)$/.test(value) && Number(value) > 0 ? Number(value) : undefined,
  },
  hubLimit: {
    names: ["MODELDEX_HUB_LIMIT"],
    unset: "no cap: every model",
    allowed: `a whole number from 1 to ${HUB_MODELS_MAX}`,
    description:
      "How many models of the whole Hugging Face Hub are read at most (`modeldex sync huggingface --hub`), the most downloaded first.",
    parse: (value: string) =>
      /^[1-9]\d{0,8}$/.test(value) && Number(value) <= HUB_MODELS_MAX ? Number(value) : undefined,
  },
  rawBytesMax: {
    names: ["MODELDEX_RAW_SIZE"],
    initial: "1GB",
    allowed: "a whole number with its unit, like `500MB`, `1GB` or `2TB`",
    description:
      "How many bytes of upstreams' answers, compressed, are kept as they came: the oldest go first. What was read from them stays.",
    parse: size,
  },
  rawAgeMs: {
    names: ["MODELDEX_RAW_AGE"],
    initial: "365d",
    allowed: AN_AGE,
    description: "How long an upstream's answer is kept as it came, after it was last met.",
    parse: age,
  },
  detailAgeMs: {
    names: ["MODELDEX_DETAIL_AGE"],
    initial: "90d",
    allowed: AN_AGE,
    description:
      "How long every run, every finding that is over and every daily sample of downloads and speeds is kept. After that, of the runs that changed nothing the last of each day stays, and of an offer's samples one in thirty days. Listings, prices and changes stay for ever.",
    parse: age,
  },
  showAccount: {
    names: ["MODELDEX_SHOW_ACCOUNT"],
    initial: "0",
    allowed: A_SWITCH,
    description: "Show everybody what only your own keys can see: private, tuned and workspace models.",
    parse: onOrOff,
  },
  adminKey: {
    names: ["MODELDEX_ADMIN_KEY"],
    unset: "no admin routes: they answer 403",
    allowed: "any text",
    description: "The key of the admin routes, sent as `Authorization: Bearer`.",
    secret: true,
    parse: text,
  },
  rateLimit: {
    names: ["MODELDEX_RATE_LIMIT"],
    unset: "no limit",
    allowed: "how many requests in which time, like `600/1m` or `20/1s`",
    description:
      "How much one client (an address of version 4, a /64 of version 6) may ask the server. Probes and metrics are not counted.",
    parse: rateLimit,
  },
  trustProxy: {
    names: ["MODELDEX_TRUST_PROXY"],
    initial: "0",
    allowed: `how many proxies stand in front, 0 to ${PROXIES_MAX}`,
    description:
      "Take the client's address from `X-Forwarded-For`, to which each proxy in front appends the address that it saw.",
    parse: (value: string) =>
      /^\d{1,2}$/.test(value) && Number(value) <= PROXIES_MAX ? Number(value) : undefined,
  },
  log: {
    names: ["MODELDEX_LOG"],
    initial: "off",
    allowed: "`off`, or `requests`",
    description:
      "`requests` writes one line of JSON for each request to standard error: the route, the status, how long it took; never what was asked.",
    parse: (value: string) => (value === "off" || value === "requests" ? value : undefined),
  },
  mirror: {
    names: ["MODELDEX_MIRROR"],
    unset: "the upstreams themselves",
    allowed: AN_ADDRESS,
    description:
      "Every source asks `<mirror>/<upstream host>/<path and query>`, even if its credential is not set.",
    parse: address,
  },
  mirrorCredentials: {
    names: ["MODELDEX_MIRROR_CREDENTIALS"],
    initial: "0",
    allowed: A_SWITCH,
    description: "Send credentials to the mirror too.",
    parse: onOrOff,
  },
  huggingFaceUrl: {
    names: ["HF_ENDPOINT"],
    unset: "`https://huggingface.co`",
    allowed: "an https URL, or http to this machine",
    description: "The Hugging Face Hub's address, under the name that its own tools use.",
    parse: (value: string) => (isSecureOrLocal(value) ? address(value) : undefined),
  },
  huggingFaceClientId: {
    names: ["MODELDEX_HF_CLIENT_ID"],
    unset: "nobody can sign in, and the explorer does not offer it",
    allowed: `the client id of an OAuth app of Hugging Face: up to ${CLIENT_ID_LENGTH_MAX} characters without a space`,
    description:
      "Let people sign in with Hugging Face on the explorer's page of checks, at the Hub that `HF_ENDPOINT` names. There is no secret to it ([how to make the app](check.md#sign-in-with-hugging-face)).",
    parse: clientId,
  },
  huggingFaceFallbackModels: {
    names: ["HF_FALLBACK_MODELS"],
    initial:
      "Qwen/Qwen3-Next-80B-A3B-Thinking,Qwen/Qwen3-Next-80B-A3B-Instruct,meta-llama/Llama-3.3-70B-Instruct," +
      "meta-llama/Llama-3.1-8B-Instruct,HuggingFaceH4/zephyr-7b-beta,Qwen/Qwen2-7B-Instruct",
    allowed: `up to ${FALLBACK_MODELS_MAX} ids of the Hub, \`lab/name\`, with commas between them`,
    description:
      "Models that are asked who serves them, to find Hugging Face's providers while its list has not been read.",
    parse: modelIds,
  },
  webhookPrivate: {
    names: ["MODELDEX_WEBHOOK_PRIVATE"],
    initial: "0",
    allowed: A_SWITCH,
    description:
      "Let webhooks go to private networks and to this machine too, also without https. Anybody who can add a watch then reaches them.",
    parse: onOrOff,
  },
  proxy: {
    names: ["HTTPS_PROXY", "https_proxy"],
    unset: "no proxy",
    allowed: "an http or https URL",
    description: "The proxy through which upstreams are reached.",
    secret: true,
    parse: (value: string) => (isWebUrl(value) ? value : undefined),
  },
  noProxy: {
    names: ["NO_PROXY", "no_proxy"],
    unset: "every upstream through the proxy",
    allowed: "host names with commas between them",
    description: "Hosts that are reached without the proxy.",
    parse: text,
  },
} as const satisfies Record<string, Setting<unknown>>;

/** Settings that exist once for each source; `<ID>` is its id in capitals with `_` for `-`. */
export const SOURCE_SETTINGS = {
  sourceUrls: {
    names: ["MODELDEX_SOURCE_URL_<ID>"],
    unset: "the source's own address",
    allowed: AN_ADDRESS,
    description: "Another address for one source: a proxy, a test. Goes before every other address.",
    parse: address,
  },
  sourceCredentials: {
    names: ["MODELDEX_SOURCE_CREDENTIALS_<ID>"],
    initial: "0",
    allowed: A_SWITCH,
    description: "Send that source's credential to the other address too.",
    parse: onOrOff,
  },
} as const satisfies Record<string, Setting<unknown>>;
