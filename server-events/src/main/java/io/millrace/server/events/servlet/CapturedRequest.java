package io.millrace.server.events.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of which a copy is kept of what the application reads, as it reads it. Nothing is read
 * on the application's behalf, so that the call is neither delayed nor changed.
 */
final class CapturedRequest extends HttpServletRequestWrapper {

  private final BoundedCapture capture;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private boolean parametersRead;

  CapturedRequest(HttpServletRequest request, BoundedCapture capture) {
    super(request);
    this.capture = capture;
  }

  /** The fields of a form that the application asked for; null if it read no parameters. */
  @Nullable Map<String, String[]> readParameters() {
    return parametersRead ? super.getParameterMap() : null;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    ServletInputStream present = stream;
    if (present == null) {
      present = new Tee(super.getInputStream(), capture);
      stream = present;
    }
    return present;
  }

  /** The container's reader, which alone knows how it takes a missing charset. */
  @Override
  public BufferedReader getReader() throws IOException {
    BufferedReader present = reader;
    if (present == null) {
      present = new BufferedReader(new TextTee(super.getReader(), capture));
      reader = present;
    }
    return present;
  }

  /** Whether the copy is UTF-8, since the application read characters. */
  boolean readText() {
    return reader != null;
  }

  @Override
  public String getParameter(String name) {
    parametersRead = true;
    return super.getParameter(name);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    parametersRead = true;
    return super.getParameterMap();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    parametersRead = true;
    return super.getParameterNames();
  }

  @Override
  public String[] getParameterValues(String name) {
    parametersRead = true;
    return super.getParameterValues(name);
  }

  private static final class TextTee extends Reader {

    private final Reader from;
    private final BoundedCapture capture;

    TextTee(Reader from, BoundedCapture capture) {
      this.from = from;
      this.capture = capture;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
      int read = from.read(into, offset, length);
      if (read > 0 && !capture.isTooLarge()) {
        byte[] bytes = new String(into, offset, read).getBytes(StandardCharsets.UTF_8);
        capture.add(bytes, 0, bytes.length);
      }
      return read;
    }

    @Override
    public boolean ready() throws IOException {
      return from.ready();
    }

    @Override
    public void close() throws IOException {
      from.close();
    }
  }

  private static final class Tee extends ServletInputStream {

    private final ServletInputStream from;
    private final BoundedCapture capture;

    Tee(ServletInputStream from, BoundedCapture capture) {
      this.from = from;
      this.capture = capture;
    }

    @Override
    public int read() throws IOException {
      int read = from.read();
      if (read >= 0) {
        capture.add(read);
      }
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = from.read(into, offset, length);
      capture.add(into, offset, read);
      return read;
    }

    @Override
    public int available() throws IOException {
      return from.available();
    }

    @Override
    public void close() throws IOException {
      from.close();
    }

    @Override
    public boolean isFinished() {
      return from.isFinished();
    }

    @Override
    public boolean isReady() {
      return from.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      from.setReadListener(listener);
    }
  }
}
