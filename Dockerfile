# docker build -t bizalign-lint . && docker run --rm -v "$PWD:/model:ro" bizalign-lint
FROM python:3.12-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY bizalign_lint bizalign_lint
COPY schemas schemas
COPY rules rules
COPY mappings mappings
COPY examples/starter examples/starter
COPY ci/constraints.txt ci/constraints.txt
RUN python -m venv /opt/bizalign-lint \
 && /opt/bizalign-lint/bin/pip install --no-cache-dir --quiet --constraint ci/constraints.txt .

FROM python:3.12-slim-bookworm
# git tells which files belong to the model, and reads revisions. The repository that is mounted on /model belongs to
# somebody else than the user in here, which git refuses unless told that it is meant. It is told so of no other folder.
# Not pinned: Debian's archive has only the newest version of a package.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && git config --system --add safe.directory /model \
 && useradd --create-home --uid 1000 linter
COPY --from=build /opt/bizalign-lint /opt/bizalign-lint
ENV PATH=/opt/bizalign-lint/bin:$PATH
USER 1000
WORKDIR /model
ENTRYPOINT ["bizalign-lint"]
CMD ["check"]
