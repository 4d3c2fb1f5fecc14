/** @type {import("next").NextConfig} */
export default {
  // The production server is our own bundle beside this output; Next answers what that does not.
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
  devIndicators: false,
};
