package io.claudeflow.swarm.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.auth.ServiceAccountTokens;
import io.claudeflow.swarm.local.api.discovery.Discovery;
import io.claudeflow.swarm.local.api.discovery.OpenApi;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.List;
import java.util.Optional;

/** What is served besides resources: health, version, discovery, OpenAPI, and how to verify tokens. */
final class OtherRoutes {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final Discovery discovery;
    private final OpenApi openApi;
    private final ServiceAccountTokens tokens;

    OtherRoutes(Discovery discovery, OpenApi openApi, ServiceAccountTokens tokens) {
        this.discovery = discovery;
        this.openApi = openApi;
        this.tokens = tokens;
    }

    /** Whether a path is for everybody, known or not. */
    static boolean open(String path) {
        return path.equals("/version") || List.of("/healthz", "/livez", "/readyz")
                .stream()
                .anyMatch(health -> path.equals(health) || path.startsWith(health + "/"));
    }

    /** The answer, or empty when the path is none of these. */
    Optional<Answer> serve(Request request) {
        var path = request.path().length() > 1 && request.path().endsWith("/")
                ? request.path().substring(0, request.path().length() - 1)
                : request.path();
        var answer = route(path, request);
        if (answer.isPresent() && !request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw ApiException.methodNotAllowed("the server does not allow this method on the requested resource");
        }
        return answer;
    }

    private Optional<Answer> route(String path, Request request) {
        if (open(path) && !path.equals("/version")) {
            return Optional.of(new Answer.Text(200, "ok"));
        }
        boolean aggregated = request.accept().contains("g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        return switch (path) {
            case "/version" -> document(Discovery.version());
            case "/api" -> aggregated ? aggregated(true) : document(Discovery.coreVersions());
            case "/apis" -> aggregated ? aggregated(false) : document(discovery.groups());
            case "/openapi/v2" -> document(openApi.version2());
            case "/openapi/v3" -> document(openApi.index());
            case "/.well-known/openid-configuration" -> document(openId());
            case "/openid/v1/jwks" -> Optional.of(new Answer.Document(200,
                    (ObjectNode) KubeJson.parse(tokens.keySet()), "application/jwk-set+json", List.of()));
            default -> byPrefix(path);
        };
    }

    private Optional<Answer> byPrefix(String path) {
        if (path.startsWith("/openapi/v3/")) {
            return openApi.document(path.substring("/openapi/v3/".length())).flatMap(OtherRoutes::document);
        }
        if (path.equals("/api/v1")) {
            return discovery.resources("v1").flatMap(OtherRoutes::document);
        }
        if (!path.startsWith("/apis/")) {
            return Optional.empty();
        }
        var rest = path.substring("/apis/".length());
        return switch (rest.split("/").length) {
            case 1 -> discovery.group(rest).flatMap(OtherRoutes::document);
            case 2 -> discovery.resources(rest).flatMap(OtherRoutes::document);
            default -> Optional.empty();
        };
    }

    private Optional<Answer> aggregated(boolean core) {
        return Optional.of(new Answer.Document(200, discovery.aggregated(core), AGGREGATED, List.of()));
    }

    private ObjectNode openId() {
        var out = KubeJson.object().put("issuer", tokens.issuer()).put("jwks_uri", tokens.issuer() + "/openid/v1/jwks");
        out.putArray("response_types_supported").add("id_token");
        out.putArray("subject_types_supported").add("public");
        out.putArray("id_token_signing_alg_values_supported").add("ES256");
        return out;
    }

    private static Optional<Answer> document(ObjectNode body) {
        return Optional.of(Answer.Document.of(200, body, List.of()));
    }
}
