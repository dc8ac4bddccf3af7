package io.claudeflow.swarm.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of metrics in docs/observability.md is what the sources declare. */
class MetricsPageTest {
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final Path PAGE = ROOT.resolve("docs/observability.md");
    private static final String BEGIN = "<!-- metrics: begin -->\n";
    private static final String END = "<!-- metrics: end -->";
    private static final List<String> SERVICES = List.of("mesh-kit", "operator-verticle", "hivemind-service",
            "agent-runtime");
    private static final String TEXT = "\"((?:[^\"\\\\]|\\\\.)*)\"";
    private static final Pattern FAMILY = Pattern.compile("Family\\.(gauge|counter|histogram)\\(\\s*" + TEXT
            + "\\s*,\\s*" + TEXT + "\\s*,\\s*((?:" + TEXT + "\\s*\\+?\\s*)+)([^;]*)\\);");
    private static final Pattern STRING = Pattern.compile(TEXT);

    @Test
    void theTableIsWhatTheSourcesDeclare() throws IOException {
        var rows = new TreeSet<String>();
        for (var service : SERVICES) {
            try (var files = Files.walk(ROOT.resolve(service).resolve("src/main/java"))) {
                for (var file : files.filter(path -> path.toString().endsWith("Metrics.java")
                        || path.toString().endsWith("Lag.java")).toList()) {
                    rows(service, Files.readString(file), rows);
                }
            }
        }
        var page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        var table = "| metric | kind | unit | labels | what | served by |\n|---|---|---|---|---|---|\n"
                + String.join("", rows);
        if ("write".equals(System.getProperty("swarm.docs"))) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
        } else {
            assertEquals(table, page.substring(begin, end),
                    "write it anew with: mvn -pl qa/arch -am -Dtest=MetricsPageTest -Dswarm.docs=write"
                            + " -Dsurefire.failIfNoSpecifiedTests=false test");
        }
    }

    private static void rows(String service, String source, TreeSet<String> rows) {
        var match = FAMILY.matcher(source);
        while (match.find()) {
            var labels = match.group(6).contains("DURATIONS") ? "" : texts(match.group(6), ", ");
            rows.add("| `" + match.group(2) + "` | " + match.group(1) + " | " + match.group(3) + " | " + labels + " | "
                    + texts(match.group(4), "") + " | " + (service.equals("mesh-kit") ? "every service" : service)
                    + " |\n");
        }
    }

    private static String texts(String source, String separator) {
        return STRING.matcher(source).results().map(text -> text.group(1)).collect(Collectors.joining(separator));
    }
}
