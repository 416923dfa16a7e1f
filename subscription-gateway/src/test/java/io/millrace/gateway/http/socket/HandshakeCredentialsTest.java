package io.millrace.gateway.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeCredentialsTest {

  private static final String BASIC = "Basic YWRtaW46YWRtaW4=";

  @Test
  void believesAProgramWhichNamesNoOrigin() {
    assertThat(HandshakeCredentials.believed(BASIC, null, "events.example:8021")).isEqualTo(BASIC);
  }

  @Test
  void believesAPageOfItsOwn() {
    assertThat(
            HandshakeCredentials.believed(
                BASIC, "https://Events.example:8021", "events.example:8021"))
        .isEqualTo(BASIC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example",
        "http://events.example",
        "http://events.example:8021.elsewhere.example",
        "null",
        "no origin at all",
        ""
      })
  void believesNoPageFromElsewhere(String origin) {
    assertThat(HandshakeCredentials.believed(BASIC, origin, "events.example:8021")).isNull();
  }

  @Test
  void believesNoPageWhereTheHostIsUnknown() {
    assertThat(HandshakeCredentials.believed(BASIC, "http://events.example:8021", null)).isNull();
  }
}
