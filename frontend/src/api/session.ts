import { ApiError, errorOf } from "./errors";
import type { components } from "./schema";

export type User = components["schemas"]["User"];

/** Logs in, logs out and registers through the site's server, which keeps the tokens to itself. */
async function call(path: string, method: "POST" | "DELETE", body?: unknown): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        "Content-Type": "application/json",
        "Accept-Language": document.documentElement.lang || "en",
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    throw new ApiError(0, [], cause);
  }
  if (!response.ok) throw errorOf(response, await response.json().catch(() => null));
  return response;
}

async function userOf(response: Response): Promise<User> {
  const { user }: { user: User } = await response.json();
  return user;
}

export async function logIn(credentials: components["schemas"]["LoginRequest"]): Promise<User> {
  return userOf(await call("/session", "POST", credentials));
}

export async function register(person: components["schemas"]["RegistrationRequest"]): Promise<User> {
  return userOf(await call("/session/register", "POST", person));
}

export async function logOut(): Promise<void> {
  await call("/session", "DELETE");
}
