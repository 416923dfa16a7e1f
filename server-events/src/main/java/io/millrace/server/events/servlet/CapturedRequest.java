package io.millrace.server.events.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
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

  @Override
  public BufferedReader getReader() throws IOException {
    BufferedReader present = reader;
    if (present == null) {
      if (stream != null) {
        throw new IllegalStateException("the input stream is in use");
      }
      present = new BufferedReader(new InputStreamReader(getInputStream(), charset()));
      reader = present;
    }
    return present;
  }

  private Charset charset() throws UnsupportedEncodingException {
    String name = getCharacterEncoding();
    try {
      return name == null ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw (UnsupportedEncodingException) new UnsupportedEncodingException(name).initCause(e);
    }
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
