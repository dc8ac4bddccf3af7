package io.claudeflow.swarm.local.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentVariablesTest {
    private static final Pod POD = new PodBuilder().withNewMetadata()
            .withName("web-0")
            .withNamespace("shop")
            .withUid("u-1")
            .addToLabels("app.kubernetes.io/name", "web")
            .addToAnnotations("note", "a \"b\"")
            .endMetadata()
            .withNewSpec()
            .withNodeName("local")
            .withServiceAccountName("robot")
            .endSpec()
            .build();
    private static final Sources SOURCES = new Sources() {
        @Override
        public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
            return namespace.equals("shop") && name.equals("settings")
                    ? Optional.of(Map.of("colour", bytes("green")))
                    : Optional.empty();
        }

        @Override
        public Optional<Map<String, byte[]>> secret(String namespace, String name) {
            return namespace.equals("shop") && name.equals("keys")
                    ? Optional.of(Map.of("key", bytes("s3cr3t")))
                    : Optional.empty();
        }
    };
    private static final DownwardApi DOWNWARD = new DownwardApi(POD, "127.9.1.1", "127.0.0.1",
            Map.of("cpu", new Quantity("2")));

    @Test
    void referencesAreExpandedAsKubernetesDoes() {
        var known = Map.of("A", "1", "B", "two");

        assertEquals("1-two", EnvironmentVariables.expand("$(A)-$(B)", known));
        assertEquals("$(A)", EnvironmentVariables.expand("$$(A)", known));
        assertEquals("$1", EnvironmentVariables.expand("$$$(A)", known));
        assertEquals("$(C) $A $", EnvironmentVariables.expand("$(C) $A $", known));
        assertEquals("$(A", EnvironmentVariables.expand("$(A", known));
    }

    @Test
    void laterVariablesSeeEarlierOnesAndOverrideThem() throws Exception {
        var container = new ContainerBuilder().withName("main")
                .addNewEnvFrom()
                .withPrefix("SET_")
                .withNewConfigMapRef("settings", false)
                .endEnvFrom()
                .addNewEnvFrom()
                .withNewSecretRef("absent", true)
                .endEnvFrom()
                .addNewEnv()
                .withName("URL")
                .withValue("http://$(HOST)/$(SET_colour)")
                .endEnv()
                .addNewEnv()
                .withName("HOST")
                .withValue("other")
                .endEnv()
                .build();

        var variables = resolve(container, Map.of("HOST", "given"));

        assertEquals("http://given/green", variables.get("URL"));
        assertEquals("other", variables.get("HOST"));
        assertEquals("green", variables.get("SET_colour"));
    }

    @Test
    void fieldsOfThePodAndKeysOfObjectsAreValues() throws Exception {
        var builder = new ContainerBuilder().withName("main")
                .withNewResources()
                .addToLimits("memory", new Quantity("64Mi"))
                .endResources();
        for (var field : new String[]{"metadata.name", "metadata.namespace", "metadata.uid",
            "metadata.labels['app.kubernetes.io/name']",
            "metadata.annotations['note']", "spec.nodeName", "spec.serviceAccountName", "status.podIP",
            "status.hostIP"}) {
            builder.addNewEnv().withName(field).withNewValueFrom().withNewFieldRef("v1", field).endValueFrom().endEnv();
        }
        builder.addNewEnv()
                .withName("KEY")
                .withNewValueFrom()
                .withNewSecretKeyRef("key", "keys", false)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("NONE")
                .withNewValueFrom()
                .withNewConfigMapKeyRef("absent", "settings", true)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("MIB")
                .withNewValueFrom()
                .withNewResourceFieldRef()
                .withResource("limits.memory")
                .withDivisor(new Quantity("1Mi"))
                .endResourceFieldRef()
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("CPU")
                .withNewValueFrom()
                .withNewResourceFieldRef()
                .withResource("limits.cpu")
                .endResourceFieldRef()
                .endValueFrom()
                .endEnv();

        var variables = resolve(builder.build(), Map.of());

        assertEquals(Map.ofEntries(Map.entry("metadata.name", "web-0"), Map.entry("metadata.namespace", "shop"),
                Map.entry("metadata.uid", "u-1"),
                Map.entry("metadata.labels['app.kubernetes.io/name']", "web"),
                Map.entry("metadata.annotations['note']", "a \"b\""),
                Map.entry("spec.nodeName", "local"), Map.entry("spec.serviceAccountName", "robot"),
                Map.entry("status.podIP", "127.9.1.1"),
                Map.entry("status.hostIP", "127.0.0.1"), Map.entry("KEY", "s3cr3t"), Map.entry("MIB", "64"),
                Map.entry("CPU", "2")), variables);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertEquals("configmap \"late\" not found", complaint(
                new ContainerBuilder().addNewEnvFrom().withNewConfigMapRef("late", false).endEnvFrom().build()));
        assertEquals("couldn't find key other in secret \"keys\"",
                complaint(new ContainerBuilder().addNewEnv()
                        .withName("X")
                        .withNewValueFrom()
                        .withNewSecretKeyRef("other", "keys", false)
                        .endValueFrom()
                        .endEnv()
                        .build()));
        assertEquals("fieldPath \"spec.hostname\" is not supported",
                complaint(new ContainerBuilder().addNewEnv()
                        .withName("X")
                        .withNewValueFrom()
                        .withNewFieldRef("v1", "spec.hostname")
                        .endValueFrom()
                        .endEnv()
                        .build()));
    }

    private static String complaint(Container container) {
        return String.valueOf(assertThrows(Missing.class, () -> resolve(container, Map.of())).getMessage());
    }

    private static Map<String, String> resolve(Container container, Map<String, String> given) throws Missing {
        return EnvironmentVariables.resolve(container, given, DOWNWARD, SOURCES);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
