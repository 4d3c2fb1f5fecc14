import { backupContracts } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { say } from "../../../lib/texts/said";
import { implement, type Mount } from "../implement";
import type { HttpParts } from "../parts";
import { notFound } from "../problem";

export const backupRoutes = ({ backups }: HttpParts): Mount[] =>
  implement(backupContracts, {
    list: async () => ok(await backups.list()),

    async make({ audit }) {
      const made = await backups.make();
      if (!made.ok) return err({ status: made.error.status, detail: made.error.message });
      await audit("backup.create", made.value.name, { bytes: made.value.bytes });
      return made;
    },

    async download({ params: { name }, audit }) {
      const stream = await backups.read(name);
      if (!stream) return err(notFound(say("problem.backup", { name })));
      await audit("backup.download", name);
      return ok(
        new Response(stream, {
          headers: {
            "Content-Type": "application/x-tar",
            "Content-Disposition": `attachment; filename="${name}.tar"`,
            "Cache-Control": "no-store",
          },
        }),
      );
    },

    async remove({ params: { name }, audit }) {
      if (!(await backups.remove(name))) return err(notFound(say("problem.backup", { name })));
      await audit("backup.delete", name);
      return ok(null);
    },
  });
