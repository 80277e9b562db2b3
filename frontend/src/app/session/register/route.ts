import type { NextRequest, NextResponse } from "next/server";

import { logIn } from "@/session/log-in";

/** Makes an account and logs it in. */
export async function POST(request: NextRequest): Promise<NextResponse> {
  return logIn(request, "/api/auth/register/");
}
