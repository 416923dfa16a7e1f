package io.millrace.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialCheckTest {

  @TempDir Path folder;

  @Test
  void followsTheUsersFileAndKeepsTheLastGoodOne() throws Exception {
    Path file = Files.writeString(folder.resolve("users.yaml"), tokens("one"));
    try (CredentialCheck check = CredentialCheck.start(config(file))) {
      assertThat(accepts(check, "one")).isTrue();

      Files.writeString(file, tokens("another"));
      await().atMost(Duration.ofSeconds(60)).until(() -> accepts(check, "another"));
      assertThat(accepts(check, "one")).isFalse();

      Files.writeString(file, "users: broken");
      Files.writeString(file, tokens("a third"));
      await().atMost(Duration.ofSeconds(60)).until(() -> accepts(check, "a third"));

      Files.delete(file);
      await().during(Duration.ofMillis(200)).until(() -> accepts(check, "a third"));
    }
  }

  @Test
  void letsAdminInWhenNobodyIsConfigured() throws Exception {
    try (CredentialCheck check = CredentialCheck.start(config(null))) {
      Authentication answer =
          check.authenticate(new Credentials.Basic("admin", "admin")).toCompletableFuture().get();
      assertThat(answer)
          .isInstanceOfSatisfying(
              Authentication.Accepted.class,
              accepted -> assertThat(accepted.principal().roles()).contains(Principal.ADMIN));
    }
  }

  private static boolean accepts(CredentialCheck check, String token) {
    return check.authenticate(new Credentials.Bearer(token)).toCompletableFuture().join()
        instanceof Authentication.Accepted;
  }

  private static String tokens(String token) {
    String hash = HexFormat.of().formatHex(Accounts.sha256(token));
    return "tokens: [{name: robot, sha256: " + hash + "}]";
  }

  private static AuthConfig config(@Nullable Path file) {
    return new AuthConfig(file, Duration.ofMillis(20), Duration.ofMinutes(5), 100, 1, 10, null);
  }
}
