package io.claudeflow.swarm.local.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodVolumesTest {
    @TempDir
    Path folder;

    private final Map<String, Map<String, byte[]>> maps = new HashMap<>();
    private final Map<String, Map<String, byte[]>> secrets = new HashMap<>();
    private int requests;
    private Instant renewAt = Instant.now().plusSeconds(600);

    @Test
    void objectsBecomeFilesThatChangeTogether() throws Exception {
        maps.put("settings", Map.of("a", bytes("1"), "b", bytes("2")));
        var spec = new PodSpecBuilder().addNewVolume()
                .withName("settings")
                .withNewConfigMap()
                .withName("settings")
                .endConfigMap()
                .endVolume();
        var volumes = volumes();
        volumes.mount(downward(spec));
        var root = link(volumes, spec, "settings", "/etc/settings");
        assertEquals("1", Files.readString(root.resolve("etc/settings/a")));

        maps.put("settings", Map.of("a", bytes("3"), "c", bytes("4")));
        volumes.mount(downward(spec));

        assertEquals("3", Files.readString(root.resolve("etc/settings/a")));
        assertEquals("4", Files.readString(root.resolve("etc/settings/c")));
        assertFalse(Files.exists(root.resolve("etc/settings/b")));
        try (var versions = Files.list(folder.resolve("volumes/settings"))) {
            assertEquals(1, versions.filter(path -> !Files.isSymbolicLink(path)).count());
        }
    }

    @Test
    void aProjectedVolumeGathersSourcesUnderTheirPathsAndModes() throws Exception {
        maps.put("root-ca", Map.of("ca.crt", bytes("PEM")));
        secrets.put("keys", Map.of("tls.key", bytes("KEY")));
        var spec = new PodSpecBuilder().addNewVolume()
                .withName("all")
                .withNewProjected()
                .withDefaultMode(0440)
                .addNewSource()
                .withNewConfigMap()
                .withName("root-ca")
                .addNewItem("ca.crt", null, "trust/ca.pem")
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewSecret()
                .withName("keys")
                .addNewItem("tls.key", 0400, "tls.key")
                .endSecret()
                .endSource()
                .addNewSource()
                .withNewSecret()
                .withName("absent")
                .withOptional(true)
                .endSecret()
                .endSource()
                .addNewSource()
                .withNewServiceAccountToken("swarm", 600L, "token")
                .endSource()
                .addNewSource()
                .withNewDownwardAPI()
                .addNewItem()
                .withPath("labels")
                .withNewFieldRef("v1", "metadata.labels")
                .endItem()
                .endDownwardAPI()
                .endSource()
                .endProjected()
                .endVolume();
        var volumes = volumes();

        volumes.mount(downward(spec));

        var root = link(volumes, spec, "all", "/var/run/all");
        assertEquals("PEM", Files.readString(root.resolve("var/run/all/trust/ca.pem")));
        assertEquals("token 1 for swarm", Files.readString(root.resolve("var/run/all/token")));
        assertEquals("app=\"web\"", Files.readString(root.resolve("var/run/all/labels")));
        var key = root.resolve("var/run/all/tls.key").toRealPath();
        assertEquals("r--------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    }

    @Test
    void aTokenIsAskedForAgainOnlyWhenItIsDue() throws Exception {
        var spec = new PodSpecBuilder().addNewVolume()
                .withName("token")
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken("swarm", 600L, "token")
                .endSource()
                .endProjected()
                .endVolume();
        var volumes = volumes();
        volumes.mount(downward(spec));
        volumes.mount(downward(spec));
        assertEquals(1, requests);
        assertEquals(Optional.of(renewAt), volumes.renewAt());

        renewAt = Instant.now().minusSeconds(1);
        var late = volumes();
        late.mount(downward(spec));
        late.mount(downward(spec));

        assertEquals(3, requests);
        assertEquals("token 3 for swarm", Files.readString(folder.resolve("volumes/token/token")));
    }

    @Test
    void mountsNestAndSubPathsAreFolders() throws Exception {
        var spec = new PodSpecBuilder().addNewVolume()
                .withName("work")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewVolume()
                .withName("deep")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewContainer()
                .withName("main")
                .addNewVolumeMount()
                .withName("deep")
                .withMountPath("/work/deep/er")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("work")
                .withMountPath("/work")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("work")
                .withMountPath("/logs")
                .withSubPathExpr("logs/$(NAME)")
                .endVolumeMount()
                .endContainer();
        var volumes = volumes();
        volumes.mount(downward(spec));
        var root = folder.resolve("root");

        volumes.link(spec.buildFirstContainer(), root, Map.of("NAME", "web"));
        volumes.link(spec.buildFirstContainer(), root, Map.of("NAME", "web"));

        Files.writeString(root.resolve("work/deep/er/file"), "x");
        assertTrue(Files.exists(folder.resolve("volumes/deep/file")));
        Files.writeString(root.resolve("logs/one"), "y");
        assertEquals("y", Files.readString(root.resolve("work/logs/web/one")));
    }

    @Test
    void whatIsMissingOrForeignIsASentence() {
        assertEquals("secret \"late\" not found",
                complaint(new PodSpecBuilder().addNewVolume()
                        .withName("x")
                        .withNewSecret()
                        .withSecretName("late")
                        .endSecret()
                        .endVolume()));
        assertTrue(complaint(
                new PodSpecBuilder().addNewVolume().withName("x").withNewNfs("/", false, "server").endVolume())
                .startsWith("volume \"x\" is of a kind that is not supported here"));
    }

    private String complaint(PodSpecBuilder spec) {
        return String.valueOf(assertThrows(Missing.class, () -> volumes().mount(downward(spec))).getMessage());
    }

    private PodVolumes volumes() {
        var sources = new Sources() {
            @Override
            public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
                return Optional.ofNullable(maps.get(name));
            }

            @Override
            public Optional<Map<String, byte[]>> secret(String namespace, String name) {
                return Optional.ofNullable(secrets.get(name));
            }
        };
        return new PodVolumes(folder.resolve("volumes"), sources, (_, claim) -> {
            throw new Missing("no claim " + claim);
        }, wanted -> new Tokens.Token("token " + ++requests + " for " + wanted.getAudience(), renewAt));
    }

    private Path link(PodVolumes volumes, PodSpecBuilder spec, String volume, String path) throws Exception {
        var container = spec.addNewContainer()
                .withName("main")
                .addNewVolumeMount()
                .withName(volume)
                .withMountPath(path)
                .endVolumeMount()
                .endContainer()
                .buildLastContainer();
        var root = folder.resolve("root");
        volumes.link(container, root, Map.of());
        return root;
    }

    private static DownwardApi downward(PodSpecBuilder spec) {
        return new DownwardApi(new PodBuilder().withNewMetadata()
                .withName("web")
                .withNamespace("shop")
                .addToLabels("app", "web")
                .endMetadata()
                .withSpec(spec.build())
                .build(), "127.9.1.1", "127.0.0.1", Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
