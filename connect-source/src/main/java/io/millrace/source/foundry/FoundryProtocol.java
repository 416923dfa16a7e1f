package io.millrace.source.foundry;

import io.millrace.source.push.Conversation;
import io.millrace.source.push.Login;
import io.millrace.source.push.PushProtocol;
import io.millrace.source.push.Reception;
import io.millrace.source.websocket.Handshake;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A subscription to Foundry's server events, over all its connections. */
final class FoundryProtocol implements PushProtocol {

  private static final String BEARER = "Bearer ";

  private final FoundrySettings settings;
  private final FoundryEvents events;
  private final Login login;
  private final LongSupplier nanos;
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private String token = "";

  FoundryProtocol(FoundrySettings settings, FoundryEvents events, Login login, LongSupplier nanos) {
    this.settings = settings;
    this.events = events;
    this.login = login;
    this.nanos = nanos;
  }

  // Foundry does not go on from a place.
  @Override
  public Handshake handshake(@Nullable String place) throws IOException, InterruptedException {
    String value = login.value();
    token =
        value == null ? "" : value.startsWith(BEARER) ? value.substring(BEARER.length()) : value;
    return new Handshake(
        settings.handshakeUri(),
        token.isEmpty() ? Map.of() : Map.of(settings.tokenHeader(), token),
        List.of(),
        settings.timeout());
  }

  @Override
  public void refused(String answer) {
    login.refused(answer);
  }

  @Override
  public Conversation begin(Voice voice, Reception reception) {
    return new FoundryConversation(this, voice, reception, nanos);
  }

  @Override
  public void ended() {
    acknowledgements.disconnected();
  }

  FoundrySettings settings() {
    return settings;
  }

  FoundryEvents events() {
    return events;
  }

  /** What the client says to subscribe, with the token of the handshake. */
  String subscribe() {
    return settings.shape() == MessageShape.DOCUMENT
        ? ClientMessages.flatSubscribe(settings.topics())
        : ClientMessages.nestedSubscribe(
            settings.tokenName(),
            token,
            settings.clientUuid(),
            settings.visibility(),
            settings.topics());
  }

  /** The server has taken the subscription that was asked for by this voice. */
  void subscribed(Voice voice) {
    login.taken();
    acknowledgements.connected(voice);
  }

  void stored(String eventId) {
    acknowledgements.stored(eventId);
  }
}
