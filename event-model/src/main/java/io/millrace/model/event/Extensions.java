package io.millrace.model.event;

/**
 * Names of the CloudEvents extension attributes that Millrace gives a meaning to.
 *
 * <p>Sources: CloudEvents documented extensions ({@code partitionkey}, {@code traceparent});
 * Trisotech DES ({@code user}, {@code ip}, {@code app}); the others are Millrace's own.
 */
public final class Extensions {

  /** The hierarchical topic, as it was published; {@link TopicPath#parse} reads it. */
  public static final String TOPIC_PATH = "topicpath";

  /** Who caused the event: a user name or an email address. */
  public static final String USER = "user";

  /** The IP address that the event was published from. */
  public static final String IP = "ip";

  /** The OAuth client id of the application that published the event. */
  public static final String APP = "app";

  public static final String TENANT_ID = "tenantid";

  /** Events with the same key keep their order; becomes the Kafka record's key. */
  public static final String PARTITION_KEY = "partitionkey";

  /** Foundry's {@code additionalMetadata}, as a JSON object in text form. */
  public static final String METADATA = "metadata";

  /** Foundry's user profile of whoever raised the event, as a JSON object in text form. */
  public static final String USER_PROFILE = "userprofile";

  public static final String TRACE_PARENT = "traceparent";

  private Extensions() {}
}
