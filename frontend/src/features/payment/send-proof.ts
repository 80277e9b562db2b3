import { ApiError, errorOf } from "@/api/errors";
import type { components } from "@/api/schema";

export type Proof = components["schemas"]["Proof"];

/**
 * Sends a transfer's reference and slip, telling how far it is; returns what the API made of them. Throws an
 * ApiError.
 */
export async function sendProof(
  paymentId: number,
  reference: string,
  slip: File | null,
  onProgress: (percent: number) => void,
): Promise<Proof> {
  const body = new FormData();
  body.set("reference", reference);
  if (slip) body.set("slip", slip);
  onProgress(0);
  const request = await posted(`/api/payments/${paymentId}/proof/`, body, onProgress);
  if (request.status !== 201) throw refusalOf(request);
  const proof: Proof = JSON.parse(request.responseText);
  return proof;
}

/** `fetch` can't tell how much of an upload is done, and a slip takes minutes on a bad line. */
function posted(
  path: string,
  body: FormData,
  onProgress: (percent: number) => void,
): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.upload.onprogress = ({ loaded, total }) =>
      onProgress(total > 0 ? Math.round((loaded / total) * 100) : 0);
    request.onerror = () => reject(new ApiError(0, []));
    request.onload = () => resolve(request);
    request.send(body);
  });
}

function refusalOf(request: XMLHttpRequest): ApiError {
  const retryAfter = request.getResponseHeader("retry-after");
  const response = new Response(null, {
    status: request.status,
    headers: retryAfter === null ? {} : { "Retry-After": retryAfter },
  });
  try {
    const body: unknown = JSON.parse(request.responseText);
    return errorOf(response, body);
  } catch {
    return errorOf(response, null);
  }
}
