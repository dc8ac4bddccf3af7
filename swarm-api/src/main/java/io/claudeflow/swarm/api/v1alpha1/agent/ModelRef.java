package io.claudeflow.swarm.api.v1alpha1.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A model that an agent uses: the name of one of the cluster's, or one that the agent brings. Written as a bare name
 * when it has nothing else.
 *
 * @param type what it is for
 * @param path where it lies, for example {@code s3://models/a}
 */
public record ModelRef(String name, @Nullable String type, @Nullable String path) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ModelRef named(String name) {
        return new ModelRef(name, null, null);
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static ModelRef of(@JsonProperty("name") String name, @JsonProperty("type") @Nullable String type,
            @JsonProperty("path") @Nullable String path) {
        return new ModelRef(name, type, path);
    }

    @JsonValue
    Object json() {
        if (type == null && path == null) {
            return name;
        }
        var json = new LinkedHashMap<String, String>();
        json.put("name", name);
        if (type != null) {
            json.put("type", type);
        }
        if (path != null) {
            json.put("path", path);
        }
        return json;
    }
}
