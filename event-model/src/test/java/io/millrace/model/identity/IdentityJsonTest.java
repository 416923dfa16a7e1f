package io.millrace.model.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.model.emitter.Problem;
import io.millrace.model.identity.Credentials.ApiKey;
import io.millrace.model.identity.Credentials.Basic;
import io.millrace.model.identity.Credentials.Bearer;
import io.millrace.model.identity.Credentials.OAuth2;
import io.millrace.model.identity.Credentials.SaslPlain;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityJsonTest {

  private static final String SHARED = "whsec_" + base64(32);
  private static final String ED25519 = "whsk_" + base64(64);

  static Stream<Identity> identities() {
    Password secret = new Password("s3cret");
    URI tokenUrl = URI.create("https://login.test/token");
    List<SigningSecret> both =
        List.of(
            new SigningSecret.Shared(new Password(SHARED)),
            new SigningSecret.Ed25519(new Password(ED25519)));
    return Stream.of(
        new Identity(new Basic("ann", secret), List.of()),
        new Identity(new Basic("key-as-user", new Password("")), List.of()),
        new Identity(new Bearer(secret), both),
        new Identity(new ApiKey(ApiKey.Place.HEADER, "X-Api-Key", secret), List.of()),
        new Identity(new ApiKey(ApiKey.Place.QUERY, "api key", secret), List.of()),
        new Identity(
            new OAuth2(
                tokenUrl,
                "client",
                secret,
                "a b",
                Map.of("audience", secret),
                OAuth2.ClientAuthentication.BODY),
            List.of()),
        new Identity(
            new OAuth2(
                tokenUrl, "client", secret, null, Map.of(), OAuth2.ClientAuthentication.BASIC),
            List.of()),
        new Identity(new SaslPlain("ann", secret), List.of()),
        new Identity(null, both));
  }

  @ParameterizedTest
  @MethodSource("identities")
  void whatIsWrittenIsReadBackEqual(Identity identity) throws Exception {
    assertThat(IdentityJson.read(IdentityJson.write(identity))).isEqualTo(identity);
  }

  @ParameterizedTest
  @MethodSource("identities")
  void theFlatFormIsReadBackEqual(Identity identity) throws Exception {
    Map<String, String> flat = new HashMap<>();
    identity
        .fields()
        .forEach(
            (name, value) ->
                flat.put(name, value instanceof Password secret ? secret.value() : (String) value));
    assertThat(Identity.read(flat)).isEqualTo(identity);
  }

  @ParameterizedTest
  @MethodSource("identities")
  void itsTextNeverShowsASecret(Identity identity) {
    assertThat(identity + " " + identity.fields())
        .doesNotContain("s3cret", SHARED, ED25519)
        .contains(Password.HIDDEN);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThat(
            problems(
                "{'type':'oauth2','tokenUrl':'ftp://x','clientId':7,'scope':'','colour':'red',"
                    + "'clientAuthentication':'mtls','parameters':{'client_id':'x','n':1},"
                    + "'signingSecrets':['whsec_eA==','"
                    + SHARED
                    + "','whsec_?']}"))
        .containsExactlyInAnyOrder(
            "tokenUrl must be an http or https URL with a host and without a user",
            "clientId must be a text",
            "clientSecret is required",
            "scope must be a text without control characters that is not empty",
            "colour is not known here; known are signingSecrets, type, tokenUrl, clientId,"
                + " clientSecret, scope, clientAuthentication, parameters.client_id",
            "clientAuthentication must be one of basic, body",
            "parameters.client_id must have a name, and not that of a standard parameter",
            "parameters.n must be a text",
            "signingSecrets[0] must be " + SigningSecret.RULE,
            "signingSecrets[2] must be " + SigningSecret.RULE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | type is required where there are no signingSecrets: one of basic, bearer, apiKey,"
            + " oauth2, saslPlain",
        "{'type':'Basic'} | type must be one of basic, bearer, apiKey, oauth2, saslPlain, and is"
            + " Basic",
        "{'type':'basic','username':'a:b','password':'x'} | username must be a text without"
            + " control characters or colons that is not empty",
        "{'type':'bearer','token':'a\\r\\nX: y'} | token must be visible ASCII characters without"
            + " spaces",
        "{'type':'apiKey','name':'Host','value':'x'} | name must be the name of a header that a"
            + " request may carry freely",
        "{'type':'apiKey','name':'X-Key','value':'x\\ny'} | value must be a text without control"
            + " characters that is not empty",
        "{'type':'oauth2','tokenUrl':'http://u:p@h/','clientId':'c','clientSecret':'s'} | tokenUrl"
            + " must be an http or https URL with a host and without a user",
        "{'signingSecrets':[]} | signingSecrets must be an array of texts that are not empty",
        "{'signingSecrets':['whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],'token':'x'} | token is not"
            + " known here; known are signingSecrets, type",
        "[] | identity must be a JSON object",
        "{'token':'s3cret | identity is not JSON: line 1, column 17",
      })
  void namesFieldAndReason(String json, String problem) {
    assertThat(problems(json)).contains(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'bearer','token':'s3cret s3cret'}",
        "{'type':'basic','username':'s3cret:','password':'\\ts3cret'}",
        "{'signingSecrets':['s3cret']}",
        "{'type':'bearer','token':s3cret}",
        "{'type':'bearer','token':'s3cret'} s3cret",
        "{'type':'oauth2','tokenUrl':'http://s3cret@h','clientSecret':['s3cret']}"
      })
  void aRefusalNeverShowsASecret(String json) {
    assertThat(problems(json)).isNotEmpty().noneMatch(problem -> problem.contains("s3cret"));
  }

  private static List<String> problems(String json) {
    return catchThrowableOfType(
            InvalidIdentityException.class,
            () -> IdentityJson.read(json.replace('\'', '"').getBytes(UTF_8)))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private static String base64(int length) {
    return Base64.getEncoder().encodeToString(new byte[length]);
  }
}
