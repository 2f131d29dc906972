import { worldsOf } from "./worlds.ts";

worldsOf(["link", "cursor", "page-token", "next-url"]);
