package io.millrace.server.events.outbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.opentest4j.TestAbortedException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of the test's own, from the machine's package, in a temporary folder on a free port
 * of loopback. Root, whom PostgreSQL refuses, runs it as the user {@code postgres}.
 */
final class PostgresCluster implements AutoCloseable {

  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

  private final Path binaries;
  private final String folder;
  private final int port;

  private PostgresCluster(Path binaries, String folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
  }

  /** Starts one; skips the test where there is none to start. */
  static PostgresCluster start() throws IOException, InterruptedException {
    Path binaries =
        binaries()
            .orElseThrow(
                () ->
                    new TestAbortedException("no PostgreSQL on this machine: install postgresql"));
    String folder = run("mktemp", "-d", "/tmp/millrace-postgres-XXXXXX").strip();
    PostgresCluster cluster = new PostgresCluster(binaries, folder, freePort());
    run(cluster.program("initdb"), "-D", folder + "/data", "-A", "trust", "-U", "millrace", "-N");
    run(
        cluster.program("pg_ctl"),
        "-D",
        folder + "/data",
        "-l",
        folder + "/log",
        "-w",
        "-t",
        "120",
        "-o",
        "-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off".formatted(cluster.port, folder),
        "start");
    return cluster;
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=millrace";
  }

  DataSource dataSource() {
    return dataSource(url());
  }

  static DataSource dataSource(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }

  @Override
  public void close() throws IOException {
    try {
      run(program("pg_ctl"), "-D", folder + "/data", "-m", "immediate", "-w", "stop");
      run("rm", "-rf", folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String program(String name) {
    return binaries.resolve(name).toString();
  }

  private static Optional<Path> binaries() throws IOException {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(PACKAGES)) {
      for (Path version : versions) {
        if (Files.isExecutable(version.resolve("bin/initdb"))) {
          return Optional.of(version.resolve("bin"));
        }
      }
    }
    return Optional.empty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      all.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    all.addAll(List.of(command));
    // Into a file: the server that pg_ctl starts keeps a pipe open.
    Path output = Files.createTempFile("millrace-postgres", ".out");
    try {
      Process process =
          new ProcessBuilder(all)
              .directory(Path.of("/tmp").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(180, TimeUnit.SECONDS);
      String text = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(String.join(" ", all) + " failed: " + text);
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }
}
