package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.http.Post;
import io.millrace.model.identity.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Signatures made by others: {@code v1} by the package {@code standardwebhooks} 1.1.1 of npm,
 * {@code v1a} by OpenSSL with the first key of RFC 8032, section 7.1.
 */
class SignerTest {

  private static final String SHORT = "whsec_AQgPFh0kKzI5QEdOVVxjanF4f4aNlJui";
  private static final String LONG =
      "whsec_AQgPFh0kKzI5QEdOVVxjanF4f4aNlJuiqbC3vsXM09rh6O/2/QQLEhkgJy41PENKUVhfZm10e4KJkJeepayzug==";
  private static final String PRIVATE = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
  private static final String BY_SHORT = "v1,SQrzUeAB9vhbBYOBgQJzeu96koqaga2E+eMKt+/l7/w=";
  private static final String BY_LONG = "v1,yo9MIy4vS08Paw1azSsWsRu/rmv+LfzAZP2GUxk2o3I=";
  private static final String BY_PRIVATE =
      "v1a,/cgliPwMoOc2wqnj6BHPYPScuft4q6xv+4bmuMdEreyCTaqrMsvX8FQ71DZmShr1hABbuS+3hqIXapzuYSLuBw==";

  @ParameterizedTest
  @CsvSource({
    SHORT + ", '" + BY_SHORT + "'",
    LONG + ", '" + BY_LONG + "'",
    PRIVATE + ", '" + BY_PRIVATE + "'"
  })
  void signsAsOthersDo(String secret, String signature) {
    assertThat(signature(secret)).isEqualTo(signature);
  }

  @Test
  void signsWithEachSecretWhileTheyAreRotated() {
    assertThat(signature(SHORT, LONG, PRIVATE))
        .isEqualTo(BY_SHORT + " " + BY_LONG + " " + BY_PRIVATE);
  }

  private static String signature(String... secrets) {
    Signer signer =
        new Signer(
            Arrays.stream(secrets).map(text -> SigningSecret.of(text).orElseThrow()).toList());
    byte[] body = "{\"text\":\"Größe €🎈\"}".getBytes(StandardCharsets.UTF_8);
    return signer.signature("msg_1", 1_769_853_600L, new Post.Body(body));
  }
}
