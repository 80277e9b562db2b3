import type { components } from "./schema";

/** An error of the API's, or of the site's own server: both speak in one shape. */
export type ApiErrorBody = components["schemas"]["Error"];
export type ApiErrorItem = components["schemas"]["ErrorItem"];

/** What the API answered where it was no success. `status` 0: nobody answered at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly ApiErrorItem[],
    /** What stands beside the errors, as the alternatives to a slot that is gone. */
    readonly body: unknown = null,
    /** Seconds until it may be tried again, where the answer says so. */
    readonly retryAfter: number | null = null,
  ) {
    super(errors[0]?.detail ?? `status ${status}`);
  }

  get code(): string {
    return this.errors[0]?.code ?? "error";
  }

  get isUnreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503;
  }
}

/** Returns the errors by field; those that belong to none stand under the empty name. */
export function fieldErrors(error: ApiError): Record<string, string[]> {
  const byField: Record<string, string[]> = {};
  for (const { attr, detail } of error.errors) {
    const field = attr && attr !== "non_field_errors" ? attr : "";
    (byField[field] ??= []).push(detail);
  }
  return byField;
}

function isErrorBody(body: unknown): body is ApiErrorBody {
  return typeof body === "object" && body !== null && "errors" in body && Array.isArray(body.errors);
}

/** Returns the error that an answer stands for, whatever its body is. */
export function errorOf(response: Response, body: unknown): ApiError {
  const wait = Number(response.headers.get("retry-after"));
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null;
  return new ApiError(response.status, isErrorBody(body) ? body.errors : [], body, retryAfter);
}
