package io.millrace.emitter.webhook;

import io.millrace.fixtures.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicServerExchangeHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.http2.ssl.H2ServerTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;

/** A server on loopback that speaks TLS, and HTTP/2 with those who can. */
final class SecureHooks implements AutoCloseable {

  /** A request: by which protocol, and from which connection. */
  record Got(ProtocolVersion version, SocketAddress from, String body) {}

  private final List<Got> got = new CopyOnWriteArrayList<>();
  private final HttpAsyncServer server;
  private final int port;

  SecureHooks(TestCertificate certificate, HttpVersionPolicy versions, boolean asksWhoYouAre)
      throws Exception {
    char[] password = certificate.password().toCharArray();
    SSLContext tls =
        SSLContexts.custom()
            .loadKeyMaterial(certificate.keyStore(), password, password)
            // Whoever has the server's own certificate is known.
            .loadTrustMaterial(certificate.keyStore(), password)
            .build();
    server =
        H2ServerBootstrap.bootstrap()
            .setVersionPolicy(versions)
            .setTlsStrategy(
                new H2ServerTlsStrategy(
                    tls, (endpoint, engine) -> engine.setNeedClientAuth(asksWhoYouAre), null))
            // By default requests for other names than this host's own are turned away.
            .setRequestRouter(
                (request, context) -> () -> new BasicServerExchangeHandler<>(new Handler()))
            .create();
    server.start();
    port =
        ((InetSocketAddress)
                server
                    .listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), URIScheme.HTTPS)
                    .get()
                    .getAddress())
            .getPort();
  }

  String url() {
    return "https://127.0.0.1:" + port + "/hook";
  }

  int port() {
    return port;
  }

  List<Got> got() {
    return got;
  }

  @Override
  public void close() {
    server.close(CloseMode.IMMEDIATE);
  }

  private final class Handler implements AsyncServerRequestHandler<Message<HttpRequest, String>> {

    @Override
    public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
        HttpRequest request, EntityDetails entity, HttpContext context) {
      return new BasicRequestConsumer<>(new StringAsyncEntityConsumer());
    }

    @Override
    public void handle(
        Message<HttpRequest, String> message, ResponseTrigger response, HttpContext context)
        throws IOException, HttpException {
      got.add(
          new Got(
              context.getProtocolVersion(),
              HttpCoreContext.cast(context).getEndpointDetails().getRemoteAddress(),
              message.getBody()));
      response.submitResponse(AsyncResponseBuilder.create(204).build(), context);
    }
  }
}
