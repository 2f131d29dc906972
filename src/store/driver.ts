/** A Kysely driver around another one: every error leaves it translated, and a transaction begins as the store says. */
import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from "kysely";
import { translated } from "./unavailable.ts";

/** How transactions begin and end where the inner driver's way will not do. */
export interface TransactionWays {
  begin?(connection: DatabaseConnection, settings: TransactionSettings): Promise<void>;
  rollback?(connection: DatabaseConnection): Promise<void>;
}

export function storeDialect(inner: Dialect, ways: TransactionWays = {}): Dialect {
  return {
    createAdapter: () => inner.createAdapter(),
    createIntrospector: (db) => inner.createIntrospector(db),
    createQueryCompiler: () => inner.createQueryCompiler(),
    createDriver: () => new StoreDriver(inner.createDriver(), ways),
  };
}

class StoreDriver implements Driver {
  readonly #inner: Driver;
  readonly #ways: TransactionWays;

  constructor(inner: Driver, ways: TransactionWays) {
    this.#inner = inner;
    this.#ways = ways;
  }

  async init(): Promise<void> {
    await translated(() => this.#inner.init());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new StoreConnection(await translated(() => this.#inner.acquireConnection()));
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const inner = innerOf(connection);
    await translated(
      () => this.#ways.begin?.(inner, settings) ?? this.#inner.beginTransaction(inner, settings),
    );
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await translated(() => this.#inner.commitTransaction(innerOf(connection)));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const inner = innerOf(connection);
    await translated(() => this.#ways.rollback?.(inner) ?? this.#inner.rollbackTransaction(inner));
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#inner.releaseConnection(innerOf(connection));
  }

  async destroy(): Promise<void> {
    await this.#inner.destroy();
  }
}

class StoreConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;

  constructor(inner: DatabaseConnection) {
    this.inner = inner;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return translated(() => this.inner.executeQuery<Row>(query));
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.inner.streamQuery<Row>(query, chunkSize);
  }
}

/** The inner driver knows its own connections only. */
function innerOf(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof StoreConnection ? connection.inner : connection;
}
