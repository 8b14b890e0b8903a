# Build: docker build -t networkgraph .
# Run:   docker run -p 127.0.0.1:5080:5080 -p 127.0.0.1:5081:5081 -v networkgraph:/data networkgraph
# A silo of a cluster (docs/cluster.md) is the same image with the arguments: serve --cluster
FROM node:22-slim AS dashboard
WORKDIR /source/src/dashboard
COPY src/dashboard/package.json src/dashboard/package-lock.json src/dashboard/.npmrc ./
RUN npm ci
COPY docs /source/docs
COPY src/dashboard ./
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src ./src
COPY docs ./docs
# The build has no npm here, and takes the dashboard that is built already.
COPY --from=dashboard /source/artifacts/dashboard ./artifacts/dashboard
RUN dotnet restore src/NetworkGraph.Server/NetworkGraph.Server.csproj --locked-mode
RUN dotnet publish src/NetworkGraph.Server/NetworkGraph.Server.csproj -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN mkdir /data && chown $APP_UID /data
COPY --from=build /app /app
USER $APP_UID
VOLUME /data
EXPOSE 5080 5081 11111
# Inside a container the server must listen on all its addresses; what may reach it is decided where the ports are published.
ENV NETWORKGRAPH__DATA=/data \
    NETWORKGRAPH__URLS=http://0.0.0.0:5080 \
    NETWORKGRAPH__GRPCURLS=http://0.0.0.0:5081 \
    NETWORKGRAPH__ALLOWREMOTEWITHOUTKEYS=true
# The image has no HTTP client, but bash speaks TCP.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5080 && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "/app/NetworkGraph.Server.dll"]
