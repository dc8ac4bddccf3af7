package io.claudeflow.swarm.kit.metrics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The documentation's table of a service's families. */
public final class FamilyTable {
    private FamilyTable() {}

    /** A Markdown table, one row per family in the order given, ending in a line break. */
    public static String markdown(List<Family> families) {
        var rows = families.stream()
                .map(family -> "| `" + family.name() + "` | " + family.kind().name().toLowerCase(Locale.ROOT) + " | "
                        + family.unit() + " | "
                        + family.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "))
                        + " | " + family.description().replace("|", "\\|") + " |\n");
        return "| name | type | unit | labels | what it says |\n|---|---|---|---|---|\n"
                + rows.collect(Collectors.joining());
    }
}
