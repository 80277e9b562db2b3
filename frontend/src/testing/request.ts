/** Stands in for `next/headers`: the request that a page is an answer to. A test may say what it brings. */
export const request = { headers: new Headers(), cookies: new Map<string, string>() };

export const headers = () => Promise.resolve(request.headers);

export const cookies = () =>
  Promise.resolve({
    get: (name: string) => {
      const value = request.cookies.get(name);
      return value === undefined ? undefined : { name, value };
    },
  });
