package io.claudeflow.swarm.operator.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.api.v1alpha1.Crds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/conditions.md is made from {@link Catalogue}; with the system property {@code golden.write} it is written anew. */
class CataloguePageTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Path PAGE = Path.of("../docs/conditions.md");

    @Test
    void thePageIsWhatTheCatalogueSays() throws IOException {
        var page = page();
        if (System.getProperty("golden.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page);
    }

    private static String page() {
        var text = new StringBuilder(
                """
                        # Conditions
                        What `kubectl describe` and `kubectl wait` show, by kind. This page is made from the operator's catalogue of
                        conditions; a test compares the two. Types and reasons are stable words, so scripts and alerts may rest on them;
                        messages are sentences for people and may change. `lastTransitionTime` is when the status turned, and
                        `observedGeneration` the generation of the spec that the condition is about.

                        `kubectl wait --for=condition=Ready swarmcluster/NAME`, `--for=condition=Complete swarmtask/NAME` and
                        `--for=condition=Failed swarmtask/NAME` work.
                        """);
        Crds.PLURALS.forEach(
                plural -> kind(text, YAML.unmarshal(Crds.yaml(plural), GenericKubernetesResource.class)));
        return text.toString();
    }

    private static void kind(StringBuilder text, GenericKubernetesResource crd) {
        String kind = crd.get("spec", "names", "kind");
        text.append("\n## ").append(kind).append("\n\n| type | status | reason | when |\n|---|---|---|---|\n");
        Catalogue.ENTRIES.stream()
                .filter(entry -> entry.kind().equals(kind))
                .forEach(entry -> text.append("| ")
                        .append(entry.type())
                        .append(" | ")
                        .append(entry.status())
                        .append(" | ")
                        .append(entry.reason())
                        .append(" | ")
                        .append(entry.meaning())
                        .append(" |\n"));
        text.append("\nColumns of `kubectl get`: ")
                .append(columns(crd, 0))
                .append("; with `-o wide` also ")
                .append(columns(crd, 1))
                .append(".\n");
    }

    private static String columns(GenericKubernetesResource crd, int priority) {
        List<Map<String, Object>> columns = crd.get("spec", "versions", 0, "additionalPrinterColumns");
        return columns.stream()
                .filter(column -> column.getOrDefault("priority", 0).equals(priority))
                .map(column -> String.valueOf(column.get("name")))
                .collect(Collectors.joining(", "));
    }
}
