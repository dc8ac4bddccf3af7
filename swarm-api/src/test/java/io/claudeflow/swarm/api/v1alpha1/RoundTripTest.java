package io.claudeflow.swarm.api.v1alpha1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever the schema allows survives the way through the Java types. */
class RoundTripTest {
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @TestFactory
    Stream<DynamicTest> noFieldIsLost() {
        return Stream.concat(YamlFolder.ofKinds("valid").stream(), YamlFolder.files(YamlFolder.EXAMPLES).stream())
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> roundTrip(file)));
    }

    private void roundTrip(Path file) {
        var resources = YamlFolder.resources(file, serialization);
        assertFalse(resources.isEmpty(), "no resource in " + file);
        for (var resource : resources) {
            var type = YamlFolder.KINDS.get(resource.getKind());
            if (type != null) {
                Map<?, ?> before = serialization.unmarshal(serialization.asJson(resource), Map.class);
                Map<?, ?> after = serialization.convertValue(serialization.convertValue(resource, type), Map.class);
                assertEquals(List.of(), YamlFolder.missing("", before, after));
            }
        }
    }
}
