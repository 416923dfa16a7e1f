package io.millrace.model.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretTest {

  @Test
  void signsAsTheExampleOfStandardWebhooks() throws Exception {
    SigningSecret secret = SigningSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();
    Mac mac = Mac.getInstance(secret.key().getAlgorithm());
    mac.init(secret.key());
    byte[] signature =
        mac.doFinal(
            "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}".getBytes(UTF_8));
    assertThat(Base64.getEncoder().encodeToString(signature))
        .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64})
  void signsWithEd25519SoThatThePublicKeyVerifies(int length) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    String text = "whsk_" + Base64.getEncoder().encodeToString(Arrays.copyOf(seed, length));
    SigningSecret secret = new SigningSecret.Ed25519(new Password(text));
    Signature signing = Signature.getInstance("Ed25519");
    signing.initSign((PrivateKey) secret.key());
    signing.update("message".getBytes(UTF_8));
    byte[] signature = signing.sign();
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(pair.getPublic());
    check.update("message".getBytes(UTF_8));
    assertThat(check.verify(signature)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!",
        "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
      })
  void refusesWhatIsNoSecret(String text) {
    assertThat(SigningSecret.of(text)).isEmpty();
  }
}
