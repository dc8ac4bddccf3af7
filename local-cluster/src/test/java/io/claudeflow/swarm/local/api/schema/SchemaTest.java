package io.claudeflow.swarm.local.api.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {
    private static final Schema WIDGET = new Schemas().custom(json("""
            {"type": "object", "required": ["spec"], "properties": {"spec": {"type": "object", "required": ["kind"],
              "properties": {
                "kind": {"type": "string", "enum": ["mesh", "ring"]},
                "count": {"type": "integer", "minimum": 1, "maximum": 1000000},
                "text": {"type": "string", "pattern": "^[a-z]+$", "minLength": 2, "maxLength": 5},
                "when": {"type": "string", "format": "date-time"},
                "few": {"type": "array", "maxItems": 2, "minItems": 1, "items": {"type": "string"}},
                "set": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
                "port": {"x-kubernetes-int-or-string": true},
                "any": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
                "map": {"type": "object", "additionalProperties": {"type": "integer"}},
                "nested": {"type": "object", "default": {}, "properties": {"a": {"type": "string", "default": "b"}}},
                "void": {"type": "string", "nullable": true}
              }}}}"""));

    private static ObjectNode json(String text) {
        return (ObjectNode) KubeJson.parse(text);
    }

    private static List<String> errors(String spec) {
        return Validation.validate(WIDGET, json("{\"spec\": " + spec + "}"))
                .stream()
                .map(FieldError::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"kind\":\"star\"} | spec.kind: Unsupported value: \"star\": supported values: \"mesh\", \"ring\"",
        "{} | spec.kind: Required value",
        "{\"kind\":\"ring\",\"count\":\"x\"} | spec.count: Invalid value: \"string\": spec.count in body must be of type integer: \"string\"",
        "{\"kind\":\"ring\",\"count\":0} | spec.count: Invalid value: 0: spec.count in body should be greater than or equal to 1",
        "{\"kind\":\"ring\",\"count\":1000001} | spec.count: Invalid value: 1000001: spec.count in body should be less than or equal to 1000000",
        "{\"kind\":\"ring\",\"text\":\"AB\"} | spec.text: Invalid value: \"AB\": spec.text in body should match '^[a-z]+$'",
        "{\"kind\":\"ring\",\"text\":\"a\"} | spec.text: Invalid value: \"a\": spec.text in body should be at least 2 chars long",
        "{\"kind\":\"ring\",\"text\":\"abcdef\"} | spec.text: Too long: may not be more than 5 bytes",
        "{\"kind\":\"ring\",\"few\":[\"a\",\"b\",\"c\"]} | spec.few: Too many: 3: must have at most 2 items",
        "{\"kind\":\"ring\",\"few\":[]} | spec.few: Invalid value: 0: spec.few in body should have at least 1 items",
        "{\"kind\":\"ring\",\"set\":[\"a\",\"a\"]} | spec.set[1]: Duplicate value: \"a\"",
        "{\"kind\":\"ring\",\"port\":true} | spec.port: Invalid value: \"boolean\": spec.port in body must be of type integer,string: \"boolean\"",
        "{\"kind\":\"ring\",\"map\":{\"x\":\"y\"}} | spec.map.x: Invalid value: \"string\": spec.map.x in body must be of type integer: \"string\"",
        "{\"kind\":null} | spec.kind: Invalid value: \"null\": spec.kind in body must be of type string: \"null\"",
        "{\"kind\":\"ring\",\"when\":\"noon\"} | spec.when: Invalid value: \"noon\": spec.when in body must be of type date-time: \"noon\""})
    void wordsEachErrorAsKubernetesDoes(String spec, String sentence) {
        assertEquals(List.of(sentence), errors(spec));
    }

    @Test
    void acceptsWhatIsValid() {
        assertEquals(List.of(),
                errors("""
                        {"kind": "ring", "count": 3, "text": "abc", "when": "2026-01-01T00:00:00Z", "few": ["a"], "port": "http",
                         "any": {"x": [1]}, "map": {"x": 1}, "void": null}"""));
    }

    @Test
    void prunesAndNamesUnknownFields() {
        var object = json("""
                {"metadata": {"name": "a", "nme": "b"}, "spec": {"knd": 1, "any": {"kept": 1}, "map": {"k": 1},
                 "nested": {"a": "x", "z": 1}}, "more": 1}""");
        assertEquals(List.of("metadata.nme", "spec.knd", "spec.nested.z", "more"), Pruning.prune(WIDGET, object));
        assertEquals(json("""
                {"metadata": {"name": "a"}, "spec": {"any": {"kept": 1}, "map": {"k": 1}, "nested": {"a": "x"}}}"""),
                object);
    }

    @Test
    void fillsInDefaultsOfDefaults() {
        var object = json("{\"spec\": {}}");
        Defaulting.apply(WIDGET, object);
        assertEquals(json("{\"spec\": {\"nested\": {\"a\": \"b\"}}}"), object);
    }

    @Test
    void readsBuiltInKindsAsGoDoes() {
        var pod = new Schemas().builtIn("io.k8s.api.core.v1.Pod");
        var object = json("""
                {"metadata": {"labels": {}}, "spec": {"nodeName": null, "volumes": [], "containers":
                 [{"name": "c", "resources": {"limits": {"cpu": 1}}, "securityContext": {}}]}}""");
        assertEquals(Optional.empty(), GoTypes.decode("Pod", pod, object));
        assertEquals(List.of(), Pruning.prune(pod, object));
        assertEquals(json("""
                {"metadata": {}, "spec": {"containers":
                 [{"name": "c", "resources": {"limits": {"cpu": "1"}}, "securityContext": {}}]}}"""), object);
        assertEquals("json: cannot unmarshal string into Go struct field Pod.spec.priority of type int32",
                GoTypes.decode("Pod", pod, json("{\"spec\": {\"priority\": \"x\"}}")).orElseThrow());
    }
}
