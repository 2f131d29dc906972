/** The page's state is its address: whoever copies it copies what he sees, and back goes back. */
import { useMemo } from "react";
import { useLocation, useSearch } from "wouter";

/** What an address says. */
export interface Said {
  get(name: string): string;
  /** The words of a parameter, by comma. */
  words(name: string): readonly string[];
}

export interface Address extends Said {
  /** `replace` while somebody types; a new entry of the history where he chose. */
  set(changes: { readonly [name: string]: string | undefined }, how?: "replace"): void;
}

export function useAddress(): Address {
  const search = useSearch();
  const [path, go] = useLocation();
  return useMemo(() => {
    return {
      ...addressOf(search),
      set: (changes, how) => {
        const next = new URLSearchParams(globalThis.location.search);
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined || value === "") next.delete(name);
          else next.set(name, value);
        }
        const text = next.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
        go(text === "" ? path : `${path}?${text}`, { replace: how === "replace" });
      },
    };
  }, [search, path, go]);
}

/** A query string, with its question mark or without. */
export function addressOf(search: string): Said {
  const parameters = new URLSearchParams(search);
  return {
    get: (name) => parameters.get(name) ?? "",
    words: (name) => wordsOf(parameters.get(name) ?? ""),
  };
}

function wordsOf(text: string): readonly string[] {
  return text.split(",").filter((word) => word !== "");
}
