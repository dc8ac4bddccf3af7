package io.claudeflow.swarm.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on dependencies names every group and version that the root pom manages. */
class DependenciesTest {
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9.-]+)\\.version>([^<]+)</");
    private static final Pattern ARTIFACT = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
    private static final List<String> OURS_OR_MAVENS = List.of("io.claudeflow.swarm", "org.apache.maven.plugins");

    @Test
    void everyManagedGroupAndVersionStandsOnThePage() throws Exception {
        var pom = Files.readString(ROOT.resolve("pom.xml"));
        var rows = Files.readString(ROOT.resolve("docs/dependencies.md"))
                .lines()
                .filter(line -> line.startsWith("|"))
                .toList();
        var versions = new TreeMap<String, String>();
        PROPERTY.matcher(pom)
                .results()
                .forEach(match -> versions.put("${" + match.group(1) + ".version}", match.group(2)));

        var missing = new TreeSet<String>();
        int seen = 0;
        for (var match : ARTIFACT.matcher(pom).results().toList()) {
            if (OURS_OR_MAVENS.contains(match.group(1))) {
                continue;
            }
            seen++;
            var version = versions.getOrDefault(match.group(3), match.group(3));
            boolean stands = rows.stream()
                    .anyMatch(row -> row.contains("| " + version + " |") && named(row, match.group(1)));
            if (!stands) {
                missing.add(match.group(1) + " " + version);
            }
        }

        assertTrue(seen > 30, "only " + seen + " artifacts were seen");
        assertEquals(new TreeSet<String>(), missing);
    }

    /** A row names a group, or the group that it begins with. */
    private static boolean named(String row, String group) {
        return Pattern.compile("^\\| `([a-z0-9.]+)`")
                .matcher(row)
                .results()
                .anyMatch(match -> group.equals(match.group(1)) || group.startsWith(match.group(1) + "."));
    }
}
