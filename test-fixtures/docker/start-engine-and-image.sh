#!/bin/sh
# Tries the Testcontainers branch of KafkaFixture on a machine without Docker and without a registry:
# starts an engine of its own, and makes an image that answers to apache/kafka's name.
#
#   start-engine-and-image.sh start FOLDER   prints what to export for the tests
#   start-engine-and-image.sh stop FOLDER    stops that engine
#
# Needs root and the packages docker.io and debootstrap; takes two minutes and 500 MB in FOLDER.
set -eu

image=apache/kafka:4.3.1
here=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
action=${1:-}
folder=${2:-}
[ -n "$folder" ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
DOCKER_HOST=unix://$folder/docker.sock
export DOCKER_HOST

start_engine() {
  # No changes to the machine's own network: no packet filter, no forwarding, loopback only.
  dockerd --host "$DOCKER_HOST" --data-root "$folder/data" --exec-root "$folder/exec" \
    --pidfile "$folder/dockerd.pid" --storage-driver overlay2 \
    --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false \
    --ip 127.0.0.1 --bip 172.31.251.1/24 >"$folder/dockerd.log" 2>&1 &
  tries=0
  until docker info >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || { tail -n 20 "$folder/dockerd.log" >&2; exit 1; }
    sleep 0.5
  done
}

make_image() {
  docker image inspect "$image" >/dev/null 2>&1 && return
  system=$folder/system
  rm -rf "$system"
  debootstrap --variant=minbase --include=openjdk-17-jre-headless bookworm "$system" \
    >"$folder/debootstrap.log" 2>&1
  mvn -B -q -f "$root/pom.xml" -pl embedded-kafka dependency:copy-dependencies \
    -DoutputDirectory="$system/opt/kafka/libs"
  mkdir -p "$system/etc/kafka/docker"
  cp "$here/run" "$here/log4j2.properties" "$system/etc/kafka/docker/"
  chmod 755 "$system/etc/kafka/docker/run"
  tar -C "$system" -cf - . | docker import - "$image" >/dev/null
  rm -rf "$system"
}

case $action in
  start)
    start_engine
    make_image
    cat <<EXPORTS
export DOCKER_HOST=$DOCKER_HOST
export TESTCONTAINERS_RYUK_DISABLED=true
export TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
EXPORTS
    ;;
  stop)
    kill "$(cat "$folder/dockerd.pid")"
    ;;
  *)
    echo "start or stop, not '$action'" >&2
    exit 2
    ;;
esac
