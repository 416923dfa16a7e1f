package io.millrace.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  @ParameterizedTest
  @CsvSource({
    "Basic YWRtaW46YWRtaW4=, admin, admin",
    "basic  YWRtaW46YWRtaW4=, admin, admin",
    "BASIC YTpiOmM=, a, b:c",
    "Basic YTo=, a, ''",
    "Basic w7w6w7w=, ü, ü",
  })
  void readsBasic(String header, String user, String password) {
    assertThat(Credentials.parse(header)).hasValue(new Credentials.Basic(user, password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic", "Basic !!", "Basic OmE=", "Digest x", "Bearer ", "token"})
  void refusesOthers(String header) {
    assertThat(Credentials.parse(header)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tok", "Bearer tok", " bearer  tok "})
  void readsTokensWithAndWithoutTheWord(String header) {
    assertThat(Credentials.parseToken(header)).hasValue(new Credentials.Bearer("tok"));
  }

  @Test
  void readsBasicWhereATokenStands() {
    assertThat(Credentials.parseToken("Basic YTpi")).hasValue(new Credentials.Basic("a", "b"));
  }

  @Test
  void printsNoSecret() {
    assertThat(new Credentials.Basic("a", "secret").toString()).doesNotContain("secret");
    assertThat(new Credentials.Bearer("secret").toString()).doesNotContain("secret");
  }
}
