// A season by the generated types: `tsc` refuses it when the document and the code part, and running it sells a ticket.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

declare const process: { env: Record<string, string>; stdout: { write(text: string): void } };

const { BASE, TENANT, EVENT, TYPE, HEADERS } = process.env;
const headers = JSON.parse(HEADERS) as Record<string, string>;
const client = createClient<paths>({ baseUrl: BASE, headers });
const path = { tenant: TENANT, event: EVENT };

function must<T>(answer: { data?: T; error?: components["schemas"]["ProblemDetails"] }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const order = must(await client.POST("/api/v1/tenants/{tenant}/events/{event}/orders", {
  params: { path },
  body: { lines: [{ ticket_type_id: TYPE, quantity: 2 }], buyer: { name: "Ann Miller", email: "ann@example.org" } },
}));
const total: number = order.total?.amount ?? -1; // null for who may see no amounts

let seen = 0;
let cursor: string | undefined;
do {
  const page = must(await client.GET("/api/v1/tenants/{tenant}/events/{event}/tickets", {
    params: { path, query: { limit: 1, state: "valid", cursor } },
  }));
  seen += page.items.length;
  cursor = page.next ?? undefined;
} while (cursor !== undefined);

const refused = await client.GET("/api/v1/tenants/{tenant}/events/{event}/orders/{code}", {
  params: { path: { ...path, code: "NONE" } },
});

process.stdout.write(JSON.stringify({ state: order.state, total, seen, code: refused.error?.code }));
