import "server-only";

const FRESH_MILLISECONDS = 30_000;
const STALE_MILLISECONDS = 300_000;
const MOST_ANSWERS = 500;

interface Kept {
  at: number;
  status: number;
  body: string;
}

const answers = new Map<string, Kept>();
const asked = new Map<string, Promise<Kept>>();

/**
 * Returns a public answer: the one kept for 30 seconds, or a new one, asked for once however many wait.
 *
 * While the API is away, an answer of the last five minutes serves on. Only what was found, or isn't there, is
 * kept.
 */
export async function remembered(key: string, ask: () => Promise<Response>): Promise<Response> {
  const kept = answers.get(key);
  const age = kept ? Date.now() - kept.at : Infinity;
  if (kept && age < FRESH_MILLISECONDS) return asResponse(kept);
  try {
    const answer = await askedOnce(key, ask);
    if (answer.status >= 500 && kept && age < STALE_MILLISECONDS) return asResponse(kept);
    return asResponse(answer);
  } catch (error) {
    if (kept && age < STALE_MILLISECONDS) return asResponse(kept);
    throw error;
  }
}

function askedOnce(key: string, ask: () => Promise<Response>): Promise<Kept> {
  const underWay = asked.get(key);
  if (underWay) return underWay;
  const asking = read(ask)
    .then((answer) => {
      if (answer.status === 200 || answer.status === 404) keep(key, answer);
      return answer;
    })
    .finally(() => asked.delete(key));
  asked.set(key, asking);
  return asking;
}

async function read(ask: () => Promise<Response>): Promise<Kept> {
  const response = await ask();
  return { at: Date.now(), status: response.status, body: await response.text() };
}

function keep(key: string, answer: Kept): void {
  answers.delete(key);
  answers.set(key, answer);
  const oldest = answers.keys().next().value;
  if (answers.size > MOST_ANSWERS && oldest !== undefined) answers.delete(oldest);
}

function asResponse({ status, body }: Kept): Response {
  return new Response(body, { status, headers: { "Content-Type": "application/json" } });
}
