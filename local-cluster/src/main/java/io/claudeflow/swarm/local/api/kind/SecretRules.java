package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

final class SecretRules implements KindRules {
    @Override
    public void defaults(ObjectNode secret) {
        KubeJson.setDefault(secret, "type", "Opaque");
        if (secret.get("stringData") instanceof ObjectNode texts) {
            var data = KubeJson.child(secret, "data");
            texts.properties()
                    .forEach(e -> data.put(e.getKey(), Base64.getEncoder()
                            .encodeToString(
                                    e.getValue().asText().getBytes(StandardCharsets.UTF_8))));
            secret.remove("stringData");
        }
        for (var value : secret.path("data")) {
            try {
                Base64.getDecoder().decode(value.asText());
            } catch (IllegalArgumentException e) {
                throw ApiException.badRequest("Secret in version \"v1\" cannot be handled as a Secret: illegal base64"
                        + " data in data");
            }
        }
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        var errors = new ArrayList<>(Templates.immutable(next, live, "type"));
        if (live.path("immutable").asBoolean(false) && !KubeJson.same(next.path("data"), live.path("data"))) {
            errors.add(FieldError.forbidden("data", "field is immutable when `immutable` is set"));
        }
        return errors;
    }
}
