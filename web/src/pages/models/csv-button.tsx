/** Saves what is shown. */
import { useState } from "react";
import { countText } from "../../parts/figures.ts";
import type { Column } from "./columns.tsx";
import { CSV_ROWS_MAX, downloadCsv } from "./csv.ts";
import type { Question } from "./question.ts";

export function CsvButton(props: {
  readonly question: Question;
  readonly columns: readonly Column[];
  readonly total: number;
}) {
  const [standing, setStanding] = useState<"ready" | "saving" | "failed">("ready");
  const save = async () => {
    setStanding("saving");
    try {
      await downloadCsv(props.question, props.columns);
      setStanding("ready");
    } catch {
      setStanding("failed");
    }
  };
  const isCut = props.total > CSV_ROWS_MAX;
  return (
    <button
      type="button"
      className="button"
      disabled={standing === "saving" || props.total === 0}
      title={isCut ? `The first ${countText(CSV_ROWS_MAX)} rows` : "Every row that fits, as it is sorted"}
      onClick={() => void save()}
    >
      {standing === "saving"
        ? "Saving …"
        : standing === "failed"
          ? "CSV failed: again"
          : isCut
            ? `CSV (first ${countText(CSV_ROWS_MAX)})`
            : "CSV"}
    </button>
  );
}
