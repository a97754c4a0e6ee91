# One image for every service; compose.yaml says which of them a container runs. Without settings it is the whole of
# Shomoy with a database of its own in /data.

# The Node of this image only runs npm. Everything else runs on the Node that package-lock.json pins.
FROM node:26-trixie-slim AS npm
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

FROM npm AS web
RUN npm ci
COPY vite.config.ts tsconfig.json ./
COPY scripts/build-web.ts scripts/
COPY src/contract src/contract
COPY src/scheduling src/scheduling
COPY web web
RUN npm run build

FROM npm AS server
RUN npm ci --omit=dev

FROM debian:trixie-slim
# What the pinned Node needs besides Debian's base.
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin shomoy \
  && install --directory --owner=shomoy --group=shomoy --mode=0750 /data
WORKDIR /app
COPY --from=server /app/node_modules node_modules
COPY --from=web /app/dist dist
COPY package.json ./
COPY migrations migrations
COPY scripts scripts
COPY src src
ENV PATH=/app/node_modules/.bin:/usr/local/bin:/usr/bin:/bin NODE_ENV=production HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
# Ready means that it can do its work; it answers 503 while its database is away.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ok})=>process.exit(ok?0:1),()=>process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "src/main.ts"]
