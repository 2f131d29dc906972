import { worldsOf } from "./worlds.ts";

worldsOf(["single", "page-number", "offset"]);
