/** Opens the store that an address names: a file path, `sqlite:<path>`, `:memory:`, or a `postgres://` URL. */
import { openPostgres } from "./postgres.ts";
import { MEMORY, openSqlite } from "./sqlite.ts";
import type { Store, StoreOptions } from "./store.ts";

/** A scheme has at least two letters: `C:\…` is a path. */
const SCHEME = /^([a-z][a-z0-9+.-]+):/i;

/** Throws `StoreUnavailable` where the database cannot be opened, and an ordinary error where it must not be. */
export async function openStore<Tables>(url: string, options: StoreOptions = {}): Promise<Store<Tables>> {
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  switch (scheme) {
    case "postgres":
    case "postgresql":
      return openPostgres<Tables>(url, options);
    case undefined:
      return openSqlite<Tables>(url, options);
    case "sqlite":
      return openSqlite<Tables>(url.slice("sqlite:".length) || MEMORY, options);
    default:
      throw new Error(`no store speaks "${scheme}:": give a file path, sqlite:<path> or postgres://…`);
  }
}
