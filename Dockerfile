FROM node:22-slim AS build
WORKDIR /app
# better-sqlite3 is compiled where no prebuilt binary can be had.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && rm -rf .next/cache .next/standalone && npm prune --omit=dev

FROM node:22-slim
WORKDIR /app
# MALLOC_ARENA_MAX and the flags of CMD keep the memory small: scripts/lib/serverProcess.mjs.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 TELLTALE_DATA=/data MALLOC_ARENA_MAX=2
COPY --from=build /app/package.json /app/next.config.mjs ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.next ./.next
COPY --from=build /app/public ./public
COPY --from=build /app/dist ./dist
COPY --from=build /app/scripts/serve.mjs /app/scripts/backup.mjs /app/scripts/restore.mjs /app/scripts/move.mjs ./scripts/
COPY --from=build /app/scripts/lib ./scripts/lib
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=2", "scripts/serve.mjs"]
