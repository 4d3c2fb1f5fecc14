/**
 * Import directions: app → components → lib ← server. Each rule says why.
 * Run by scripts/directions.mjs, which also makes sure that modules were read at all.
 * @type {import("dependency-cruiser").IConfiguration}
 */
const SERVER_PARTS = ["mqtt", "db", "sockets", "http", "people", "files", "configFile", "next", "demo", "cluster"];
const NOT_TESTS = { pathNot: "\\.(test|harness)\\.tsx?$" };

/** What the core may import: nothing that does IO, and nothing that imports what does. */
const WITHOUT_IO =
  "^lib/|^server/(core|pipeline)/|^server/(ports|stepQueue|turns)\\.ts$|^(node:)?crypto$|node_modules/zod/";

/**
 * The folders of components/ from the ground up. A folder imports itself and what is in a row above its own. Every other folder is an area,
 * which stands above them all.
 */
export const COMPONENTS = [
  {
    folders: ["ui", "live"],
    why: "ui/ has no data and live/ draws nothing: each is used, and tested, without the other and without any page.",
  },
  {
    folders: ["kit"],
    why: "kit/ is what several areas share; if it knew one of them, each of the others would load that one too.",
  },
  {
    folders: ["charts"],
    why: "A chart is drawn in tiles and on a point's page: it knows neither.",
  },
  {
    folders: ["tiles"],
    why: "A tile kind draws inside any frame, so it does not know the dashboard, the grid or the page around it.",
  },
  {
    folders: ["detail"],
    why: "All about one point is shown in a sheet over any page and on the point's own page: it knows neither.",
  },
  {
    folders: ["dashboard"],
    why: "A dashboard's page is what viewers load: the pages of admins, and what surrounds a page, stay out of it.",
  },
];
const BELOW_AREAS = COMPONENTS.flatMap(({ folders }) => folders);

const componentsInOrder = COMPONENTS.map(({ folders, why }, row) => {
  const below = COMPONENTS.slice(0, row).flatMap((one) => one.folders);
  return {
    name: `components-order-${folders[0]}`,
    comment: why,
    severity: "error",
    from: { path: `^components/(${folders.join("|")})/` },
    to: { path: "^components/[^/]+/", pathNot: `^components/(${["$1", ...below].join("|")})/` },
  };
});

export default {
  forbidden: [
    {
      name: "pages-not-from-server",
      comment:
        "app/ and components/ run in Next's module graph and in browsers: whatever both sides need stands in lib/, types included.",
      severity: "error",
      from: { path: "^(app|components)/" },
      to: { path: "^server/" },
    },
    {
      name: "server-not-from-pages",
      comment: "server/ is bundled without React and Next's pages: it must start, and be tested, without them.",
      severity: "error",
      from: { path: "^server/" },
      to: { path: "^(app|components)/" },
    },
    {
      name: "components-not-from-app",
      comment: "components/ are what pages are made of; a component that knows a page cannot stand in another.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^app/" },
    },
    ...componentsInOrder,
    {
      name: "components-areas-apart",
      comment:
        "Areas that only an address joins (explorer, found, admin, …) do not know each other: what two of them need is moved down, into kit/.",
      severity: "error",
      from: { path: `^components/(?!(?:${BELOW_AREAS.join("|")})/)([^/]+)/` },
      to: { path: "^components/[^/]+/", pathNot: `^components/(${["$1", ...BELOW_AREAS].join("|")})/` },
    },
    {
      name: "tile-kinds-apart",
      comment:
        "A tile kind is one folder that can be read, or removed, alone: what two kinds use is in shared/, controls/ or composite/ beside them.",
      severity: "error",
      from: { path: "^components/tiles/([^/]+)/", ...NOT_TESTS },
      to: { path: "^components/tiles/[^/]+/", pathNot: "^components/tiles/($1|shared|controls|composite)/" },
    },
    {
      name: "components-order-files",
      comment: "The files at the root of components/ are what every folder may use, so they use none.",
      severity: "error",
      from: { path: "^components/[^/]+$", ...NOT_TESTS },
      to: { path: "^components/[^/]+/" },
    },
    {
      name: "lib-stands-alone",
      comment: "lib/ is shared by the browser and the server: it knows neither.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components|server|e2e|bench|scripts)/" },
    },
    {
      name: "lib-without-node",
      comment: "lib/ runs in browsers too, where there are no Node built-ins; time and IO come in as values.",
      severity: "error",
      from: { path: "^lib/", ...NOT_TESTS },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "lib-few-packages",
      comment:
        "lib/ is loaded by every page: only the schema and the JSONPath library are worth their bytes there; CEL and the .proto parser are reached from lib/compile alone, which no dashboard loads.",
      severity: "error",
      from: { path: "^lib/", ...NOT_TESTS },
      to: {
        dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown"],
        pathNot: "node_modules/(zod|jsonpath-rfc9535|@marcbachmann/cel-js|protobufjs)/",
      },
    },
    {
      name: "texts-not-in-pages",
      comment:
        "A page gets the texts that it needs with its HTML (PageTexts): the whole catalogue would be JavaScript of every page.",
      severity: "error",
      from: { path: "^(components/|app/error\\.tsx$|lib/(?!texts/))", ...NOT_TESTS },
      to: { path: "^lib/texts/(all\\.ts|compiled/.*\\.json)$" },
    },
    {
      name: "server-parts-apart",
      comment:
        "The parts of server/ that do IO know each other by server/ports.ts alone, so that each can be replaced by itself.",
      severity: "error",
      from: { path: `^server/(${SERVER_PARTS.join("|")})/`, ...NOT_TESTS },
      to: { path: `^server/(${SERVER_PARTS.join("|")})/`, pathNot: "^server/$1/" },
    },
    {
      name: "server-parts-not-from-whole",
      comment: "app.ts joins the parts; a part that imports what joins it, or the core, cannot be tested by itself.",
      severity: "error",
      from: { path: `^server/(${SERVER_PARTS.join("|")}|pipeline)/`, ...NOT_TESTS },
      to: { path: "^server/((app|index|config|configSources)\\.ts$|core/)" },
    },
    {
      name: "pipeline-pure",
      comment:
        "The pipeline is pure: it takes readings and the time as values, and imports lib/ and the types of server/ports.ts.",
      severity: "error",
      from: { path: "^server/pipeline/", ...NOT_TESTS },
      to: { pathNot: "^(lib/|server/pipeline/|server/ports\\.ts$)" },
    },
    {
      name: "core-without-io",
      comment:
        "server/core and server/pipeline know what happens, not by which broker, file, process, socket or database: those come in through server/ports.ts, so that what happens is tested with values.",
      severity: "error",
      from: { path: "^server/(core|pipeline)/", ...NOT_TESTS },
      to: { pathNot: WITHOUT_IO },
    },
    {
      name: "no-tests-in-the-product",
      comment: "Fakes and private brokers stay out of what people run.",
      severity: "error",
      from: {
        path: "^(app|components|lib|server)/",
        pathNot: "\\.(test|harness)\\.tsx?$|^server/(testing|faults)/|[cC]ontract",
      },
      to: { path: "\\.(test|harness)\\.tsx?$|^server/(testing|faults)/" },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere breaks at the first start.",
      severity: "error",
      from: { pathNot: "^e2e/" },
      to: { couldNotResolve: true, pathNot: "\\.css$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|dist|node_modules/\\.cache)/" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
