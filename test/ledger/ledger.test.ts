/** The ledger's contract, held in every place where a ledger can live. */
import { afterAll, afterEach, beforeEach, describe } from "vitest";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedgerStore } from "../../src/ledger/open.ts";
import type { LedgerStore } from "../../src/ledger/schema.ts";
import { commitContract } from "./commit.contract.ts";
import { findingsContract } from "./findings.contract.ts";
import { historyContract } from "./history.contract.ts";
import { recallContract } from "./recall.contract.ts";
import { timelineContract } from "./timeline.contract.ts";
import { holdsContract } from "./holds.contract.ts";
import { hubContract } from "./hub.contract.ts";
import { idsContract } from "./ids.contract.ts";
import { leasesContract } from "./leases.contract.ts";
import { listingsContract } from "./listings.contract.ts";
import { modelIdsContract } from "./model-ids.contract.ts";
import { NOW, places, type Room } from "./places.ts";
import { rawBodiesContract } from "./raw-bodies.contract.ts";
import { revisionsContract } from "./revisions.contract.ts";
import { untoldContract } from "./untold.contract.ts";
import { watchesContract } from "./watches.contract.ts";

/** What each part of the contract is given: an empty ledger for each test. */
export interface Subject {
  readonly ledger: Ledger;
  readonly store: LedgerStore;
  readonly room: Room;
}

for (const place of places()) {
  describe(`the ledger in ${place.name}`, () => {
    let subject: Subject | undefined;

    beforeEach(async () => {
      const room = await place.make();
      const store = await room.openStore();
      subject = { room, store, ledger: await openLedgerStore(store, () => NOW) };
    });

    afterEach(async () => {
      await subject?.ledger.close();
      await subject?.room.clear();
      subject = undefined;
    });

    afterAll(() => place.leave());

    const current = (): Subject => {
      if (subject === undefined) throw new Error("no test is running");
      return subject;
    };
    listingsContract(current);
    historyContract(current);
    recallContract(current);
    timelineContract(current);
    commitContract(current);
    leasesContract(current);
    holdsContract(current);
    findingsContract(current);
    hubContract(current);
    idsContract(current);
    modelIdsContract(current);
    revisionsContract(current);
    untoldContract(current);
    rawBodiesContract(current);
    watchesContract(current);
  });
}
