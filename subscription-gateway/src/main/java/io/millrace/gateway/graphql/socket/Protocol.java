package io.millrace.gateway.graphql.socket;

import graphql.ExecutionResult;
import io.millrace.gateway.graphql.socket.ClientMessage.BadMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The message table of a subprotocol; holds nothing of any client. */
interface Protocol {

  /** Its name in the handshake. */
  String name();

  /** Does what a message asks. */
  void take(ClientMessage message, Conversation client) throws BadMessage;

  /** What is no message of the protocol has come. */
  void unreadable(String sentence, Conversation client);

  /**
   * Whether what comes while credentials are checked waits for the outcome; else it is told that it
   * is too early.
   */
  boolean waitsForAck();

  /** The client has shown who it is. */
  List<ByteBuffer> accepted();

  /**
   * It has not.
   *
   * @param later whether it may succeed with the same credentials later
   */
  void refused(String sentence, boolean later, Conversation client);

  /** It has not even tried. */
  void late(Conversation client);

  /** Says that the server is there. */
  ByteBuffer keepAlive();

  /** One result of an operation. */
  ByteBuffer next(String id, ExecutionResult result);

  /** All that is said of an operation that was not carried out. */
  List<ByteBuffer> refused(String id, List<Map<String, Object>> errors);

  /** The end of an operation that has failed on its way. */
  ByteBuffer failed(String id, Map<String, Object> error);

  /** The end of an operation. */
  ByteBuffer complete(String id);
}
