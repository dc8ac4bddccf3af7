package io.claudeflow.swarm.local.api.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The resources that answer a question and are not stored: who is this token, who am I, may I. Everybody may do everything here: the
 * embedded API keeps roles, but does not enforce them, and says so in each answer's reason.
 */
public final class Reviews {
    private static final String ALLOWED = "the embedded API allows every authenticated user everything";

    private final Authenticator authenticator;
    private final ServiceAccountTokens tokens;

    public Reviews(Authenticator authenticator, ServiceAccountTokens tokens) {
        this.authenticator = authenticator;
        this.tokens = tokens;
    }

    /** The review with its status. */
    public ObjectNode answer(String kind, ObjectNode review, User asking) {
        Meta.of(review);
        switch (kind) {
            case "TokenReview" -> token(review);
            case "SelfSubjectReview" -> review.putObject("status").set("userInfo", shown(asking));
            case "SelfSubjectRulesReview" -> rules(review);
            default -> review.putObject("status").put("allowed", true).put("reason", ALLOWED);
        }
        return review;
    }

    private void token(ObjectNode review) {
        var status = review.putObject("status");
        var token = KubeJson.string(review, "spec", "token");
        var wanted = KubeJson.strings(review.path("spec").path("audiences"));
        var audiences = wanted.isEmpty() ? List.of(tokens.issuer()) : wanted;
        var fitting = new ArrayList<String>();
        Optional<User> user = Optional.empty();
        for (var audience : audiences) {
            var found = audience.equals(tokens.issuer())
                    ? authenticator.byToken(token)
                    : tokens.authenticate(token, audience);
            if (found.isPresent()) {
                fitting.add(audience);
                user = found;
            }
        }
        user.ifPresentOrElse(found -> {
            status.put("authenticated", true).set("user", shown(found));
            status.set("audiences", KubeJson.arrayOf(fitting));
        }, () -> {
            status.putObject("user");
            status.put("error", "invalid bearer token");
        });
    }

    private static ObjectNode shown(User user) {
        var out = KubeJson.object().put("username", user.name());
        if (!user.uid().isEmpty()) {
            out.put("uid", user.uid());
        }
        out.set("groups", KubeJson.arrayOf(user.groups()));
        if (!user.extra().isEmpty()) {
            var extra = out.putObject("extra");
            user.extra().forEach((key, value) -> extra.putArray(key).add(value));
        }
        return out;
    }

    private static void rules(ObjectNode review) {
        var status = review.putObject("status");
        var all = KubeJson.arrayOf(List.of("*"));
        var resources = status.putArray("resourceRules").addObject();
        resources.set("verbs", all);
        resources.set("apiGroups", all.deepCopy());
        resources.set("resources", all.deepCopy());
        var paths = status.putArray("nonResourceRules").addObject();
        paths.set("verbs", all.deepCopy());
        paths.set("nonResourceURLs", all.deepCopy());
        status.put("incomplete", false);
    }
}
