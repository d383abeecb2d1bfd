# One image: the program, the page it serves and nothing to build them with. See docs/operations.md.

FROM node:24.18.0-bookworm-slim AS build
WORKDIR /build
# A mirror of the npm registry for builds that cannot reach it: --build-arg NPM_CONFIG_REGISTRY=https://…
# The lock file names digests and no addresses, so a mirror can hand over nothing else.
ARG NPM_CONFIG_REGISTRY
COPY package.json package-lock.json .npmrc ./
# No package runs code of its own while it is installed: one poisoned release is enough (reliability, T20).
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY . .
RUN npm run build
# Installed anew rather than pruned, so that what runs is what the lock file says and no build tool stays behind.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts

FROM node:24.18.0-bookworm-slim
LABEL org.opencontainers.image.title="doudi" \
      org.opencontainers.image.description="Monthly monitoring and early warning for a province's low-income population (兜底)" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
# Owned by root: the account that runs the program cannot change it.
COPY --from=build /build/package.json /build/LICENSE ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
# A new named volume takes its owner and mode from this folder. 1000 is the base image's own account, `node`.
RUN install -d -o 1000 -g 1000 -m 0700 /data
VOLUME /data
# DuckDB's queries block threads of libuv's pool, whose size is read before the program's first line (cli/process.env).
ENV NODE_ENV=production \
    UV_THREADPOOL_SIZE=16 \
    DOUDI_HOME=/data
USER 1000:1000
EXPOSE 8080
# A long start period: the first start after a loss makes the ledger again from lake and journal.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${(process.env.DOUDI_LISTEN ?? ':8080').split(':').pop()}/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# The shell sets what Docker cannot: DuckDB creates its files readable by all, and the umask is what keeps them private.
ENTRYPOINT ["sh", "-c", "umask 0077 && exec node dist/cli/main.js \"$@\"", "doudi"]
CMD ["serve"]
