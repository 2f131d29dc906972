/** Everything that an upstream could make endless has an end here. */
export interface Limits {
  /** From the request to the last byte of the body. */
  readonly attemptMs: number;
  /** From the first request of a run to its last byte, waits included. */
  readonly runMs: number;
  /** Of a decompressed body. */
  readonly bodyBytesMax: number;
  /** A compressed body that grows by more than this factor is a bomb: real lists grow by five to thirty. */
  readonly expansionMax: number;
  readonly depthMax: number;
  /** Objects and arrays on one page. */
  readonly objectsMax: number;
  readonly pagesMax: number;
  readonly itemsMax: number;
  readonly redirectsMax: number;
  readonly retriesPerPageMax: number;
  /** Retries of a whole run, beside a tenth of its requests. */
  readonly retriesPerRunMax: number;
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
  /** A longer wait ends the run; the schedule comes back when the upstream allows. */
  readonly waitMaxMs: number;
  /** However long an upstream asks us to stay away, we look again after this. */
  readonly stayAwayMaxMs: number;
  /** More rejected items than this share, and the run is not believed. */
  readonly rejectedShareMax: number;
  /** An answer may be this much older than the one before: caches differ between two edges. */
  readonly olderAnswerMs: number;
}

export const LIMITS: Limits = {
  attemptMs: 60_000,
  runMs: 15 * 60_000,
  bodyBytesMax: 32 * 1024 * 1024,
  expansionMax: 200,
  depthMax: 64,
  objectsMax: 400_000,
  pagesMax: 5_000,
  itemsMax: 1_000_000,
  redirectsMax: 3,
  retriesPerPageMax: 3,
  retriesPerRunMax: 6,
  backoffMs: 500,
  backoffMaxMs: 20_000,
  waitMaxMs: 120_000,
  stayAwayMaxMs: 24 * 3_600_000,
  rejectedShareMax: 0.2,
  olderAnswerMs: 15 * 60_000,
};
