# Sourced by the launchers beside it: finds Java and the jars, and becomes Java.
# shellcheck shell=sh
#
#   JAVA_HOME            the Java to use; else the one on the PATH
#   MILLRACE_JAVA_OPTS   JVM flags that win over the ones below
#   MILLRACE_CDS         'off': start without a class data archive, and make none

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Follows symbolic links to where a file really is.
real_path() {
  path=$1
  while [ -h "$path" ]; do
    target=$(readlink "$path")
    case $target in
      /*) path=$target ;;
      *) path=$(dirname "$path")/$target ;;
    esac
  done
  printf '%s/%s\n' "$(cd "$(dirname "$path")" && pwd -P)" "$(basename "$path")"
}

find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it."
  else
    java=$(command -v java) || fail "Java 17 or newer is needed: no java on the PATH, and JAVA_HOME is not set."
  fi
  java=$(real_path "$java")
  # The JDK's own description of itself; asking java for its version would start a JVM.
  release=$(dirname "$(dirname "$java")")/release
  if [ -r "$release" ]; then
    java_identity=$(cksum <"$release" | tr ' ' '-')
    java_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
  else
    java_identity=$("$java" -version 2>&1 | cksum | tr ' ' '-')
    java_major=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  fi
  [ "${java_major:-0}" -ge 17 ] || fail "Java 17 or newer is needed: $java is ${java_major:-unknown}."
}

# In the order of their names: the archive holds for this very list.
find_jars() {
  class_path=
  for jar in "$home"/lib/*.jar; do
    class_path=${class_path:+$class_path:}$jar
  done
}

# Short-lived garbage and two cores: the serial collector costs least.
flags_for_all() {
  set -- -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms128m
  # An archive that does not quite fit is used as far as it does; the JVM need not tell.
  set -- "$@" -Xlog:disable -Xlog:all=error:stderr
  [ "$java_major" -lt 24 ] || set -- "$@" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  printf '%s\n' "$@"
}

# Loading 12,000 classes takes longer than anything else at start: they are kept, parsed, in a file
# that holds for one Java and one build. Made by a short private start.
class_data() {
  archive=
  [ "${MILLRACE_CDS:-}" != off ] || return 0
  folder=$home/cache
  archive=$folder/classes-$java_identity-$(ls -l "$home/lib" | cksum | tr ' ' '-')
  [ "$java_major" -lt 25 ] || archive=$archive.aot
  [ "$java_major" -ge 25 ] || archive=$archive.jsa
  [ -f "$archive" ] || make_class_data || archive=
}

make_class_data() {
  mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ] || return 1
  printf 'Preparing class data for this Java, once, for faster starts ...\n' >&2
  # Those of earlier builds.
  rm -f "$folder/classes-$java_identity"-*
  new=$archive.$$
  write=-XX:ArchiveClassesAtExit=$new
  [ "$java_major" -lt 25 ] || write=-XX:AOTCacheOutput=$new
  # shellcheck disable=SC2046 # flags are words
  if "$java" $(flags_for_all) ${MILLRACE_JAVA_OPTS:-} "$write" -cp "$class_path" \
    "-Dmillrace.home=$home" io.millrace.standalone.Main warm-up >"$folder/warm-up.log" 2>&1 \
    && [ -s "$new" ]; then
    mv "$new" "$archive"
  else
    rm -f "$new"
    printf 'Class data could not be prepared (%s/warm-up.log); starting without.\n' "$folder" >&2
    return 1
  fi
}

# launch MAIN_CLASS ARGUMENT...: never returns.
launch() {
  find_java
  find_jars
  class_data
  main=$1
  shift
  read=
  if [ -n "$archive" ]; then
    read=-XX:SharedArchiveFile=$archive
    [ "$java_major" -lt 25 ] || read=-XX:AOTCache=$archive
  fi
  # shellcheck disable=SC2046,SC2086 # flags are words
  exec "$java" $(flags_for_all) ${read:+"$read"} ${MILLRACE_JAVA_OPTS:-} -cp "$class_path" \
    "-Dmillrace.home=$home" ${log_config:+"-Dlog4j2.configurationFile=$log_config"} "$main" "$@"
}
