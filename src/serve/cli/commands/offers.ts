/** `modeldex offers`: a page of offers. */
import { OfferQuery } from "../../../catalog/query.ts";
import { offerList } from "../../http/answers/offers.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { readList, type OfferDocument } from "../documents.ts";
import { footer } from "../footer.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { offerTable } from "../offer-table.ts";

export async function offers(host: Host, flags: Flags): Promise<ExitCode> {
  const { question, json } = asked(OfferQuery, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const answer = offerList(application, question).bytes();
    if (json) {
      printJson(host, answer);
      return 0;
    }
    const list = readList<OfferDocument>(answer);
    if (list.data.length > 0) host.out.write(offerTable(host.out, list.data, host.clock.now()));
    host.out.write(footer(list, { noun: "offer", offset: question.offset, filtered: isFiltered(question) }));
    return 0;
  });
}

function isFiltered({ gateway, provider, model, q }: OfferQuery): boolean {
  return gateway !== undefined || provider !== undefined || model !== undefined || q !== undefined;
}
