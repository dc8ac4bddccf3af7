package io.claudeflow.swarm.api.v1alpha1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The files in k8s/crds are what the types generate, with the printer columns in the order in which the type lists them
 * (the generator sorts them by path). {@code mvn test -Dtest=CrdFilesTest -Dcrds.write} writes them.
 */
class CrdFilesTest {
    private static final Path GENERATED = Path.of(System.getProperty("crds.generated", "target/crds"));
    private static final Path COMMITTED = Path.of("../k8s/crds");
    private static final Pattern COLUMNS = Pattern.compile("(?m)(?<=additionalPrinterColumns:\n)(    [- ] .*\n)+");
    private static final String HEADER = "# Generated from the types in swarm-api: change those, then run\n"
            + "# mvn -f swarm-api/pom.xml test -Dtest=CrdFilesTest -Dcrds.write\n";

    @TestFactory
    Stream<DynamicTest> eachCommittedFileIsWhatTheTypesGenerate() {
        return Stream.of(SwarmCluster.class, SwarmAgent.class, SwarmTask.class, SwarmMemory.class)
                .map(kind -> DynamicTest.dynamicTest(kind.getSimpleName(), () -> compare(kind)));
    }

    private static void compare(Class<?> kind) throws IOException {
        var plural = HasMetadata.getPlural(kind);
        var committed = COMMITTED.resolve(plural + ".yaml");
        var wanted = HEADER + arranged(kind, GENERATED.resolve(plural + "." + SwarmApi.GROUP + "-v1.yml"));
        if (System.getProperty("crds.write") != null) {
            Files.createDirectories(COMMITTED);
            Files.writeString(committed, wanted);
        }
        assertEquals(wanted, Files.exists(committed) ? Files.readString(committed) : "",
                committed + " is not what the types generate; write it with -Dtest=CrdFilesTest -Dcrds.write");
    }

    private static String arranged(Class<?> kind, Path generated) throws IOException {
        var yaml = Files.readString(generated).replaceFirst("^#.*\\R", "");
        var columns = COLUMNS.matcher(yaml);
        if (!columns.find()) {
            throw new IllegalStateException("no printer columns in " + generated);
        }
        var order = Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        var arranged = Arrays.stream(columns.group().split("(?m)^(?=    - )", -1))
                .sorted(Comparator.comparingInt(column -> order.indexOf(nameOf(column))))
                .collect(Collectors.joining());
        return yaml.substring(0, columns.start()) + arranged + yaml.substring(columns.end());
    }

    private static String nameOf(String column) {
        return column.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("name: "))
                .findFirst()
                .orElseThrow()
                .substring("name: ".length());
    }
}
