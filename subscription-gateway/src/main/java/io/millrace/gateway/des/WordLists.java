package io.millrace.gateway.des;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads lists in brackets as the query of a handshake holds them: JSON, or, as the vendor's
 * document writes it, without the quotes: {@code [[service, prod], [environment]]}.
 */
final class WordLists {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEEPEST = 2;

  private final String text;
  private int at;

  private WordLists(String text) {
    this.text = text;
  }

  /**
   * The lists of a list.
   *
   * @throws IllegalArgumentException with a sentence that does not name the field
   */
  static List<List<String>> ofLists(String text) {
    List<List<String>> lists = new ArrayList<>();
    for (Object each : new WordLists(text).whole()) {
      if (!(each instanceof List<?> list)) {
        throw new IllegalArgumentException("must be a list of lists, such as [[service,prod]]");
      }
      lists.add(words(list, "must be a list of lists of words"));
    }
    return lists;
  }

  /**
   * The words of a list.
   *
   * @throws IllegalArgumentException with a sentence that does not name the field
   */
  static List<String> ofWords(String text) {
    return words(new WordLists(text).whole(), "must be a list of words");
  }

  private static List<String> words(List<?> list, String otherwise) {
    List<String> words = new ArrayList<>();
    for (Object each : list) {
      if (!(each instanceof String word)) {
        throw new IllegalArgumentException(otherwise);
      }
      words.add(word);
    }
    return words;
  }

  private List<Object> whole() {
    List<Object> list = list(1);
    skipBlanks();
    if (at < text.length()) {
      throw wrong("nothing");
    }
    return list;
  }

  private List<Object> list(int depth) {
    expect('[');
    List<Object> items = new ArrayList<>();
    if (next() == ']') {
      at++;
      return items;
    }
    while (true) {
      items.add(next() == '[' && depth < DEEPEST ? list(depth + 1) : word());
      if (next() != ',') {
        expect(']');
        return items;
      }
      at++;
    }
  }

  private String word() {
    int begin = at;
    if (next() == '"') {
      begin = at++;
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      expect('"');
      return unquoted(text.substring(begin, at));
    }
    begin = at;
    while (at < text.length() && ",[]\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(begin, at).strip();
    if (word.isEmpty()) {
      throw wrong("a word");
    }
    return word;
  }

  private static String unquoted(String json) {
    try {
      return JSON.readValue(json, String.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("holds a text that is no JSON: " + json, e);
    }
  }

  /** The character that comes next, a space for none; blanks are passed over. */
  private char next() {
    skipBlanks();
    return at < text.length() ? text.charAt(at) : ' ';
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void expect(char wanted) {
    if (next() != wanted) {
      throw wrong("'" + wanted + "'");
    }
    at++;
  }

  private IllegalArgumentException wrong(String wanted) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new IllegalArgumentException(
        "must have %s at character %d, not %s".formatted(wanted, at + 1, found));
  }
}
