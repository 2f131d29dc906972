/** `modeldex offers`: a page of offers. */
import { OfferQuery } from "../../../catalog/query.ts";
import { offerList } from "../../http/answers/offers.ts";
import { applicationThen, orOfThen } from "../../http/answers/then.ts";
import { asked, FIELDS_NEED_JSON, isFiltered, printJson, settingFlags, type Flags } from "../ask.ts";
import { readList, type OfferDocument } from "../documents.ts";
import { facetTables } from "../facet-table.ts";
import { footer } from "../footer.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { offerTable } from "../offer-table.ts";

export async function offers(host: Host, flags: Flags): Promise<ExitCode> {
  const { question: asking, json } = asked(orOfThen(OfferQuery), flags);
  const { as_of, known_at, ...question } = asking;
  return withApplication(host.open.reading(settingFlags(flags)), async (today) => {
    const application = await applicationThen(today, { as_of, known_at }, host.clock.now());
    if (!json && question.fields !== undefined) throw new UsageError(FIELDS_NEED_JSON);
    const answer = offerList(application, question).bytes();
    if (json) {
      printJson(host, answer);
      return 0;
    }
    const list = readList<OfferDocument>(answer);
    if (list.data.length > 0) host.out.write(offerTable(host.out, list.data, host.clock.now()));
    const { cursor, offset } = question;
    host.out.write(footer(list, { noun: "offer", cursor, offset, filtered: isFiltered(question) }));
    host.out.write(facetTables(host.out, list));
    return 0;
  });
}
