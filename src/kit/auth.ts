/** How a source proves who asks: which header, from which settings. The credential itself never enters a source file. */
export interface Auth {
  readonly header: string;
  /** Before the credential: `Bearer `. */
  readonly prefix: string;
  /** The environment's names for it, the first set one wins; empty where no credential exists. */
  readonly names: readonly string[];
  /** True where the list can also be read without it. */
  readonly optional: boolean;
}

/** The list is public and takes no credential. */
export const noAuth: Auth = { header: "", prefix: "", names: [], optional: true };

/** `Authorization: Bearer …` */
export function bearer(name: string, ...aliases: readonly string[]): Auth {
  return { header: "authorization", prefix: "Bearer ", names: [name, ...aliases], optional: false };
}

/** The credential alone in a header of the upstream's own. */
export function header(headerName: string, name: string, ...aliases: readonly string[]): Auth {
  return { header: headerName.toLowerCase(), prefix: "", names: [name, ...aliases], optional: false };
}

/** The same, but the list can be read without it. */
export function optional(auth: Auth): Auth {
  return { ...auth, optional: true };
}
