package io.claudeflow.swarm.cli.adapter.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
    private static final String HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

    private static String json(String text) {
        return ManifestReader.parse("f", HEAD + text).getFirst().json().path("data").toString();
    }

    private static void refused(String sentence, String text) {
        var failure = assertThrows(SwarmException.class, () -> ManifestReader.parse("f.yaml", text));
        assertEquals(ErrorCode.INVALID, failure.code());
        assertEquals(sentence, failure.getMessage());
    }

    @Test
    void severalDocumentsKeepTheirLines() {
        var manifests = ManifestReader.parse("f.yaml", """
                # first
                apiVersion: v1
                kind: A
                metadata:
                  name: one
                spec:
                  models:
                  - name: x
                  - name: y
                    type: z
                ---
                ---
                apiVersion: g/v1
                kind: B
                metadata: {name: two, namespace: n}
                """);
        assertEquals(List.of("one", "two"), manifests.stream().map(Manifest::name).toList());
        var first = manifests.getFirst();
        assertEquals("f.yaml:2", first.place());
        assertEquals("f.yaml:10", first.place("spec.models[1].type"));
        assertEquals("f.yaml:9", first.place("spec.models[1].path"), "the nearest field above");
        assertEquals("f.yaml:6", first.place("spec.nothing.there"));
        assertEquals("f.yaml:2", first.place("status"));
        assertEquals("n", manifests.getLast().namespace());
        assertEquals("f.yaml:13", manifests.getLast().place());
    }

    @Test
    void scalarsAreReadAsKubectlReadsThem() {
        assertEquals("{\"a\":true,\"b\":false,\"c\":\"y\"}", json("data: {a: yes, b: Off, c: 'y'}"));
        assertEquals("{\"a\":420,\"b\":16,\"c\":-1,\"d\":1000}", json("data: {a: 0644, b: 0x10, c: -1, d: 1_000}"));
        assertEquals("{\"a\":0.66,\"b\":1000}", json("data: {a: 0.66, b: 1e3}").replace("1E+3", "1000"));
        assertEquals("{\"a\":\"2026-01-01\",\"b\":\"12:30:45\",\"c\":\"1.2.3\"}",
                json("data: {a: 2026-01-01, b: 12:30:45, c: 1.2.3}"));
        assertEquals("{\"a\":null,\"b\":null,\"c\":\"null\"}", json("data: {a: ~, b: , c: 'null'}"));
        assertEquals("{\"a\":\"x\\ny\\n\"}", json("data:\n  a: |\n    x\n    y\n"));
    }

    @Test
    void anchorsAndMergesAreResolved() {
        assertEquals("{\"a\":{\"x\":1,\"y\":2},\"b\":{\"x\":1,\"y\":3},\"c\":{\"x\":1,\"y\":2}}",
                json("data:\n  a: &a {x: 1, y: 2}\n  b: {<<: *a, y: 3}\n  c: *a\n"));
    }

    @Test
    void aListIsItsItems() {
        var manifests = ManifestReader.parse("f", """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: A
                  metadata: {name: one}
                - apiVersion: v1
                  kind: B
                  metadata:
                    name: two
                """);
        assertEquals(2, manifests.size());
        assertEquals("f:10", manifests.getLast().place("metadata.name"));
    }

    @Test
    void whatIsWrongHasFileAndLine() {
        refused("f.yaml:2: this is not YAML: mapping values are not allowed here", "a: b\n c: d\n");
        refused("f.yaml:1: apiVersion is missing; for example apiVersion: swarm.claudeflow.io/v1alpha1, kind: SwarmCluster",
                "kind: A\n");
        refused("f.yaml:3: kind is missing; for example apiVersion: swarm.claudeflow.io/v1alpha1, kind: SwarmCluster",
                "---\n# x\napiVersion: v1\nmetadata: {name: a}\n");
        refused("f.yaml:1: metadata.name is missing, or is no text", "apiVersion: v1\nkind: A\nmetadata: {name: 5}\n");
        refused("f.yaml:5: data is there twice; keep one", HEAD + "data: {}\ndata: {}\n");
        refused("f.yaml:1: this is no object; a manifest has apiVersion, kind and metadata.name", "- a\n");
        refused("f.yaml holds no object; a manifest has apiVersion, kind and metadata.name", "# nothing\n");
        refused("f.yaml:4: an anchor repeats itself without end", HEAD + "data: &a\n  b: *a\n");
    }

    @Test
    void aFolderIsItsFilesInOrder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("b.yaml"), HEAD.replace("name: a", "name: b"));
        Files.writeString(folder.resolve("a.yml"), HEAD);
        Files.writeString(folder.resolve("README.md"), "no");
        var manifests = new ManifestReader(folder::resolve).read(List.of("."));
        assertEquals(List.of("a", "b"), manifests.stream().map(Manifest::name).toList());
    }
}
