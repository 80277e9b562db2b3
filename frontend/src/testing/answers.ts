import { http, HttpResponse } from "msw";

import type { components, paths } from "@/api/schema";

import { network } from "./network";

type Method = "get" | "post" | "patch" | "delete";
type User = components["schemas"]["User"];

/** A path of the API's description with numbers where it has braces. */
type Filled<Path extends string> = Path extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${number}${Filled<After>}`
  : Path;

type Contents<Answer> = Answer extends { content: { "application/json": infer Body } } ? Body : never;

type BodyOf<Operation> = Operation extends { responses: infer Responses }
  ? Contents<Responses[keyof Responses & (200 | 201 | 202)]>
  : never;

/** What the site's own server answers. */
interface SiteBodies {
  "/session": { user: User };
  "/session/register": { user: User };
}

type Address = Filled<keyof paths> | keyof SiteBodies;

/** What may be answered at an address: nothing but what the API's description says. */
type Answer<How extends Method, Where extends Address> = Where extends keyof SiteBodies
  ? SiteBodies[Where]
  : { [Path in keyof paths]: Where extends Filled<Path> ? BodyOf<paths[Path][How]> : never }[keyof paths];

/** What was asked of an address, in order: the bodies, and the requests themselves. */
export interface Asked {
  bodies: unknown[];
  requests: Request[];
}

/**
 * Answers an address, of the site for the browser and of the API for the site's server, with these bodies one
 * after the other, the last one for ever; a number is a bare status.
 */
export function answer<How extends Method, Where extends Address>(
  method: How,
  path: Where,
  ...answers: (Answer<How, Where> | number | Response | ((request: Request) => Response))[]
): Asked {
  const asked: Asked = { bodies: [], requests: [] };
  let next = 0;
  network.use(
    http[method](`*${path}`, async ({ request }) => {
      asked.requests.push(request.clone());
      const text = await request.text();
      asked.bodies.push(text.startsWith("{") ? JSON.parse(text) : text);
      const found = answers[Math.min(next, answers.length - 1)];
      next += 1;
      if (typeof found === "function") return found(request);
      if (found instanceof Response) return found.clone();
      return typeof found === "number" ? new HttpResponse(null, { status: found }) : Response.json(found);
    }),
  );
  return asked;
}

/** Answers with an error of the API's. */
export function refusal(
  status: number,
  body: components["schemas"]["Error"],
  headers: Record<string, string> = {},
): Response {
  return Response.json(body, { status, headers });
}

/** Nobody answers. */
export const nobody = () => Response.error();
