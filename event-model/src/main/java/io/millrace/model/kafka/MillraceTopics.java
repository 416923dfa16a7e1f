package io.millrace.model.kafka;

import io.millrace.model.emitter.EmitterType;
import io.millrace.model.event.ResourceName;
import java.util.regex.Pattern;

/**
 * Names of the Kafka topics under one prefix, so that several Millraces can share a cluster.
 *
 * @param prefix first part of every name, {@value #DEFAULT_PREFIX} by default
 */
public record MillraceTopics(String prefix) {

  public static final String DEFAULT_PREFIX = "millrace";

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

  public MillraceTopics {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "a topic prefix has 1 to 80 letters, digits, dots, dashes or underscores: " + prefix);
    }
  }

  /** The log of one stream of events. */
  public String stream(String name) {
    return prefix + ".stream." + checked(name);
  }

  /** Matches the log of every stream, present and future. */
  public Pattern streams() {
    return Pattern.compile(Pattern.quote(prefix + ".stream.") + "[A-Za-z0-9_-]+");
  }

  /** Emitter definitions, compacted: the desired state. */
  public String emitters() {
    return prefix + ".emitters";
  }

  /** Events routed to one emitter. */
  public String emitter(EmitterType type, String id) {
    return emitterPrefix(type) + checked(id);
  }

  /** What the topics of all emitters of one type begin with; an emitter's id follows. */
  public String emitterPrefix(EmitterType type) {
    return emitterPrefix() + type.topicSegment() + ".";
  }

  /** What the topics of all emitters begin with. */
  public String emitterPrefix() {
    return prefix + ".emitter.";
  }

  /** What the tasks of emitters last reported, compacted; keys are {@code <id>/<partition>}. */
  public String emitterStatus() {
    return prefix + ".emitter-status";
  }

  /** Which mails were sent to the owners of emitters, compacted; keys are emitter ids. */
  public String emitterMails() {
    return prefix + ".emitter-mails";
  }

  /** What one Audit emitter has recorded. */
  public String audit(String id) {
    return auditPrefix() + checked(id);
  }

  /**
   * What an Audit emitter has recorded that a connector's own configuration defines. No emitter's
   * id gives such a name: a gateway, which has no definition of it, must not take it for a log that
   * was left over.
   */
  public String connectorAudit(String connector) {
    return auditPrefix() + "connector." + checked(connector);
  }

  /** What the logs of all Audit emitters begin with; an emitter's id follows. */
  public String auditPrefix() {
    return prefix + ".audit.";
  }

  /** Events that could not be routed or that an endpoint rejected, with the cause in headers. */
  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  /** Durable subscriptions and how far they have come, compacted. */
  public String subscriptions() {
    return prefix + ".subscriptions";
  }

  /** Who may receive and publish what, and the roles of emitters' owners, compacted. */
  public String security() {
    return prefix + ".security";
  }

  /** What Foundry's clients have not acknowledged, compacted. */
  public String foundryClients() {
    return prefix + ".foundry-clients";
  }

  private static String checked(String name) {
    if (!ResourceName.isValid(name)) {
      throw new IllegalArgumentException("a name has " + ResourceName.RULE + ": " + name);
    }
    return name;
  }
}
