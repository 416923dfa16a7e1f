package io.millrace.emitter.task;

import io.millrace.filter.EventMatcher;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.ParameterExpressions;
import io.millrace.model.emitter.EmitterParameters;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.InvalidDefinitionException;
import io.millrace.model.emitter.Problem;
import io.millrace.model.event.ResourceName;
import io.millrace.model.event.TopicPath;
import io.millrace.model.identity.InvalidIdentityException;
import io.millrace.model.kafka.MillraceTopics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What can be wrong with a connector's configuration beyond single values: all of it is found at
 * once, and each problem is told at its key.
 */
final class ConfigCheck {

  private final EmitterKind kind;
  private final Map<String, String> props;
  private final Map<String, ConfigValue> values = new HashMap<>();
  private final Set<String> broken = new HashSet<>();

  /**
   * Over a configuration whose values were checked one by one.
   *
   * @param config takes the problems
   */
  ConfigCheck(EmitterKind kind, Map<String, String> props, Config config) {
    this.kind = kind;
    this.props = props;
    for (ConfigValue value : config.configValues()) {
      values.put(value.name(), value);
      if (!value.errorMessages().isEmpty()) {
        broken.add(value.name());
      }
    }
  }

  void run() {
    checkPrefix();
    checkBackoff();
    Optional<EmitterParameters> parameters = Optional.empty();
    if (ModeConfig.TOPIC.equalsIgnoreCase(props.get(ModeConfig.DEFINITIONS))) {
      checkShared();
    } else if (!broken.contains(ModeConfig.DEFINITIONS)) {
      parameters = checkParameters();
      checkFilter();
      checkIdentity();
      if (props.containsKey(ModeConfig.DEAD_LETTERS)) {
        needBootstrap(ModeConfig.DEAD_LETTERS + " is given");
      }
    }
    if (broken.isEmpty()) {
      kind.check().problems(props, parameters).forEach(this::parameterProblem);
    }
  }

  private void checkShared() {
    needBootstrap(ModeConfig.DEFINITIONS + " is " + ModeConfig.TOPIC);
    Set<String> inline = new LinkedHashSet<>(kind.parameterKeys().get().names());
    inline.addAll(InlineConfig.DEF.names());
    inline.add(IdentityConfig.REF);
    inline.addAll(IdentityKeys.names());
    inline.stream()
        .filter(props::containsKey)
        .forEach(
            key ->
                problem(
                    key,
                    "is for direct mode, and here %s is %s: each emitter's definition says it"
                        .formatted(ModeConfig.DEFINITIONS, ModeConfig.TOPIC)));
  }

  private Optional<EmitterParameters> checkParameters() {
    try {
      EmitterParameters parameters = ParameterKeys.read(kind, props);
      ParameterExpressions.problems(parameters).forEach(this::parameterProblem);
      return Optional.of(parameters);
    } catch (InvalidDefinitionException e) {
      e.problems().forEach(this::parameterProblem);
      return Optional.empty();
    }
  }

  /** A part of a parameter, such as {@code columns[0].name}, has no key of its own. */
  private void parameterProblem(Problem problem) {
    String field = problem.field();
    String parameter = field.replaceAll("[.\\[].*", "");
    String key = values.containsKey(field) ? field : ParameterKeys.keyOf(parameter);
    String told = field.equals(parameter) ? key : field;
    tell(key, told + " " + problem.reason());
  }

  private void checkFilter() {
    list(InlineConfig.TOPIC_PATHS).forEach(this::checkTopicPath);
    String filter = props.get(InlineConfig.FILTER);
    if (filter == null) {
      return;
    }
    try {
      EventMatcher.compile(new EventFilter(List.of(), Set.of(), filter));
    } catch (InvalidFilterException e) {
      e.problems().forEach(problem -> problem(InlineConfig.FILTER, problem.reason()));
    }
  }

  private void checkIdentity() {
    for (String key : IdentityKeys.unresolved(props)) {
      problem(key, "is a reference that no config provider of the worker has resolved");
      broken.add(key);
    }
    try {
      if (IdentityKeys.read(props).isPresent() && props.containsKey(IdentityConfig.REF)) {
        problem(IdentityConfig.REF, "names an identity, and another one is written out here");
      }
    } catch (InvalidIdentityException e) {
      for (Problem problem : e.problems()) {
        String key = IdentityKeys.key(problem.field());
        if (values.containsKey(key)) {
          problem(key, problem.reason());
        } else {
          problem(IdentityKeys.TYPE, "needs another " + key + ", which " + problem.reason());
        }
      }
    }
    String ref = props.get(IdentityConfig.REF);
    if (ref != null && !ResourceName.isValid(ref)) {
      problem(IdentityConfig.REF, "must be " + ResourceName.RULE);
    }
  }

  private void checkTopicPath(String path) {
    try {
      TopicPath.parse(path);
    } catch (IllegalArgumentException e) {
      problem(InlineConfig.TOPIC_PATHS, "is wrong: " + e.getMessage());
    }
  }

  private void checkPrefix() {
    try {
      new MillraceTopics(props.getOrDefault(ModeConfig.PREFIX, MillraceTopics.DEFAULT_PREFIX));
    } catch (IllegalArgumentException e) {
      problem(ModeConfig.PREFIX, "is wrong: " + e.getMessage());
    }
  }

  private void checkBackoff() {
    if (value(DeliveryConfig.BACKOFF) instanceof Long first
        && value(DeliveryConfig.BACKOFF_MAX) instanceof Long cap
        && cap < first) {
      problem(DeliveryConfig.BACKOFF_MAX, "must not be less than " + DeliveryConfig.BACKOFF);
    }
  }

  private void needBootstrap(String why) {
    if (list(ModeConfig.BOOTSTRAP).isEmpty()) {
      problem(ModeConfig.BOOTSTRAP, "is required since " + why);
    }
  }

  private List<String> list(String key) {
    return value(key) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  private Object value(String key) {
    ConfigValue value = values.get(key);
    return value == null || value.value() == null ? "" : value.value();
  }

  private void problem(String key, String reason) {
    tell(key, key + " " + reason);
  }

  private void tell(String key, String sentence) {
    ConfigValue value = values.get(key);
    if (value != null && !broken.contains(key)) {
      value.addErrorMessage(sentence);
    }
  }
}
