package io.millrace.source.des;

/** What the client says to the server once it is connected; topics stand in the address. */
final class ClientMessages {

  /** Keeps the session alive; answered by {@link ServerMessage#PONG}. */
  static final String PING = "{\"type\":\"ping\"}";

  private ClientMessages() {}
}
