package io.claudeflow.swarm.local.api.auth;

import java.util.List;
import java.util.Map;

/**
 * Who makes a request.
 *
 * @param uid   empty when there is none
 * @param extra such as the pod that a token is bound to
 */
public record User(String name, String uid, List<String> groups, Map<String, String> extra) {
    /** Those who may do everything even where authorisation is enforced. */
    public static final String MASTERS = "system:masters";
    public static final String AUTHENTICATED = "system:authenticated";

    public User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }
}
