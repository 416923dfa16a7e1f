package io.millrace.emitter.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.audit.AuditEmitterConnector;
import io.millrace.emitter.console.ConsoleEmitterConnector;
import io.millrace.emitter.file.FileEmitterConnector;
import io.millrace.emitter.kafka.KafkaEmitterConnector;
import io.millrace.emitter.powerbi.PowerBiEmitterConnector;
import io.millrace.emitter.webhook.WebhookEmitterConnector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {

  private static final String URL = "url=http://localhost/hook";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          webhook | url=http://localhost/hook                                        |
          webhook | ''                                                               | url
          webhook | url=ftp://localhost                                              | url
          webhook | url=http://user:secret@localhost/                                | url
          webhook | url=http://localhost/hook;mode=STRUCTURED;pretty.print=true      |
          webhook | url=http://localhost/hook;mode=batch;batch.size=5;rate.limit=9;headers={"X-A":"1"} |
          webhook | url=http://localhost/hook;batch.size=0;rate.limit=0;headers={"Host":"1"} | batch.size,headers,rate.limit
          webhook | url=http://localhost/hook;guard.ports=x;guard.allow=10.0.0.0/99;guard.deny=a b;guard.schemes=ftp | guard.allow,guard.deny,guard.ports,guard.schemes
          webhook | url=http://localhost/hook;proxy.url=a b                          | proxy.url
          webhook | mode=both;pretty.print=maybe;topic.paths=a//b;filter=1 +;max.in.flight=0 | filter,max.in.flight,mode,pretty.print,topic.paths,url
          webhook | url=http://localhost/hook;source=a b                             | source
          webhook | url=http://localhost/hook;retry.backoff.ms=10;retry.backoff.max.ms=5 | retry.backoff.max.ms
          webhook | url=http://localhost/hook;dead.letter.topic=dead                 | bootstrap.servers
          webhook | url=http://localhost/hook;dead.letter.topic=dead;bootstrap.servers=b:9092 |
          webhook | url=http://localhost/hook;identity.type=bearer;identity.token=${file:/x:t} | identity.token
          webhook | url=http://localhost/hook;identity.signing.secrets=${v:s}        | identity.signing.secrets
          webhook | emitter.definitions=topic                                        | bootstrap.servers
          webhook | emitter.definitions=topic;bootstrap.servers=b:9092               |
          webhook | emitter.definitions=topic;bootstrap.servers=b:9092;url=http://x;filter=a > 1 | filter,url
          webhook | emitter.definitions=topic;bootstrap.servers=b:9092;topic.prefix=a b | topic.prefix
          webhook | emitter.definitions=elsewhere                                    | emitter.definitions
          file    | path=/tmp/x.log;rolling=true                                     |
          file    | rolling=true                                                     | path
          file    | path=a.log;base.folder=/x;time.zone=Europe/Vienna                |
          file    | path=../a.log;base.folder=/x                                     | path
          file    | path=/y/a.log;base.folder=/x;time.zone=Mars                      | time.zone
          audit   | bootstrap.servers=b:9092;topics=t;name=a-1;pretty.print=true     |
          audit   | topics=t                                                         | bootstrap.servers
          audit   | bootstrap.servers=b:9092;topics=t;name=a.1                       | emitter.definitions
          audit   | bootstrap.servers=b:9092;topics.regex=t                          | emitter.definitions
          audit   | bootstrap.servers=b:9092;topics=t,u;source=x;audit.batch.size=0  | audit.batch.size
          audit   | emitter.definitions=topic;bootstrap.servers=b:9092;topics.regex=t |
          kafka   | brokers=b:1;topic=t;topic.check.timeout.ms=0                     |
          kafka   | brokers=b;topic=a b;key.expression=1 +;mode=batch                | brokers,mode,topic
          kafka   | brokers=b:1;topic=t;key.expression=1 +;topic.check.timeout.ms=0  | key.expression
          powerbi | id=d;schema=s;table=t;messages=m;columns=[{"name":"a","type":"Double","lookup":"a"}] |
          powerbi | schema=s                                                         | columns,id,table
          powerbi | id=d;schema=s;table=t;columns=[{"name":"a","type":"Double","lookup":"a"}] | messages
          powerbi | id=d;schema=s;table=t;messages=m;columns=[{"name":"a","type":"Text","lookup":"a"}] | columns
          powerbi | id=d;schema=s;table=t;messages=m;columns=[{"name":"a","type":"Double","lookup":"1 +"}] | columns
          powerbi | id=d;schema=s;table=t;messages=m;columns=[{"name":"a","type":"Double","lookup":"a"}];powerbi.base.url=x | powerbi.base.url
          console | ''                                                               |
          console | output=paper;level=LOUD                                          | level,output
          console | output=LOG;level=fine;log.prefix=x.                              |
          """)
  void tellsEachProblemAtItsKey(String type, String config, String keys) {
    Map<String, List<String>> errors = errors(type, config);
    assertThat(String.join(",", new TreeSet<>(errors.keySet())))
        .isEqualTo(keys == null ? "" : keys);
    assertThat(errors.values()).allSatisfy(messages -> assertThat(messages).hasSize(1));
  }

  @Test
  void doesNotRepeatASecretInAUrl() {
    assertThat(errors("webhook", "url=http://user:secret@localhost/").get("url"))
        .noneMatch(message -> message.contains("secret"));
  }

  @Test
  void recommendsTheValuesOfAChoice() {
    ConfigValue mode =
        connector("webhook").validate(Map.of("url", URL)).configValues().stream()
            .filter(value -> value.name().equals("mode"))
            .findFirst()
            .orElseThrow();
    assertThat(mode.recommendedValues()).containsExactly("binary", "structured", "batch");
  }

  @Test
  void dotsAndCamelsAgree() {
    assertThat(ParameterKeys.parameter("pretty.print")).isEqualTo("prettyPrint");
    assertThat(ParameterKeys.key("prettyPrint")).isEqualTo("pretty.print");
  }

  private static Map<String, List<String>> errors(String type, String config) {
    Map<String, String> props = new HashMap<>();
    Arrays.stream(config.split(";"))
        .filter(pair -> !pair.isBlank())
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> props.put(pair[0].strip(), pair[1].strip()));
    return connector(type).validate(props).configValues().stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
  }

  private static EmitterConnector connector(String type) {
    return switch (type) {
      case "webhook" -> new WebhookEmitterConnector();
      case "audit" -> new AuditEmitterConnector();
      case "file" -> new FileEmitterConnector();
      case "kafka" -> new KafkaEmitterConnector();
      case "powerbi" -> new PowerBiEmitterConnector();
      default -> new ConsoleEmitterConnector();
    };
  }
}
