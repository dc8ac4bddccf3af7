package io.claudeflow.swarm.cli.resource;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How resources are printed; the words of {@code -o}. */
public enum Output {
    TABLE, WIDE, JSON, YAML, NAME;

    /** The words, comma-separated. */
    public static String words() {
        return Arrays.stream(values()).map(Output::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
