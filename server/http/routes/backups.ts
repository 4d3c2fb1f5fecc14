import { BackupOut, BackupsOut } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { endpoint, type Mount } from "../endpoint";
import type { HttpParts } from "../parts";
import { notFound } from "../problem";

/** Copies of everything, for admins: they hold every password's hash. */
export function backupRoutes({ backups }: HttpParts): Mount[] {
  return [
    endpoint({
      method: "get",
      path: "/backups",
      level: "admin",
      summary: "The backups in the data folder, newest first",
      answer: BackupsOut,
      run: async () => ok(await backups.list()),
    }),
    endpoint({
      method: "post",
      path: "/backups",
      level: "admin",
      summary: "Makes a backup while Telltale runs; answers when it is made and checked",
      answer: BackupOut,
      status: 201,
      async run({ audit }) {
        const made = await backups.make();
        if (!made.ok) return err({ status: made.error.busy ? 409 : 503, detail: made.error.message });
        await audit("backup.create", made.value.name, { bytes: made.value.bytes });
        return made;
      },
    }),
    endpoint({
      method: "get",
      path: "/backups/{name}",
      level: "admin",
      summary: "One backup as a tar; unpacked, it is what `npm run restore` takes",
      produces: ["application/x-tar"],
      async run({ params: { name = "" }, audit }) {
        const stream = await backups.read(name);
        if (!stream) return err(notFound(`backup “${name}”`));
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
    }),
    endpoint({
      method: "delete",
      path: "/backups/{name}",
      level: "admin",
      summary: "Deletes a backup",
      async run({ params: { name = "" }, audit }) {
        if (!(await backups.remove(name))) return err(notFound(`backup “${name}”`));
        await audit("backup.delete", name);
        return ok(null);
      },
    }),
  ];
}
