import { http, HttpResponse, type JsonBodyType } from "msw";

import { network } from "./network";

type Method = "get" | "post" | "patch" | "delete";

/** What was asked of an address, in order: the bodies, and the requests themselves. */
export interface Asked {
  bodies: unknown[];
  requests: Request[];
}

/** Answers an address with these bodies one after the other, the last one for ever; a number is a bare status. */
export function answer(
  method: Method,
  path: string,
  ...answers: (JsonBodyType | Response | ((request: Request) => Response))[]
): Asked {
  const asked: Asked = { bodies: [], requests: [] };
  let next = 0;
  network.use(
    http[method](`http://127.0.0.1:3000${path}`, async ({ request }) => {
      asked.requests.push(request.clone());
      const text = await request.text();
      asked.bodies.push(text.startsWith("{") ? JSON.parse(text) : text);
      const found = answers[Math.min(next, answers.length - 1)];
      next += 1;
      if (typeof found === "function") return found(request);
      if (found instanceof Response) return found.clone();
      return typeof found === "number" ? new HttpResponse(null, { status: found }) : HttpResponse.json(found);
    }),
  );
  return asked;
}

/** Answers with an error of the API's. */
export function refusal(status: number, body: JsonBodyType, headers: Record<string, string> = {}): Response {
  return HttpResponse.json(body, { status, headers });
}

/** Nobody answers. */
export const nobody = () => HttpResponse.error();
