package io.millrace.source.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.source.http.Authorization;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class LoginTest {

  @Test
  void needsAPersonWhenTheOnlyTokenIsRefused() throws Exception {
    Login login = new Login(() -> "Bearer a");

    assertThat(login.value()).isEqualTo("Bearer a");
    assertThatThrownBy(() -> login.refused("It answers 401"))
        .isInstanceOf(ConnectException.class)
        .hasMessage(
            "It answers 401: check the identity, whose credentials are wrong, expired, or lack"
                + " rights");
  }

  @Test
  void needsAPersonWhenThereIsNoIdentity() throws Exception {
    Login login = new Login(Authorization.NONE);

    assertThat(login.value()).isNull();
    assertThatThrownBy(() -> login.refused("It answers 401")).hasMessageContaining("identity.type");
  }

  @Test
  void triesAFreshTokenOnce() throws Exception {
    Login login = new Login(fresh());
    login.value();
    assertThatCode(() -> login.refused("It answers 401")).doesNotThrowAnyException();
    login.value();
    assertThatThrownBy(() -> login.refused("It answers 401")).isInstanceOf(ConnectException.class);
  }

  @Test
  void triesAFreshTokenAgainAfterOneWasTaken() throws Exception {
    Login login = new Login(fresh());
    login.value();
    login.refused("It answers 401");
    login.taken();
    login.value();
    assertThatCode(() -> login.refused("It answers 401")).doesNotThrowAnyException();
  }

  private static Authorization fresh() {
    return new Authorization() {
      private int given;

      @Override
      public String value() {
        return "Bearer " + given++;
      }

      @Override
      public boolean refused(String value) {
        return true;
      }
    };
  }
}
