package io.millrace.model.emitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaParametersTest {

  @Test
  void readsThemAll() throws Exception {
    assertThat(
            read(
                "'brokers':'a:9092, [::1]:9093','topic':'orders.v1','mode':'Structured',"
                    + "'keyExpression':'customer.id','prettyPrint':true,"
                    + "'source':'urn:s','subject':'x'"))
        .isEqualTo(
            new KafkaParameters(
                List.of("a:9092", "[::1]:9093"),
                "orders.v1",
                PayloadMode.STRUCTURED,
                "customer.id",
                true,
                new EventOverrides(URI.create("urn:s"), "x")));
  }

  @Test
  void needsOnlyBrokersAndTopic() throws Exception {
    assertThat(read("'brokers':'a:1','topic':'t'"))
        .isEqualTo(
            new KafkaParameters(
                List.of("a:1"), "t", PayloadMode.BINARY, null, false, EventOverrides.NONE));
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws Exception {
    KafkaParameters parameters =
        new KafkaParameters(
            List.of("a:1", "b:2"), "t", PayloadMode.BINARY, "x", true, EventOverrides.NONE);
    EmitterDefinition definition =
        new EmitterDefinition("e", EventFilter.EVERYTHING, null, parameters);
    assertThat(DefinitionJson.read("e", DefinitionJson.write(definition))).isEqualTo(definition);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'topic':'t'|parameters.brokers is required",
        "'brokers':'','topic':'t'|parameters.brokers must be a text that is not empty",
        "'brokers':'a','topic':'t'|parameters.brokers must be host:port, or several separated by commas",
        "'brokers':'a:1,','topic':'t'|parameters.brokers must be host:port, or several separated by commas",
        "'brokers':'a:70000','topic':'t'|parameters.brokers must be host:port, or several separated by commas",
        "'brokers':'SASL://a:1','topic':'t'|parameters.brokers must be host:port, or several separated by commas",
        "'brokers':'a:1'|parameters.topic is required",
        "'brokers':'a:1','topic':'..'|parameters.topic must be 1 to 249 letters, digits, dots, underscores and dashes, not . or ..",
        "'brokers':'a:1','topic':'a b'|parameters.topic must be 1 to 249 letters, digits, dots, underscores and dashes, not . or ..",
        "'brokers':'a:1','topic':'t','key':'x'|parameters.key is not known here; known are brokers, topic, mode, keyExpression, prettyPrint, source, subject",
      })
  void theProblemNamesTheField(String parameters, String problem) {
    InvalidDefinitionException e =
        catchThrowableOfType(InvalidDefinitionException.class, () -> read(parameters));
    assertThat(e.problems()).extracting(Problem::toString).containsExactly(problem);
  }

  private static EmitterParameters read(String parameters) throws InvalidDefinitionException {
    String json = "{'type':'Kafka','parameters':{" + parameters + "}}";
    return DefinitionJson.read("e", json.replace('\'', '"').getBytes(UTF_8)).parameters();
  }
}
