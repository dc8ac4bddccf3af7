package io.claudeflow.swarm.kit.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a service's variables and gathers what is wrong with them, so that a person sees every problem at once. Ask for all
 * values first, then call {@link #check}; a value that has a problem reads as its fallback until then.
 *
 * <p>A variable that starts with one of the service's own prefixes and that nobody asked for is a problem too: it is a typing
 * error.
 */
public final class Settings {
    private final Map<String, String> variables;
    private final List<String> prefixes;
    private final Set<String> read = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    private Settings(Map<String, String> variables, List<String> prefixes) {
        this.variables = variables;
        this.prefixes = prefixes;
    }

    /** Settings from those variables; {@code prefixes} are the service's own, for example {@code HIVEMIND_}. */
    public static Settings of(Map<String, String> variables, String... prefixes) {
        return new Settings(Map.copyOf(variables), List.of(prefixes));
    }

    public String text(String name) {
        return required(name, "", value -> value);
    }

    public String text(String name, String fallback) {
        return optional(name, fallback, value -> value);
    }

    public int port(String name, int fallback) {
        return number(name, fallback, 0, 65_535);
    }

    public int number(String name, int fallback, int min, int max) {
        return optional(name, fallback, value -> {
            int number = Integer.parseInt(value);
            if (number < min || number > max) {
                throw new IllegalArgumentException("allowed are " + min + " to " + max);
            }
            return number;
        });
    }

    /** A duration such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
    public Duration duration(String name, Duration fallback) {
        return optional(name, fallback, Durations::parse);
    }

    public boolean flag(String name, boolean fallback) {
        return optional(name, fallback, value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("allowed are true and false");
        });
    }

    /** A value with a parser of the caller's, whose exception message says what is allowed. */
    public <T> T required(String name, T placeholder, Function<String, T> parse) {
        var value = value(name);
        if (value == null) {
            problems.add(name + ": is not set");
            return placeholder;
        }
        return parsed(name, value, placeholder, parse);
    }

    public <T> T optional(String name, T fallback, Function<String, T> parse) {
        var value = value(name);
        return value == null ? fallback : parsed(name, value, fallback, parse);
    }

    /** Adds a problem that spans several variables. */
    public void problem(String sentence) {
        problems.add(sentence);
    }

    /** Throws if anything was wrong. */
    public void check() {
        var unknown = new TreeSet<String>();
        for (var name : variables.keySet()) {
            if (!read.contains(name) && prefixes.stream().anyMatch(name::startsWith)) {
                unknown.add(name);
            }
        }
        unknown.forEach(name -> problems.add(name + ": is not a known variable; known are " + String.join(", ", read)));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private @Nullable String value(String name) {
        read.add(name);
        var value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private <T> T parsed(String name, String value, T fallback, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (NumberFormatException e) {
            problems.add(name + ": '" + value + "' is not a whole number");
        } catch (DateTimeParseException | IllegalArgumentException e) {
            problems.add(name + ": '" + value + "' is not allowed: " + e.getMessage());
        }
        return fallback;
    }
}
