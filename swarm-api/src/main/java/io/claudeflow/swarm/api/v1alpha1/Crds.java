package io.claudeflow.swarm.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The definitions of the four kinds, as k8s/crds has them; they travel in this jar. */
public final class Crds {
    /** The plurals, in the order in which a person reads them; each is the name of its file below k8s/crds. */
    public static final List<String> PLURALS = List.of("swarmclusters", "swarmagents", "swarmtasks", "swarmmemories");

    private Crds() {}

    /** All four definitions, parsed afresh on each call. */
    public static List<CustomResourceDefinition> all() {
        var serialization = new KubernetesSerialization();
        return PLURALS.stream()
                .map(plural -> serialization.unmarshal(yaml(plural), CustomResourceDefinition.class))
                .toList();
    }

    /** The YAML of the definition with that plural. */
    public static String yaml(String plural) {
        var path = "/META-INF/swarm/crds/" + plural + ".yaml";
        try (var in = Crds.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no definition " + path + "; there are " + PLURALS);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
