package io.millrace.gateway.mmm;

/** Names in the schema that code must know. */
final class Types {

  static final String RESULT = "ExternalEvents";
  static final String EVENTS = "events";
  static final String LOST = "gap";

  static final String EVENT = "ExternalEvent";
  static final String ID = "id";
  static final String TIMESTAMP = "timestamp";
  static final String ENTITY_ID = "entityId";
  static final String ENTITY_TYPE = "entityType";
  static final String PARENT_ID = "parentId";
  static final String ENTITY_STATUS = "entityStatus";

  static final String GAP = "ExternalEventsGap";
  static final String FIRST = "first";
  static final String LAST = "last";

  private Types() {}
}
