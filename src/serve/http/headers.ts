/** The headers that do not depend on what is answered: what a browser may do with it, and which methods an address takes. */
import type { FastifyReply } from "fastify";
import type { Policy } from "./policy.ts";
import type { Route } from "./route.ts";

/** No answer is ever a page, a script or a frame, whatever text an upstream put into it. */
export function secure(reply: FastifyReply, { isKeySet }: { readonly isKeySet: boolean }): FastifyReply {
  return reply.headers({
    "content-security-policy":
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    // Whoever holds the key sees more, at the same address.
    vary: isKeySet ? "Accept, Accept-Encoding, Authorization" : "Accept, Accept-Encoding",
  });
}

/** Every web page may read what is public; nothing public is commanded by a page. */
export function share(reply: FastifyReply): FastifyReply {
  return reply.headers({
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*, Authorization",
    "access-control-expose-headers": "ETag, Retry-After, RateLimit, RateLimit-Policy",
    "cross-origin-resource-policy": "cross-origin",
  });
}

/** The methods that this path takes, by any route. */
export function allowedMethods(
  path: string,
  routes: readonly Route[],
): { readonly methods: readonly string[]; readonly policy: Policy | undefined } {
  const there = routes.filter((route) => pattern(route.path).test(path));
  const methods = there.flatMap((route) =>
    route.method === "GET" ? ["GET", "HEAD", "OPTIONS"] : [route.method],
  );
  return { methods: [...new Set(methods)], policy: there[0]?.policy };
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`);
}
