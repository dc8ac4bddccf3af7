package io.claudeflow.swarm.local.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** JSON patch, RFC 6902, by the zjsonpatch library. */
public final class JsonPatches {
    /** As kube-apiserver's limit. */
    private static final int MAX_OPERATIONS = 10_000;

    private JsonPatches() {}

    /**
     * The target after the patch; the target itself is not changed.
     *
     * @throws ApiException 422 when an operation does not fit, 413 when there are too many, 400 when it is no list
     */
    public static ObjectNode apply(ObjectNode target, JsonNode patch) {
        if (!patch.isArray()) {
            throw ApiException.badRequest("error decoding patch: json: cannot unmarshal into Go value of type"
                    + " jsonpatch.Patch: a JSON patch is a list of operations");
        }
        if (patch.size() > MAX_OPERATIONS) {
            throw ApiException.tooLarge(MAX_OPERATIONS);
        }
        try {
            if (JsonPatch.apply(patch, target.deepCopy()) instanceof ObjectNode patched) {
                return patched;
            }
            throw ApiException.unprocessable("the server rejected our request due to an error in our request");
        } catch (JsonPatchException | IllegalArgumentException e) {
            throw ApiException.unprocessable("the server rejected our request due to an error in our request");
        }
    }
}
