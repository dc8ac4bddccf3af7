package io.claudeflow.swarm.cli.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.cli.adapter.yaml.Manifest;
import io.claudeflow.swarm.cli.adapter.yaml.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The cluster operator's objects, as k8s/operator has them and this jar carries them, for one machine: one replica of each
 * operator, because a second one on the same machine protects from nothing.
 */
final class OperatorManifests {
    private static final String FOLDER = "/META-INF/swarm/operator";
    private static final Map<String, String> VARIABLES = Map.of("OPERATOR_MESH_REPLICAS", "1");

    /** Reads them afresh. */
    List<Manifest> read() {
        try {
            var at = OperatorManifests.class.getResource(FOLDER);
            if (at == null) {
                throw new IllegalStateException(FOLDER + " is not in this build");
            }
            return read(at.toURI());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Manifest> read(URI at) throws IOException {
        if (!at.getScheme().equals("jar")) {
            return read(Path.of(at));
        }
        try (var jar = FileSystems.newFileSystem(at, Map.of())) {
            return read(jar.getPath(FOLDER));
        }
    }

    private static List<Manifest> read(Path folder) throws IOException {
        var manifests = new ArrayList<Manifest>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(name -> name.toString().endsWith(".yaml")).sorted().toList()) {
                manifests.addAll(ManifestReader.parse("k8s/operator/" + file.getFileName(), Files.readString(file)));
            }
        }
        manifests.forEach(manifest -> forOneMachine(manifest.json()));
        return manifests;
    }

    /** One replica, and the same for the mesh operators that it makes. */
    static void forOneMachine(ObjectNode object) {
        if (!object.path("kind").asText().equals("Deployment") || !(object.path("spec") instanceof ObjectNode spec)) {
            return;
        }
        spec.put("replicas", 1);
        for (var container : spec.path("template").path("spec").path("containers")) {
            if (container instanceof ObjectNode fields) {
                var environment = fields.withArrayProperty("env");
                VARIABLES.forEach((name, value) -> {
                    for (int i = environment.size() - 1; i >= 0; i--) {
                        if (environment.path(i).path("name").asText().equals(name)) {
                            environment.remove(i);
                        }
                    }
                    environment.addObject().put("name", name).put("value", value);
                });
            }
        }
    }
}
