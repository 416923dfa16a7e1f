package io.millrace.emitter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.lane.Outcome;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorPolicyTest {

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(
            new RecordTooLargeException("2 MB"),
            new Outcome.Rejected("the record is larger than the topic t takes", null),
            false),
        Arguments.of(
            new InvalidRecordException("no key"),
            new Outcome.Rejected("the topic t does not take the record: no key", null),
            false),
        Arguments.of(
            new UnknownTopicOrPartitionException("t"),
            new Outcome.Refused("the topic t does not exist on these brokers", null),
            false),
        Arguments.of(
            new TimeoutException("no metadata", new UnknownTopicOrPartitionException("t")),
            new Outcome.Refused("the topic t does not exist on these brokers", null),
            false),
        Arguments.of(
            new InvalidTopicException("t"),
            new Outcome.Refused("the brokers do not take t for a topic's name", null),
            false),
        Arguments.of(
            new SaslAuthenticationException("wrong password"),
            new Outcome.Refused("the brokers refuse the identity: wrong password", null),
            true),
        Arguments.of(
            new SslAuthenticationException("no trust"),
            new Outcome.Refused("the brokers refuse the identity: no trust", null),
            true),
        Arguments.of(
            new TopicAuthorizationException("not yours"),
            new Outcome.Refused("the identity must not write to the topic t: not yours", null),
            false),
        Arguments.of(
            new ClusterAuthorizationException("not yours"),
            new Outcome.Refused("the identity must not write to the topic t: not yours", null),
            false),
        Arguments.of(
            new TimeoutException("too long"), Outcome.retry("TimeoutException: too long"), false),
        Arguments.of(
            new NotLeaderOrFollowerException("moved"),
            Outcome.retry("NotLeaderOrFollowerException: moved"),
            false),
        Arguments.of(
            new OutOfOrderSequenceException("gap"),
            Outcome.retry("OutOfOrderSequenceException: gap"),
            true),
        Arguments.of(
            new KafkaException("Failed to construct", new ConfigException("no such host")),
            Outcome.retry("KafkaException: no such host"),
            true),
        Arguments.of(
            new IllegalStateException("closed"),
            Outcome.retry("IllegalStateException: closed"),
            true));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void saysWhatBecameOfTheRecordAndOfItsProducer(
      Exception error, Outcome outcome, boolean isLasting) {
    assertThat(ErrorPolicy.outcome("t", error)).isEqualTo(outcome);
    assertThat(ErrorPolicy.isLasting(error)).isEqualTo(isLasting);
  }
}
