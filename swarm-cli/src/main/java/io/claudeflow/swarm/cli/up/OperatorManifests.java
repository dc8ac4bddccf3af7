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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cluster operator's objects, as k8s/operator has them and this jar carries them, for one machine: one replica of each
 * operator, because a second one on the same machine protects from nothing.
 */
final class OperatorManifests {
    private static final String FOLDER = "/META-INF/swarm/operator";
    private static final Map<String, String> VARIABLES = Map.of("OPERATOR_MESH_REPLICAS", "1");

    /** Their text by file name, in the order in which they are applied. */
    SortedMap<String, String> texts() {
        try {
            var at = OperatorManifests.class.getResource(FOLDER);
            if (at == null) {
                throw new IllegalStateException(FOLDER + " is not in this build");
            }
            return texts(at.toURI());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SortedMap<String, String> texts(URI at) throws IOException {
        if (!at.getScheme().equals("jar")) {
            return texts(Path.of(at));
        }
        try (var jar = FileSystems.newFileSystem(at, Map.of())) {
            return texts(jar.getPath(FOLDER));
        }
    }

    private static SortedMap<String, String> texts(Path folder) throws IOException {
        var texts = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    /** The objects, for one machine. */
    List<Manifest> read() {
        var manifests = new ArrayList<Manifest>();
        texts().forEach((file, text) -> manifests.addAll(ManifestReader.parse("k8s/operator/" + file, text)));
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
