/** The store cannot be used now, for a reason that lies outside the program: nothing of the transaction was written. */

/** Why, with what to do about it. */
const REASONS = {
  locked: "another process holds the database's lock; try again when it is done",
  full: "the disk, or the database's size limit, is full; make room and try again",
  "read-only": "the database can be read and not written; check the permissions of the file and its folder",
  "not-a-database": "the file is not an SQLite database; check the path",
  corrupt: "the database is damaged; run the check, and restore a backup",
  "cannot-open": "the database cannot be opened; check that the path exists and may be read",
  "disk-error": "reading or writing the disk failed",
  unreachable: "the database server cannot be reached, or it ended the connection",
  refused: "the database server refused the connection; check user, password and database",
} as const;
export type UnavailableCode = keyof typeof REASONS;

export class StoreUnavailable extends Error {
  readonly code: UnavailableCode;

  constructor(code: UnavailableCode, cause: unknown) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    super(`the store is unavailable (${code}): ${REASONS[code]} [${detail}]`, { cause });
    this.name = "StoreUnavailable";
    this.code = code;
  }
}

/** Codes of SQLite (longest prefix first), of PostgreSQL (SQLSTATE, by prefix) and of sockets. */
const SQLITE: readonly (readonly [prefix: string, code: UnavailableCode])[] = [
  ["SQLITE_BUSY", "locked"],
  ["SQLITE_LOCKED", "locked"],
  ["SQLITE_FULL", "full"],
  ["SQLITE_READONLY", "read-only"],
  ["SQLITE_NOTADB", "not-a-database"],
  ["SQLITE_CORRUPT", "corrupt"],
  ["SQLITE_CANTOPEN", "cannot-open"],
  ["SQLITE_PERM", "cannot-open"],
  ["SQLITE_AUTH", "cannot-open"],
  ["SQLITE_IOERR", "disk-error"],
];
const POSTGRES: readonly (readonly [prefix: string, code: UnavailableCode])[] = [
  ["08", "unreachable"],
  ["25P03", "unreachable"],
  ["25006", "read-only"],
  ["28", "refused"],
  ["3D000", "refused"],
  ["40001", "locked"],
  ["40P01", "locked"],
  ["53100", "full"],
  ["53", "unreachable"],
  ["55P03", "locked"],
  ["57P", "unreachable"],
  ["58", "disk-error"],
  ["XX001", "corrupt"],
  ["XX002", "corrupt"],
];
const SOCKET = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** What the `pg` library says without a code when its connection is gone. */
const CONNECTION_GONE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** The error as the rest of the program should see it: `StoreUnavailable` where the world is to blame, else itself. */
export function storeError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreUnavailable) return error;
  const code = unavailableCode("code" in error ? String(error.code) : "", error.message);
  return code === undefined ? error : new StoreUnavailable(code, error);
}

/** Runs `work` and lets errors out as the rest of the program should see them. */
export async function translated<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw storeError(error);
  }
}

function unavailableCode(code: string, message: string): UnavailableCode | undefined {
  if (code.startsWith("SQLITE_")) return SQLITE.find(([prefix]) => code.startsWith(prefix))?.[1];
  if (SOCKET.has(code) || CONNECTION_GONE.test(message)) return "unreachable";
  return /^[0-9A-Z]{5}$/.test(code) ? POSTGRES.find(([prefix]) => code.startsWith(prefix))?.[1] : undefined;
}
