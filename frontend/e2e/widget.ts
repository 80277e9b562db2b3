import type { Page } from "@playwright/test";

/** Where the build looks for the widget's script: the sandbox, as if the API listened on its usual port. */
export const widgetAddress = "http://127.0.0.1:8000/sandbox/khalti/widget.js";

/** Has the API under test answer for that port, so that no build hangs on the port of one run. */
export async function serveWidget(page: Page): Promise<void> {
  await page.route(`${new URL(widgetAddress).origin}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    // Fetched and handed on, since a request that is only led elsewhere has that place's origin to a policy.
    const response = await route.fetch({ url: `${process.env.API_URL}${pathname}${search}` });
    await route.fulfill({ response });
  });
}
