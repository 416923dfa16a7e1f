package io.millrace.gateway.live;

/** One partition of a stream; written {@code stream:partition}. */
public record Place(String stream, int partition) implements Comparable<Place> {

  @Override
  public int compareTo(Place other) {
    int streams = stream.compareTo(other.stream);
    return streams == 0 ? Integer.compare(partition, other.partition) : streams;
  }

  @Override
  public String toString() {
    return stream + ":" + partition;
  }
}
