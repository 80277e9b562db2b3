export interface Person {
  full_name: string;
  email: string;
  phone: string;
  password: string;
}

export type Wrong = "name" | "email" | "phone" | "password";

const SHORTEST_PASSWORD = 8;

export function personIn(form: FormData): Person {
  const text = (name: string) => String(form.get(name) ?? "");
  return {
    full_name: text("full_name").trim(),
    email: text("email").trim(),
    phone: text("phone").trim(),
    password: text("password"),
  };
}

/** Returns what is wrong, in the order of the form; the server looks at all of it again. */
export function wrongPerson(person: Person): { field: keyof Person; kind: Wrong }[] {
  const wrong: { field: keyof Person; kind: Wrong }[] = [];
  if (!person.full_name) wrong.push({ field: "full_name", kind: "name" });
  if (!/^\S+@\S+\.\S+$/.test(person.email)) wrong.push({ field: "email", kind: "email" });
  if (!person.phone) wrong.push({ field: "phone", kind: "phone" });
  if (person.password.length < SHORTEST_PASSWORD) wrong.push({ field: "password", kind: "password" });
  return wrong;
}
