/** May this model be called at this provider of Hugging Face's, and with this token? */
import { useEffect } from "react";
import { Account } from "./account.tsx";
import { ModelCheck } from "./model-check.tsx";
import { TokenCheck } from "./token-check.tsx";

export function CheckPage() {
  useEffect(() => {
    document.title = "Check · modeldex";
  }, []);
  return (
    <div className="h-full overflow-y-auto">
      <article className="mx-auto flex max-w-3xl flex-col gap-8 p-4 sm:p-6">
        <h1 className="text-[20px] font-semibold">Check</h1>
        <Account />
        <ModelCheck />
        <TokenCheck />
      </article>
    </div>
  );
}
