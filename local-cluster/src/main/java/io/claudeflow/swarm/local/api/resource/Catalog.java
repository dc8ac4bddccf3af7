package io.claudeflow.swarm.local.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.schema.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every resource that is served at the moment. Confined to the API's event loop. */
public final class Catalog {
    private final Schemas schemas;
    private final List<ResourceType> builtIn;
    private final Map<String, List<ResourceType>> custom = new LinkedHashMap<>();
    private final Map<String, ResourceType> byPath = new HashMap<>();
    private List<ResourceType> all = List.of();
    private long generation;

    public Catalog(Schemas schemas) {
        this.schemas = schemas;
        this.builtIn = BuiltInKinds.types(schemas);
        index();
    }

    public Schemas schemas() {
        return schemas;
    }

    /** Adds or replaces what a definition serves. */
    public void define(JsonNode definition, String name) {
        custom.put(name, CustomKinds.types(definition, schemas));
        index();
    }

    /** Removes what a definition served. */
    public void undefine(String name) {
        custom.remove(name);
        index();
    }

    private void index() {
        var types = new ArrayList<>(builtIn);
        custom.values().forEach(types::addAll);
        all = List.copyOf(types);
        byPath.clear();
        all.forEach(type -> byPath.putIfAbsent(path(type.group(), type.version(), type.plural()), type));
        generation++;
    }

    private static String path(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }

    public Optional<ResourceType> find(String group, String version, String plural) {
        return Optional.ofNullable(byPath.get(path(group, version, plural)));
    }

    /** The preferred version of what is stored under that group and resource. */
    public Optional<ResourceType> find(GroupResource resource) {
        return all.stream().filter(type -> type.is(resource)).findFirst();
    }

    public List<ResourceType> all() {
        return all;
    }

    /** Changes whenever the catalog does; what is derived from the catalog may be kept until then. */
    public long generation() {
        return generation;
    }
}
