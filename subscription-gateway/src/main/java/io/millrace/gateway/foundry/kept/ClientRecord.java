package io.millrace.gateway.foundry.kept;

/**
 * A client's state as some session wrote it.
 *
 * @param claim whether the session takes the client over, whoever has it; else it counts only while
 *     no other session has done so
 * @param written when, in milliseconds since 1970
 */
record ClientRecord(String session, boolean claim, long written, ClientState state) {}
