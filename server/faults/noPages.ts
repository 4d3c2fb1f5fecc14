/** Stands in for Next in the bundle that the fault suite runs: the server is whole, every page is a 404. */
export default () => ({
  prepare: async () => undefined,
  getRequestHandler: () => async (_req: unknown, res: { writeHead(status: number): { end(): void } }) => {
    res.writeHead(404).end();
  },
  close: async () => undefined,
});
