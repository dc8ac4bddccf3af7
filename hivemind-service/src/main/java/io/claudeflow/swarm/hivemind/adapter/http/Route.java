package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What can be asked, as the API's description has it. */
enum Route {
    SUBMIT("POST", Route.TASKS), LIST("GET", Route.TASKS), READ("GET", Route.TASK), CHANGE("PATCH", Route.TASK), CANCEL(
            "POST", Route.TASK + "/cancel"), DESCRIPTION("GET", "/v1/openapi.yaml");

    private static final String TASKS = "/v1/tasks";
    private static final String UID = "{uid}";
    private static final String TASK = TASKS + "/" + UID;

    final String method;
    final String path;

    Route(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /**
     * A request's route.
     *
     * @param uid of the task that it names; empty: none
     */
    record Match(Route route, String uid) {}

    /** Throws NotFound or MethodNotAllowed. */
    static Match of(String method, String path) {
        var methods = methods(path);
        if (methods.isEmpty()) {
            throw new SwarmException(ErrorCode.NOT_FOUND, "nothing at " + path + "; GET " + DESCRIPTION.path
                    + " says what there is");
        }
        return Arrays.stream(values())
                .filter(route -> route.method.equals(method) && route.fits(path))
                .findFirst()
                .map(route -> new Match(route, route.uid(path)))
                .orElseThrow(() -> new SwarmException(Problem.METHOD_NOT_ALLOWED, path + " takes " + methods));
    }

    /** What goes with a path, as the header Allow has it; empty: there is no such path. */
    static String methods(String path) {
        return Arrays.stream(values())
                .filter(route -> route.fits(path))
                .map(route -> route.method)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private boolean fits(String path) {
        var mine = this.path.split("/", -1);
        var theirs = path.split("/", -1);
        if (mine.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < mine.length; i++) {
            if (!mine[i].equals(theirs[i]) && !(mine[i].equals(UID) && !theirs[i].isEmpty())) {
                return false;
            }
        }
        return true;
    }

    private String uid(String path) {
        int at = List.of(this.path.split("/", -1)).indexOf(UID);
        try {
            // A plus sign is a plus sign in a path.
            return at < 0
                    ? ""
                    : URLDecoder.decode(path.split("/", -1)[at].replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRequestException("uid", "is not percent-encoded: " + e.getMessage());
        }
    }
}
