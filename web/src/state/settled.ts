/** A value once it has stood still for so many milliseconds; the first one at once. */
import { useEffect, useState } from "react";

export function useSettled<Value>(latest: Value, ms: number): Value {
  const [settled, setSettled] = useState(latest);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(latest), ms);
    return () => clearTimeout(timer);
  }, [latest, ms]);
  return settled;
}
