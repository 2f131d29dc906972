/** What lies behind the documents, read from the ledger: what reads it is loaded with the first question. */
import type { Reading } from "./reading.ts";
import type { Provenance } from "./serve/application.ts";

export function provenanceOf(opened: () => Promise<Reading>): Provenance {
  return {
    explain: async (...asked) => {
      const { explained } = await import("./publish/provenance.ts");
      return explained(await opened(), ...asked);
    },
    accuracy: async (...asked) => {
      const { accuracyOf } = await import("./publish/accuracy.ts");
      return accuracyOf(await opened(), ...asked);
    },
    differences: async (...asked) => {
      const { differencesOf } = await import("./publish/differences.ts");
      return differencesOf(...asked);
    },
    diagnose: async (...asked) => {
      const { diagnose } = await import("./publish/doctor/doctor.ts");
      return diagnose(await opened(), ...asked);
    },
    history: async (...asked) => {
      const { historyOf } = await import("./publish/history.ts");
      return historyOf(await opened(), ...asked);
    },
    offersAt: async (...asked) => {
      const { offersAt } = await import("./publish/provenance.ts");
      return offersAt(await opened(), ...asked);
    },
  };
}
