package io.millrace.server.events.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.server.events.EventData;
import io.millrace.server.events.memory.InMemoryEventBus;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoEventFilterTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<Operation> OPERATIONS =
      List.of(
          new Operation(
              "POST",
              "/orders",
              "shop",
              "placeOrder",
              "order",
              "1.0",
              Operation.topics("order/asked; audit/asked"),
              List.of("order/answered")),
          Operation.of("GET", "/orders/*", "shop", "findOrder", "order/sought", ""));

  private final InMemoryEventBus bus = new InMemoryEventBus();
  private FilteredServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new FilteredServer(
            bus.getEventNotifier(), OPERATIONS, AutoEventSettings.defaults(), new Shop());
  }

  @AfterEach
  void stop() {
    server.close();
    bus.close();
  }

  @Test
  void raisesRequestAndResponseWithWhatDescribesThem() throws Exception {
    HttpResponse<String> response =
        server.send(
            server
                .to("/orders?dry=a%20b&tag=1&tag=2&access_token=secret&code=secret&Sig=secret")
                .header("Content-Type", "application/json")
                .header("X-Request-Id", "r-1")
                .header("Authorization", "Bearer secret")
                .header("X-VoltMX-Authorization", "secret")
                .header("Cookie", "session=secret")
                .POST(BodyPublishers.ofString("{\"total\":12.50}")));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("{\"order\":\"o-1\",\"price\":\"12 €\"}");
    List<EventData> events = raised(3);
    EventData asked = events.get(0);
    assertThat(asked.getTopic()).isEqualTo("order/asked");
    assertThat(asked.getData()).isEqualTo(Map.of("total", new BigDecimal("12.50")));
    assertThat(asked.getAdditionalMetadata())
        .containsEntry("serviceId", "shop")
        .containsEntry("operationId", "placeOrder")
        .containsEntry("objectId", "order")
        .containsEntry("version", "1.0")
        .containsEntry("queryParams", Map.of("dry", "a b", "tag", List.of("1", "2")));
    assertThat(((Map<?, ?>) asked.getAdditionalMetadata().get("headers")).keySet())
        .extracting(String::valueOf)
        .containsExactlyInAnyOrder("content-type", "user-agent", "x-request-id");
    assertThat(events.get(1).getTopic()).isEqualTo("audit/asked");
    EventData answered = events.get(2);
    assertThat(answered.getTopic()).isEqualTo("order/answered");
    assertThat(answered.getData()).isEqualTo(Map.of("order", "o-1", "price", "12 €"));
    assertThat(answered.getAdditionalMetadata()).containsEntry("status", 201);
    assertThat(answered.getAdditionalMetadata().toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "writer", "async", "slowly"})
  void capturesWhicheverWayTheServletReadsAndAnswers(String way) throws Exception {
    HttpResponse<String> response =
        server.send(
            server
                .to("/orders?way=" + way)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"n\":1}")));

    assertThat(response.statusCode()).isEqualTo(201);
    List<EventData> events = raised(3);
    assertThat(events.get(0).getData()).isEqualTo(Map.of("n", 1));
    assertThat(events.get(2).getData()).isEqualTo(Map.of("order", "o-1", "price", "12 €"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/plain",
        "text/plain; charset=ISO-8859-1",
        "text/plain; charset=UTF-8"
      })
  void aReaderReadsWhatItWouldReadWithoutTheFilter(String type) throws Exception {
    List<String> answers = new ArrayList<>();
    for (String path : List.of("/orders", "/unfiltered")) {
      answers.add(
          server
              .send(
                  server
                      .to(path + "?way=echo")
                      .header("Content-Type", type)
                      .POST(BodyPublishers.ofString("\"ü €\"")))
              .body());
    }

    assertThat(answers.get(0)).isEqualTo(answers.get(1));
    assertThat(raised(3).get(0).getData().toString())
        .isEqualTo(type.contains("json") ? "ü €" : answers.get(1));
  }

  @Test
  void takesAFormForAnObject() throws Exception {
    server.send(
        server
            .to("/orders?way=form")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("product=kettle&password=secret")));

    assertThat(raised(3).get(0).getData()).isEqualTo(Map.of("way", "form", "product", "kettle"));
  }

  @Test
  void leavesOutWhatIsTooLargeOrNoText() throws Exception {
    server.send(
        server
            .to("/orders?way=large")
            .header("Content-Type", "image/png")
            .POST(BodyPublishers.ofByteArray(new byte[100])));

    List<EventData> events = raised(3);
    assertThat(events.get(0).getData()).isNull();
    assertThat(events.get(0).getAdditionalMetadata())
        .containsEntry("payloadOmitted", "is neither JSON nor text");
    assertThat(events.get(2).getData()).isNull();
    assertThat(events.get(2).getAdditionalMetadata())
        .containsEntry("payloadOmitted", "larger than 65536 bytes");
  }

  @Test
  void keepsAsTextWhatOnlyClaimsToBeJson() throws Exception {
    server.send(
        server
            .to("/orders")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"n\":")));

    assertThat(raised(3).get(0).getData()).isEqualTo("{\"n\":");
  }

  @Test
  void raisesNoAnswerThatThereIsNot() throws Exception {
    HttpResponse<String> response =
        server.send(server.to("/orders?way=broken").POST(BodyPublishers.ofString("x")));
    server.send(server.to("/orders/7/lines").GET());
    server.send(server.to("/ordersandmore").GET());
    server.send(server.to("/other").POST(BodyPublishers.ofString("x")));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(raised(3))
        .extracting(EventData::getTopic)
        .containsExactly("order/asked", "audit/asked", "order/sought");
  }

  @Test
  void aCallGoesOnWhateverHappensToItsEvents() throws Exception {
    try (FilteredServer broken =
        new FilteredServer(
            event -> {
              throw new IllegalStateException("no bus");
            },
            OPERATIONS,
            AutoEventSettings.defaults(),
            new Shop())) {
      HttpResponse<String> response =
          broken.send(broken.to("/orders").POST(BodyPublishers.ofString("{}")));

      assertThat(response.statusCode()).isEqualTo(201);
      await().atMost(LIMIT).until(() -> broken.filter.counts().failed() == 3);
    }
  }

  @Test
  void refusesToPassOnCredentials() {
    assertThatThrownBy(
            () ->
                new AutoEventSettings(
                    Set.of("Accept", "Authorization", "X-Api-Key", "Set-Cookie"),
                    1,
                    1,
                    AutoEventSettings.Full.DROP,
                    0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "headers carry credentials, which events never do:"
                + " authorization, set-cookie, x-api-key");
  }

  @Test
  void namesEverythingThatIsWrongWithAnOperation() {
    assertThatThrownBy(() -> Operation.of("GET", "orders", " ", "", "a//b", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("path must begin with '/'")
        .hasMessageContaining("serviceId must not be empty")
        .hasMessageContaining("operationId must not be empty")
        .hasMessageContaining("requestTopics: 'a//b' is none");
  }

  private List<EventData> raised(int count) {
    await().atMost(LIMIT).until(() -> bus.raised().size() >= count);
    return bus.raised();
  }

  private static final class Shop extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String ANSWER = "{\"order\":\"o-1\",\"price\":\"12 €\"}";

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String query = String.valueOf(request.getQueryString());
      String way = query.substring(query.indexOf('=') + 1);
      response.setStatus(201);
      response.setContentType("application/json");
      switch (way) {
        case "writer" -> {
          response.setCharacterEncoding("UTF-8");
          StringBuilder read = new StringBuilder();
          request.getReader().lines().forEach(read::append);
          response.getWriter().print(ANSWER);
        }
        case "async" -> {
          AsyncContext context = request.startAsync(request, response);
          context.start(() -> answerLater(request, context));
        }
        case "echo" -> {
          String read = request.getReader().readLine();
          response.getOutputStream().write(read.getBytes(UTF_8));
        }
        case "slowly" -> {
          for (int b = request.getInputStream().read(); b >= 0; ) {
            b = request.getInputStream().read();
          }
          for (byte b : ANSWER.getBytes(UTF_8)) {
            response.getOutputStream().write(b);
          }
        }
        case "form" -> response.getOutputStream().print(request.getParameter("product").length());
        case "large" -> {
          request.getInputStream().readAllBytes();
          response.getOutputStream().write(new byte[70_000]);
        }
        case "broken" -> throw new IllegalStateException("out of paper");
        default -> {
          request.getInputStream().readAllBytes();
          response.getOutputStream().write(ANSWER.getBytes(UTF_8));
        }
      }
    }

    private static void answerLater(HttpServletRequest request, AsyncContext context) {
      try {
        request.getInputStream().readAllBytes();
        context.getResponse().getOutputStream().write(ANSWER.getBytes(UTF_8));
        context.complete();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(204);
    }
  }
}
