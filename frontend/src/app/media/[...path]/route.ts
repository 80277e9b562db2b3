import { type NextRequest, NextResponse } from "next/server";

import { callApi } from "@/server/call-api";
import { visitorOf } from "@/server/visitor";

/** Shows the API's pictures under the site's own address, the only one that pages may load from. */
export async function GET(request: NextRequest): Promise<NextResponse> {
  try {
    const response = await callApi(request.nextUrl.pathname, { visitor: visitorOf(request.headers) });
    const type = response.headers.get("content-type") ?? "";
    if (!response.ok || !type.startsWith("image/")) return new NextResponse(null, { status: 404 });
    const headers = {
      "Content-Type": type,
      "Cache-Control": "public, max-age=86400",
      "X-Content-Type-Options": "nosniff",
    };
    return new NextResponse(response.body, { headers });
  } catch {
    return new NextResponse(null, { status: 503, headers: { "Retry-After": "5" } });
  }
}
