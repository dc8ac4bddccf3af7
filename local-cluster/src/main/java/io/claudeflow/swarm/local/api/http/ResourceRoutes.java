package io.claudeflow.swarm.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.resource.Catalog;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.rest.Call;
import io.claudeflow.swarm.local.api.rest.Listing;
import io.claudeflow.swarm.local.api.rest.Patching;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** From method and path to verb. Without effects when it throws, so that a request may be tried again. */
final class ResourceRoutes {
    private static final int CREATED = 201;
    private static final int OK = 200;

    private final Catalog catalog;
    private final Verbs verbs;
    private final Bodies bodies;
    private final Forms forms;

    ResourceRoutes(Catalog catalog, Verbs verbs, Bodies bodies, Forms forms) {
        this.catalog = catalog;
        this.verbs = verbs;
        this.bodies = bodies;
        this.forms = forms;
    }

    Answer serve(Request request, RequestPath path) {
        var type = catalog.find(path.group(), path.version(), path.plural()).orElseThrow(ApiException::noSuchPath);
        if (!path.namespace().isEmpty() && !type.namespaced()) {
            throw ApiException.noSuchPath();
        }
        var call = new Call(type, path.namespace(), path.name(), path.subresource(), request.query(), request.user(),
                request.userAgent(), new ArrayList<>());
        var form = Accepted.of(request.accept());
        if (!type.verbs().contains("get")) {
            return review(call, request);
        }
        if (!path.subresource().isEmpty()) {
            return subresource(call, request, form);
        }
        if (!call.name().isEmpty() && type.namespaced() && call.namespace().isEmpty()) {
            throw ApiException.noSuchPath();
        }
        return call.name().isEmpty() ? collection(call, request, form) : object(call, request, form);
    }

    private Answer review(Call call, Request request) {
        if (!request.method().equals("POST")) {
            throw notAllowed();
        }
        var review = bodies.object(request.body(), request.contentType());
        review.put("kind", call.type().kind()).put("apiVersion", call.type().apiVersion());
        return document(CREATED, verbs.reviews().answer(call.type().kind(), review, call.user()), call);
    }

    private Answer collection(Call call, Request request, Accepted form) {
        return switch (request.method()) {
            case "GET" -> call.flag("watch")
                    ? new Answer.Watch(call, form)
                    : document(OK, forms.page(call, form, verbs.listing().page(call)), call);
            case "POST" -> {
                var body = bodies.object(request.body(), request.contentType());
                yield document(CREATED, verbs.creation().create(call, body), call);
            }
            case "DELETE" -> {
                var options = bodies.optional(request.body(), request.contentType());
                var deleted = verbs.deletion().deleteAll(call, verbs.listing().all(call), options);
                var page = new Listing.Page(deleted, 0, "", -1);
                yield document(OK, forms.page(call, form, page), call);
            }
            default -> throw notAllowed();
        };
    }

    private Answer object(Call call, Request request, Accepted form) {
        return switch (request.method()) {
            case "GET" -> call.flag("watch")
                    ? new Answer.Watch(call, form)
                    : document(OK, forms.one(call, form, verbs.updating().live(call)), call);
            case "POST" -> document(CREATED,
                    verbs.creation().create(call, bodies.object(request.body(), request.contentType())), call);
            case "PUT" -> document(OK,
                    verbs.updating().replace(call, bodies.object(request.body(), request.contentType())), call);
            case "PATCH" -> patch(call, request);
            case "DELETE" -> {
                var deleted = verbs.deletion().delete(call, bodies.optional(request.body(), request.contentType()));
                boolean status = deleted.gone() && !call.type().is(BuiltInKinds.PODS);
                yield document(OK, status ? success(call.type(), deleted.object()) : deleted.object(), call);
            }
            default -> throw notAllowed();
        };
    }

    private Answer patch(Call call, Request request) {
        var form = Patching.Form.of(request.contentType());
        var patched = verbs.patching().patch(call, form, bodies.patch(request.body(), request.contentType()));
        return document(patched.created() ? CREATED : OK, patched.object(), call);
    }

    private static ObjectNode success(ResourceType type, ObjectNode object) {
        var status = KubeJson.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        var details = status.put("status", "Success").putObject("details").put("name", Meta.name(object));
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural()).put("uid", Meta.uid(object));
        return status;
    }

    private Answer subresource(Call call, Request request, Accepted form) {
        if (!call.type().has(call.subresource())) {
            throw ApiException.noSuchPath();
        }
        return switch (call.subresource()) {
            case "status" -> switch (request.method()) {
                case "GET", "PUT", "PATCH" -> object(call, request, form);
                default -> throw notAllowed();
            };
            case "scale" -> scale(call, request);
            case "log" -> only("GET", request, new Answer.Log(call));
            case "binding" -> posted(call, request, verbs.pods()::bind);
            case "eviction" -> posted(call, request, verbs.pods()::evict);
            case "token" -> posted(call, request,
                    (c, body) -> verbs.tokens().request(c.namespace(), c.name(), body));
            case "finalize" -> {
                only("PUT", request, new Answer.Text(OK, ""));
                yield document(OK, verbs.namespaces()
                        .finalize(call, bodies.object(request.body(),
                                request.contentType())),
                        call);
            }
            default -> throw ApiException.notImplemented(call.type().plural() + "/" + call.subresource()
                    + " is not served by the local cluster's embedded API yet: start it with --api-server kube-apiserver,"
                    + " or use kubectl logs");
        };
    }

    private Answer scale(Call call, Request request) {
        return document(OK, switch (request.method()) {
            case "GET" -> verbs.scaling().get(call);
            case "PUT" -> verbs.scaling().replace(call, bodies.object(request.body(), request.contentType()));
            case "PATCH" -> verbs.scaling()
                    .patch(call, Patching.Form.of(request.contentType()), bodies.patch(request.body(),
                            request.contentType()));
            default -> throw notAllowed();
        }, call);
    }

    private static Answer only(String method, Request request, Answer answer) {
        if (!request.method().equals(method)) {
            throw notAllowed();
        }
        return answer;
    }

    private Answer posted(Call call, Request request,
            BiFunction<Call, ObjectNode, ObjectNode> action) {
        if (!request.method().equals("POST")) {
            throw notAllowed();
        }
        return document(CREATED, action.apply(call, bodies.object(request.body(), request.contentType())), call);
    }

    private static Answer document(int code, ObjectNode body, Call call) {
        return Answer.Document.of(code, body, List.copyOf(call.warnings()));
    }

    private static ApiException notAllowed() {
        return ApiException.methodNotAllowed("the server does not allow this method on the requested resource");
    }
}
