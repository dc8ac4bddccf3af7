package io.claudeflow.swarm.local.api.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of an object's metadata that the API itself reads and writes. */
public final class Meta {
    private Meta() {}

    /** The metadata of an object that is being made; added when there is none. */
    public static ObjectNode of(ObjectNode object) {
        return KubeJson.child(object, "metadata");
    }

    public static String name(JsonNode object) {
        return KubeJson.string(object, "metadata", "name");
    }

    public static String namespace(JsonNode object) {
        return KubeJson.string(object, "metadata", "namespace");
    }

    public static String uid(JsonNode object) {
        return KubeJson.string(object, "metadata", "uid");
    }

    public static String resourceVersion(JsonNode object) {
        return KubeJson.string(object, "metadata", "resourceVersion");
    }

    public static boolean deleting(JsonNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    public static List<String> finalizers(JsonNode object) {
        return KubeJson.strings(object.path("metadata").path("finalizers"));
    }

    public static void setFinalizers(ObjectNode object, List<String> finalizers) {
        if (finalizers.isEmpty()) {
            of(object).remove("finalizers");
        } else {
            of(object).set("finalizers", KubeJson.arrayOf(finalizers));
        }
    }

    /** The revision as a number; 0 when the object has none. */
    public static long revision(JsonNode object) {
        var text = resourceVersion(object);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** RFC 3339 in UTC with seconds, as metav1.Time is written. */
    public static String timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The controlling owner, or null. */
    public static @Nullable JsonNode controller(JsonNode object) {
        for (var owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean(false)) {
                return owner;
            }
        }
        return null;
    }
}
