import { expectAccessible, large, phone, settled, test } from "./site";
import { tours } from "./tour";

const SIZES = [large, phone];

for (const locale of ["en", "ne"] as const) {
  for (const [name, take] of Object.entries(tours)) {
    test(`axe finds nothing in ${locale} on the pages of ${name}, large and small, light and dark`, async ({
      page,
    }) => {
      // Each page is looked at four times over.
      test.slow();
      await take(page, locale, async (stop) => {
        await settled(page);
        for (const viewport of SIZES) {
          await page.setViewportSize(viewport);
          await test.step(`${stop} at ${viewport.width}`, () => expectAccessible(page));
        }
      });
    });
  }
}
