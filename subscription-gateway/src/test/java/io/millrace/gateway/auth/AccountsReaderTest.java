package io.millrace.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsReaderTest {

  private static final String HASH = "$2a$04$" + "a".repeat(53);

  @TempDir Path folder;

  @Test
  void readsJson() throws Exception {
    Accounts accounts =
        read(
            "u.json",
            """
            {"users":[{"name":"a","password":"%s","roles":["admin"],"tenant":"t"}],
             "tokens":[{"name":"b","sha256":"%s","clientId":"c"}]}
            """
                .formatted(HASH, "AB".repeat(32)));

    assertThat(accounts.users())
        .isEqualTo(Map.of("a", new User(new Principal("a", Set.of("admin"), "t", null), HASH)));
    assertThat(accounts.tokens())
        .isEqualTo(Map.of("ab".repeat(32), new Principal("b", Set.of(), null, "c")));
  }

  @Test
  void findsTokensByTheirHash() throws Exception {
    Accounts accounts =
        read(
            "u.yaml",
            "tokens: [{name: robot, sha256: "
                + "1c8bfe8f801d79745c4631d09fff36c82aa37fc4cce4fc946683d7b336b63032}]");

    assertThat(accounts.token("letmein")).map(Principal::name).hasValue("robot");
    assertThat(accounts.token("letmeout")).isEmpty();
  }

  @Test
  void tellsAllThatIsWrong() {
    String text =
        """
        users:
          - {name: a, password: plain}
          - {password: %1$s}
          - {name: "b:c", password: %1$s, roles: admin}
          - {name: d, password: %1$s, pasword: x}
          - {name: d, password: %1$s}
          - 7
        tokens: {name: x}
        """
            .formatted(HASH);

    assertThatThrownBy(() -> read("u.yaml", text))
        .isInstanceOf(AccountsException.class)
        .hasMessageContaining("u.yaml")
        .hasMessageContaining("users[0].password must be a bcrypt hash")
        .hasMessageContaining("users[1].name is missing")
        .hasMessageContaining("users[2].name must not contain ':'")
        .hasMessageContaining("users[2].roles must be a list")
        .hasMessageContaining("users[3].pasword is not known")
        .hasMessageContaining("users[4].name is there twice")
        .hasMessageContaining("users[5] must be an object")
        .hasMessageContaining("tokens must be a list")
        .hasMessageNotContaining("plain");
  }

  @Test
  void tellsTheLineThatIsNoYaml() {
    assertThatThrownBy(() -> read("u.yaml", "users:\n  - [secret\n"))
        .hasMessageContaining("neither JSON nor YAML at line")
        .hasMessageNotContaining("secret");
  }

  private Accounts read(String name, String text) throws AccountsException, IOException {
    return AccountsReader.read(Files.writeString(folder.resolve(name), text));
  }
}
