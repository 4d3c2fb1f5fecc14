import { type Access, mayAdminister } from "../../../lib/access";
import { userContracts } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { say } from "../../../lib/texts/said";
import { implement, type Mount } from "../implement";
import type { HttpParts } from "../parts";
import { type Fault, peopleFault } from "../problem";

export const userRoutes = ({ people }: HttpParts): Mount[] =>
  implement(userContracts, {
    list: async () => ok(await people.list()),

    async create({ body, audit }) {
      const result = await people.create(body);
      if (!result.ok) return err(peopleFault(result.error));
      const { id, username, role } = result.value;
      await audit("user.create", id, { username, role });
      return result;
    },

    async change({ params: { id }, body, access, audit }) {
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

    async remove({ params: { id }, access, audit }) {
      if (isSelf(access, id)) return err(ONESELF);
      const username = (await people.list()).find((user) => user.id === id)?.username ?? null;
      const result = await people.remove(id);
      if (!result.ok) return err(peopleFault(result.error));
      await audit("user.delete", id, { username });
      return ok(null);
    },
  });

const isSelf = (access: Access, id: string) => access.user !== "anonymous" && access.user.id === id;

const ONESELF: Fault = { status: 409, detail: say("problem.oneself") };
