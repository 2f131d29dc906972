/** `modeldex models`: a page of models. */
import { ModelQuery } from "../../../catalog/query.ts";
import { oneModel } from "../../http/answers/model.ts";
import { modelList } from "../../http/answers/models.ts";
import { applicationThen, orOfThen } from "../../http/answers/then.ts";
import { asked, FIELDS_NEED_JSON, isFiltered, printJson, settingFlags, type Flags } from "../ask.ts";
import { readList, readModel, type ModelDocument } from "../documents.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { facetTables } from "../facet-table.ts";
import { footer } from "../footer.ts";
import { modelPrices } from "../price-text.ts";
import { table, type Column } from "../table.ts";
import { count } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "MODEL", shrinksTo: 24 },
  { title: "CONTEXT", align: "right" },
  { title: "INPUT $/M", align: "right" },
  { title: "OUTPUT $/M", align: "right" },
  { title: "OFFERS", align: "right" },
  { title: "GATEWAYS", shrinksTo: 10 },
];

export async function models(host: Host, flags: Flags): Promise<ExitCode> {
  const { question: asking, json } = asked(orOfThen(ModelQuery), flags);
  const { as_of, known_at, ...question } = asking;
  return withApplication(host.open.reading(settingFlags(flags)), async (today) => {
    const application = await applicationThen(
      today,
      { as_of, known_at, hub: question.hub },
      host.clock.now(),
    );
    if (!json && question.fields !== undefined) throw new UsageError(FIELDS_NEED_JSON);
    const answer = modelList(application, question).bytes();
    if (json) {
      printJson(host, answer);
      return 0;
    }
    const list = readList<ModelDocument>(answer);
    const rows = list.data.map((model) => [
      model.id,
      count(model.context_tokens),
      ...modelPrices(model, () => readModel(oneModel(application, model.id).bytes()).offers ?? []),
      count(model.offers_count),
      (model.gateways ?? []).join(", "),
    ]);
    if (rows.length > 0) host.out.write(table(host.out, COLUMNS, rows));
    const { cursor, offset } = question;
    host.out.write(footer(list, { noun: "model", cursor, offset, filtered: isFiltered(question) }));
    host.out.write(facetTables(host.out, list));
    return 0;
  });
}
