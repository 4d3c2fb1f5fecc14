import { z } from "zod";
import { type Access, mayAdminister } from "../../../lib/access";
import { UserIn, UserOut, UserPatch } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { endpoint, type Mount } from "../endpoint";
import type { HttpParts } from "../parts";
import { type Fault, peopleFault } from "../problem";

const Out = UserOut.meta({ id: "User" });

export function userRoutes({ people }: HttpParts): Mount[] {
  return [
    endpoint({
      method: "get",
      path: "/users",
      level: "admin",
      summary: "All people with an account",
      answer: z.array(Out),
      run: async () => ok(await people.list()),
    }),
    endpoint({
      method: "post",
      path: "/users",
      level: "admin",
      summary: "Give a person an account",
      body: UserIn,
      answer: Out,
      status: 201,
      async run({ body, audit }) {
        const result = await people.create(body);
        if (!result.ok) return err(peopleFault(result.error));
        const { id, username, role } = result.value;
        await audit("user.create", id, { username, role });
        return result;
      },
    }),
    endpoint({
      method: "patch",
      path: "/users/{id}",
      level: "admin",
      summary:
        "Change a person's name, role or password. A new role applies immediately, a new password ends their sessions",
      body: UserPatch,
      answer: Out,
      async run({ params, body, access, audit }) {
        const id = params.id ?? "";
        if (isSelf(access, id) && body.role !== undefined && !mayAdminister({ ...access, role: body.role }))
          return err(ONESELF);
        const result = await people.update(id, body);
        if (!result.ok) return err(peopleFault(result.error));
        const { password, ...open } = body;
        await audit("user.change", id, {
          username: result.value.username,
          ...open,
          ...(password !== undefined && { passwordChanged: true }),
        });
        return result;
      },
    }),
    endpoint({
      method: "delete",
      path: "/users/{id}",
      level: "admin",
      summary: "Remove a person's account; their sessions end",
      async run({ params, access, audit }) {
        const id = params.id ?? "";
        if (isSelf(access, id)) return err(ONESELF);
        const username = (await people.list()).find((user) => user.id === id)?.username ?? null;
        const result = await people.remove(id);
        if (!result.ok) return err(peopleFault(result.error));
        await audit("user.delete", id, { username });
        return ok(null);
      },
    }),
  ];
}

const isSelf = (access: Access, id: string) => access.user !== "anonymous" && access.user.id === id;

const ONESELF: Fault = {
  status: 409,
  detail: "You cannot take your own rights away. Ask another admin to do it.",
};
