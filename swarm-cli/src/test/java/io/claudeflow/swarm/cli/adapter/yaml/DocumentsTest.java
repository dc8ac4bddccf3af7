package io.claudeflow.swarm.cli.adapter.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final String TEXT = """
            apiVersion: v1
            kind: A
            metadata:
              creationTimestamp: '2026-01-01T00:00:00Z'
              name: one
            spec:
              empty: {}
              items:
              - 1
              - 0.5
              - true
              - null
              - 'true'
              script: |
                a
                b
            """;

    @Test
    void yamlIsReadBackAsTheSame() {
        var object = ManifestReader.parse("f", TEXT).getFirst().json();
        var text = Documents.yaml(object);
        assertEquals(TEXT, text);
        assertEquals(object, ManifestReader.parse("f", text).getFirst().json());
    }

    @Test
    void jsonIsIndentedAsKubectlDoes() {
        var object = ManifestReader
                .parse("f", "apiVersion: v1\nkind: A\nmetadata: {name: x, labels: {}, finalizers: []}\n")
                .getFirst()
                .json();
        assertEquals("""
                {
                    "apiVersion": "v1",
                    "kind": "A",
                    "metadata": {
                        "name": "x",
                        "labels": {},
                        "finalizers": []
                    }
                }""", Documents.json(object));
    }
}
