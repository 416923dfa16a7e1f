package io.millrace.model.emitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.model.emitter.WebhookParameters.Batch;
import io.millrace.model.emitter.WebhookParameters.Pace;
import io.millrace.model.event.TopicPath;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionJsonTest {

  @Test
  void readsTheSystemEmitterOfTheVendorsDocument() throws Exception {
    EmitterDefinition definition =
        read("{'type':'File','parameters':{'path':'/logs/everything.log','rolling':true}}");
    assertThat(definition.filter()).isEqualTo(EventFilter.EVERYTHING);
    assertThat(definition.owner()).isNull();
    assertThat(definition.parameters())
        .isEqualTo(
            new FileParameters(Path.of("/logs/everything.log"), true, false, EventOverrides.NONE));
  }

  @Test
  void readsTheUserEmitterOfTheVendorsDocument() throws Exception {
    EmitterDefinition definition =
        read(
            "{'type':'Webhook','topics':[['repository']],"
                + "'parameters':{'url':'https://x.pipedream.net/','mode':'structured'}}");
    assertThat(definition.filter().topics()).containsExactly(TopicPath.parse("repository"));
    assertThat(definition.parameters())
        .isEqualTo(
            new WebhookParameters(
                URI.create("https://x.pipedream.net/"),
                WebhookParameters.Mode.STRUCTURED,
                false,
                EventOverrides.NONE,
                Map.of(),
                Batch.DEFAULT,
                Pace.DEFAULT));
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws Exception {
    EventFilter filter =
        new EventFilter(
            List.of(TopicPath.parse("a/b"), TopicPath.parse("c")), Set.of("m1", "m2"), "x > 1");
    EventOverrides overrides = new EventOverrides(URI.create("urn:s"), "subject");
    for (EmitterParameters parameters :
        List.of(
            new WebhookParameters(
                URI.create("http://h/p"),
                WebhookParameters.Mode.BATCH,
                true,
                overrides,
                Map.of("X-Team", "shop"),
                new Batch(7, Duration.ofMillis(20)),
                new Pace(Duration.ofMillis(1500), 8, 20)),
            new FileParameters(Path.of("f.log"), true, true, overrides),
            new ConsoleParameters(
                ConsoleParameters.Output.LOG,
                "my.",
                ConsoleParameters.Level.FINE,
                true,
                overrides))) {
      EmitterDefinition definition = new EmitterDefinition("e", filter, "ann@x", parameters);
      assertThat(DefinitionJson.read("e", DefinitionJson.write(definition))).isEqualTo(definition);
    }
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThat(
            problems(
                "{'type':'Webhook','topics':[['a/b']],'messages':'m','filtr':'x','id':'other',"
                    + "'parameters':{'url':'ftp://x','mode':'both','prettyPrint':1,'colour':2}}"))
        .containsExactlyInAnyOrder(
            "filtr is not known here; known are id, type, topics, messages, filter, owner,"
                + " identityRef, activation, parameters",
            "id must be e or be left out",
            "topics[0] is no topic: a level of a topic must not contain '/'",
            "messages must be an array",
            "parameters.url must be an http or https URL with a host",
            "parameters.mode must be one of binary, structured, batch, and is both",
            "parameters.prettyPrint must be true or false",
            "parameters.colour is not known here; known are url, mode, prettyPrint, source,"
                + " subject, headers, batchSize, batchDelay, timeout, maxInFlight, rateLimit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|definition must be a JSON object",
        "{}|type is required: one of Webhook, Audit, File, Console, Kafka, PowerBI",
        "{'type':'Fax'}|type must be one of Webhook, Audit, File, Console, Kafka, PowerBI, and is Fax",
        "{'type':7}|type must be a text that is not empty",
        "{'type':'Webhook'}|parameters.url is required",
        "{'type':'File','parameters':{'path':'/'}}|parameters.path must name a file",
        "{'type':'File','parameters':[]}|parameters must be an object",
        "{'type':'Console','topics':[[]]}|topics[0] is no topic: a topic needs at least one level",
        "{'type':'Console','topics':['a']}|topics[0] must be an array",
      })
  void theProblemNamesTheField(String json, String problem) {
    assertThat(problems(json)).contains(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{'type':'File'} x", "{'type':'File','type':'File'}", ""})
  void whatIsNotJsonIsRefused(String json) {
    assertThat(problems(json)).singleElement().asString().startsWith("definition ");
  }

  @Test
  void syntaxErrorsSayWhere() {
    assertThat(problems("{'type':\n 'File',,}"))
        .singleElement()
        .asString()
        .startsWith("definition is not JSON: line 2, column 9:");
  }

  @Test
  void aUrlWithCredentialsIsRefusedWithoutShowingThem() {
    List<String> problems =
        problems("{'type':'Webhook','parameters':{'url':'http://ann:secret@host/'}}");
    assertThat(problems).containsExactly("parameters.url must be an http or https URL with a host");
  }

  private static List<String> problems(String json) {
    InvalidDefinitionException e =
        catchThrowableOfType(InvalidDefinitionException.class, () -> read(json));
    return e.problems().stream().map(Problem::toString).toList();
  }

  private static EmitterDefinition read(String json) throws InvalidDefinitionException {
    return DefinitionJson.read("e", json.replace('\'', '"').getBytes(UTF_8));
  }
}
