/** Which recordings are whose answers, and in which order they are read. Pure. */
import { configured } from "../../kit/configured.ts";
import type { Addresses } from "../../kit/place.ts";
import type { Source, View, WebSource } from "../../kit/source.ts";
import type { Recording } from "./directory.ts";

/** What one source said at one time: a page, or the pages of one list. */
export interface Answer {
  readonly at: number;
  /** The source as it was asked then: the recorded question in the place of today's. */
  readonly source: WebSource;
  readonly pages: readonly (Recording & { readonly url: URL })[];
}

/** A recording that is not read, and why. */
export interface LeftOut {
  readonly file: string;
  readonly why: string;
  /** Whose address it has. */
  readonly sources: readonly string[];
}

export interface Plan {
  /** By source id, each in time order. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
  readonly leftOut: readonly LeftOut[];
}

export interface PlanInput {
  readonly sources: readonly Source[];
  credential(names: readonly string[]): string | undefined;
  readonly now: number;
}

export function planOf(recordings: readonly Recording[], { sources, credential, now }: PlanInput): Plan {
  const asked = sources.flatMap((source) => askable(source, credential));
  const leftOut: LeftOut[] = [];
  const pages = new Map<
    string,
    Map<number, { view: View; source: WebSource; page: Answer["pages"][number] }[]>
  >();
  for (const recording of recordings) {
    const why = uselessness(recording, now);
    const whose = asked.filter(({ address }) => address === addressOf(recording.url));
    const { url, at } = recording;
    if (why !== undefined || whose.length === 0 || url === undefined || at === undefined) {
      const ids = whose.map(({ source }) => source.id);
      leftOut.push({ file: recording.file, why: why ?? "no source has its address", sources: ids });
      continue;
    }
    for (const { source, view } of whose) {
      const ofSource = pages.get(source.id) ?? new Map();
      pages.set(source.id, ofSource);
      ofSource.set(at, [...(ofSource.get(at) ?? []), { view, source, page: { ...recording, url } }]);
    }
  }
  const answers = new Map(
    [...pages].map(([id, byTime]) => [
      id,
      [...byTime].toSorted(([a], [b]) => a - b).flatMap(([at, found]) => answerOf(at, found)),
    ]),
  );
  return { answers, leftOut };
}

function uselessness({ url, at, isAside }: Recording, now: number): string | undefined {
  if (isAside) return "its index says that it is no answer of a list";
  if (url === undefined) return "its address is no URL";
  if (at === undefined) return "it has no date";
  return at > now ? "its date lies in the future" : undefined;
}

/** Asked for each offer, or read from a package: no one address answers for such a source. */
function askable(
  declared: Source,
  credential: PlanInput["credential"],
): readonly { readonly source: WebSource; readonly view: View; readonly address: string }[] {
  if (declared.kind === "package" || declared.each !== undefined) return [];
  const own = declared.onlyByAddress === true ? [[declared.id, declared.baseUrl] as const] : [];
  const ready = configured(declared, { ...NOWHERE, sourceUrls: new Map(own) }, credential);
  if ("missing" in ready || ready.source.kind === "package") return [];
  const { source } = ready;
  // Several views are several orders of one list: each path counts once.
  const byPath = new Map(source.views.map((view) => [view.path, view]));
  return [...byPath.values()].flatMap((view) => {
    const address = addressOf(URL.parse(source.baseUrl.replace(/\/$/, "") + view.path) ?? undefined);
    return address === undefined ? [] : [{ source, view, address }];
  });
}

const NOWHERE: Addresses = { sourceUrls: new Map(), sourceCredentials: new Set(), mirrorCredentials: false };

/** Host and path: a question may have been asked with other parameters than today. */
export function addressOf(url: URL | undefined): string | undefined {
  return url === undefined ? undefined : url.host + url.pathname;
}

/** The first page is the question; where the same question was recorded twice at one time, the later one in the index counts. */
function answerOf(
  at: number,
  found: readonly {
    readonly view: View;
    readonly source: WebSource;
    readonly page: Answer["pages"][number];
  }[],
): readonly Answer[] {
  const byUrl = new Map(found.map((one) => [one.page.url.href, one]));
  const [first] = byUrl.values();
  if (first === undefined) return [];
  const { source, view, page } = first;
  // It was asked once, at the address that is recorded: nothing is to be paced, divided or set.
  const { partition: _parts, pace: _pace, onlyByAddress: _set, ...rest } = source;
  return [
    {
      at,
      source: isTodays(page.url, source, view) ? rest : askedAs(page.url, rest, view),
      pages: [...byUrl.values()].map((one) => one.page),
    },
  ];
}

/** The recorded question is the one that is asked today: what differs from a reading beside it is the upstream's doing. */
function isTodays(url: URL, { views, paging }: WebSource, view: View): boolean {
  const asked = Object.entries({ ...paging.query, ...view.query });
  const todays = new URLSearchParams(
    asked.flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each])),
  );
  const recorded = new URLSearchParams(url.search);
  todays.sort();
  recorded.sort();
  return views.length === 1 && todays.toString() === recorded.toString();
}

function askedAs(url: URL, source: WebSource, view: View): WebSource {
  const query: Record<string, string[]> = {};
  for (const name of url.searchParams.keys()) query[name] = url.searchParams.getAll(name);
  return { ...source, paging: { ...source.paging, query: {} }, views: [{ ...view, query }] };
}
