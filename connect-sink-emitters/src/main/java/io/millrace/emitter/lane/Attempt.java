package io.millrace.emitter.lane;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The events that are handed out together: one dead letter, or up to so many events, of each key
 * the oldest. Guarded by the lane.
 */
final class Attempt {

  private final List<Delivery> deliveries = new ArrayList<>(1);
  private final List<Strand> strands = new ArrayList<>(1);
  private int limit;

  Attempt(int limit) {
    this.limit = limit;
  }

  /** Takes the oldest of a strand as far as there is room; false if there was none. */
  boolean take(Strand strand) {
    int before = deliveries.size();
    for (Delivery delivery : strand.deliveries) {
      int most = delivery.isRejected() ? 1 : Math.min(limit, delivery.company);
      if (deliveries.size() >= most) {
        break;
      }
      limit = most;
      deliveries.add(delivery);
    }
    if (deliveries.size() == before) {
      return false;
    }
    strands.add(strand);
    return true;
  }

  Attempt sorted() {
    if (strands.size() > 1) {
      deliveries.sort(Comparator.comparingLong(Delivery::offset));
    }
    return this;
  }

  Delivery first() {
    return deliveries.get(0);
  }

  /** In the order of their offsets. */
  List<Delivery> deliveries() {
    return deliveries;
  }

  List<Strand> strands() {
    return strands;
  }

  List<Emission> emissions(LaneId lane) {
    List<Emission> emissions = new ArrayList<>(deliveries.size());
    deliveries.forEach(delivery -> emissions.add(delivery.emission(lane)));
    return emissions;
  }
}
