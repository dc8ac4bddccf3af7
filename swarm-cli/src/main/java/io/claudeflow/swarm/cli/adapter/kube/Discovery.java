package io.claudeflow.swarm.cli.adapter.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The kinds that an API server serves, read at once (aggregated discovery, Kubernetes 1.27 or newer). Immutable. */
public final class Discovery {
    private static final String ACCEPT = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

    private final List<ResourceType> types;

    Discovery(List<ResourceType> types) {
        this.types = List.copyOf(types);
    }

    /** Asks the server. */
    public static Discovery of(KubeApi api) {
        var types = new ArrayList<ResourceType>();
        read(api.get("api", ACCEPT), types);
        read(api.get("apis", ACCEPT), types);
        return new Discovery(types);
    }

    private static void read(JsonNode list, List<ResourceType> types) {
        for (var group : list.path("items")) {
            for (var version : group.path("versions")) {
                for (var resource : version.path("resources")) {
                    types.add(type(group.path("metadata").path("name").asText(""), version.path("version").asText(),
                            resource));
                }
            }
        }
    }

    private static ResourceType type(String group, String version, JsonNode resource) {
        var plural = resource.path("resource").asText();
        var kind = resource.path("responseKind").path("kind").asText();
        var singular = resource.path("singularResource").asText("");
        var subresources = new HashSet<String>();
        resource.path("subresources").forEach(sub -> subresources.add(sub.path("subresource").asText()));
        return new ResourceType(group, version, plural,
                singular.isEmpty() ? kind.toLowerCase(java.util.Locale.ROOT) : singular, kind,
                "Namespaced".equals(resource.path("scope").asText()), texts(resource.path("shortNames")),
                texts(resource.path("categories")), subresources);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** What a word on the command line means: one kind by plural, singular, kind or short name, or a category's kinds. */
    public List<ResourceType> find(String word) {
        var one = types.stream().filter(type -> type.answersTo(word)).findFirst();
        if (one.isPresent()) {
            return List.of(one.get());
        }
        var many = new ArrayList<ResourceType>();
        for (var type : types) {
            boolean known = many.stream()
                    .anyMatch(other -> other.group().equals(type.group()) && other.plural().equals(type.plural()));
            if (!known && type.categories().contains(word)) {
                many.add(type);
            }
        }
        if (many.isEmpty()) {
            throw new SwarmException(ErrorCode.INVALID, "the API server has no resource type '" + word
                    + "'; swarm has swarmclusters (swc), swarmagents (swa), swarmtasks (swt), swarmmemories (swm)");
        }
        return many;
    }

    /** The kind of a manifest. */
    public Optional<ResourceType> byKind(String apiVersion, String kind) {
        return types.stream()
                .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
                .findFirst();
    }
}
