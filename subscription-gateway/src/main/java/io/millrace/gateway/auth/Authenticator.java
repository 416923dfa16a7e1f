package io.millrace.gateway.auth;

import java.util.concurrent.CompletionStage;

/**
 * Tells who shows these credentials. Never blocks the caller, never fails: what cannot be checked
 * is refused. Called by several threads.
 */
@FunctionalInterface
public interface Authenticator {

  CompletionStage<Authentication> authenticate(Credentials credentials);
}
