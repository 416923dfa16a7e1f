package io.millrace.source.des;

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

/** A client of DES's events, over all its connections. */
final class DesProtocol implements PushProtocol {

  private final DesSettings settings;
  private final Login login;
  private final LongSupplier nanos;
  private @Nullable String after;

  DesProtocol(DesSettings settings, Login login, LongSupplier nanos) {
    this.settings = settings;
    this.login = login;
    this.nanos = nanos;
  }

  @Override
  public Handshake handshake(@Nullable String place) throws IOException, InterruptedException {
    String value = login.value();
    after = place;
    return new Handshake(
        settings.handshakeUri(place),
        value == null ? Map.of() : Map.of("Authorization", value),
        List.of(),
        settings.timeout());
  }

  @Override
  public void refused(String answer) {
    login.refused(answer);
  }

  @Override
  public Conversation begin(Voice voice, Reception reception) {
    return new DesConversation(settings, login, after, voice, reception, nanos);
  }
}
