package io.millrace.server.events.scan;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.ScanResult;
import io.millrace.model.event.TopicPath;
import io.millrace.server.events.EventBus;
import io.millrace.server.events.EventManager;
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.IntegrationEventSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Subscribes what is marked with {@link IntegrationEventSubscriber}. Each class is made once and
 * serves all its topics.
 */
public final class AnnotatedSubscribers {

  private final Function<Class<? extends EventSubscriber>, ? extends EventSubscriber> maker;

  /**
   * With subscribers from elsewhere, such as a container of beans.
   *
   * @param maker gives the subscriber of a class
   */
  public AnnotatedSubscribers(
      Function<Class<? extends EventSubscriber>, ? extends EventSubscriber> maker) {
    this.maker = maker;
  }

  /** With subscribers made by their constructor without parameters, which may be private. */
  public AnnotatedSubscribers() {
    this(AnnotatedSubscribers::make);
  }

  /**
   * Finds marked classes, abstract ones left out, and subscribes them.
   *
   * @param packages each with those below it; none scans the whole class path, which takes longer
   * @return what was subscribed
   * @throws IllegalArgumentException naming everything that is wrong; nothing is subscribed then
   */
  public List<EventSubscriber> scan(EventBus bus, String... packages) {
    List<Class<?>> classes;
    try (ScanResult found =
        new ClassGraph()
            .acceptPackages(packages)
            .enableAnnotationInfo()
            .ignoreClassVisibility()
            .scan()) {
      classes =
          found.getClassesWithAnnotation(IntegrationEventSubscriber.class).stream()
              .filter(info -> !info.isAbstract())
              .sorted()
              .<Class<?>>map(ClassInfo::loadClass)
              .toList();
    }
    return subscribe(bus, classes);
  }

  /**
   * Subscribes marked classes by hand.
   *
   * @throws IllegalArgumentException as {@link #scan}
   */
  public List<EventSubscriber> subscribe(EventBus bus, List<Class<?>> classes) {
    List<String> problems = new ArrayList<>();
    classes.forEach(type -> check(type, problems));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    List<EventSubscriber> made = new ArrayList<>();
    for (Class<?> type : classes) {
      made.add(maker.apply(type.asSubclass(EventSubscriber.class)));
    }
    for (int i = 0; i < made.size(); i++) {
      IntegrationEventSubscriber mark = mark(classes.get(i));
      EventManager manager = mark.broadcast() ? bus.getBroadcastManager() : bus.getEventManager();
      for (String topic : mark.topics()) {
        manager.subscribe(topic, made.get(i));
      }
    }
    return made;
  }

  private static void check(Class<?> type, List<String> problems) {
    IntegrationEventSubscriber mark = type.getAnnotation(IntegrationEventSubscriber.class);
    if (mark == null) {
      problems.add(type.getName() + " is not marked with IntegrationEventSubscriber");
      return;
    }
    if (!EventSubscriber.class.isAssignableFrom(type)) {
      problems.add(type.getName() + " is no EventSubscriber");
    }
    if (mark.topics().length == 0) {
      problems.add(type.getName() + " names no topics");
    }
    for (String topic : mark.topics()) {
      try {
        TopicPath unused = TopicPath.parse(topic);
      } catch (IllegalArgumentException e) {
        problems.add(type.getName() + ": topic '" + topic + "' is none: " + e.getMessage());
      }
    }
  }

  private static IntegrationEventSubscriber mark(Class<?> type) {
    IntegrationEventSubscriber mark = type.getAnnotation(IntegrationEventSubscriber.class);
    if (mark == null) {
      throw new IllegalStateException(type.getName() + " was checked");
    }
    return mark;
  }

  private static EventSubscriber make(Class<? extends EventSubscriber> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(
          type.getName() + " could not be made by a constructor without parameters", e);
    }
  }
}
