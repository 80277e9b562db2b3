const TYPES = ["image/jpeg", "image/png", "image/webp", "application/pdf"];
const LARGEST = 5 * 1024 * 1024;

/** Returns why a file can't be a slip, or null; the server looks at it again. */
export function wrongSlip(file: { type: string; size: number }): "slipType" | "slipSize" | null {
  if (!TYPES.includes(file.type)) return "slipType";
  return file.size > LARGEST ? "slipSize" : null;
}
