package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.select.FieldSelector;
import io.claudeflow.swarm.local.api.select.LabelSelector;
import io.claudeflow.swarm.local.api.store.Store;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** Reading collections. */
public final class Listing {
    private final Cluster cluster;

    public Listing(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * One page of a collection.
     *
     * @param items     in the call's version
     * @param revision  as of which the list began
     * @param more      where the next page begins; empty on the last one
     * @param remaining how many objects follow, or -1 when that is not known
     */
    public record Page(List<ObjectNode> items, long revision, String more, int remaining) {}

    /** What a call's selectors take, over objects in the call's version. */
    public Predicate<ObjectNode> selection(Call call) {
        var labels = LabelSelector.parse(call.parameter("labelSelector"));
        var fields = FieldSelector.parse(call.parameter("fieldSelector"), call.type().selectable());
        var name = call.name();
        return object -> labels.test(object) && fields.test(object)
                && (name.isEmpty() || KubeJson.string(object, "metadata", "name").equals(name));
    }

    /** Everything that is selected, without pages. */
    public List<ObjectNode> all(Call call) {
        var selection = selection(call);
        return cluster.store()
                .list(call.type().stored(), call.namespace())
                .stream()
                .map(o -> Versions.shown(call.type(), o))
                .filter(selection)
                .toList();
    }

    public Page page(Call call) {
        var token = call.parameter("continue");
        int limit = limit(call);
        checkRevision(call);
        if (limit == 0 && token.isEmpty()) {
            return new Page(all(call), cluster.store().revision(), "", -1);
        }
        var start = token.isEmpty() ? new Token(cluster.store().revision(), "") : Token.read(token);
        var rest = start.place.isEmpty()
                ? cluster.store().list(call.type().stored(), call.namespace())
                : cluster.store().listAfter(call.type().stored(), call.namespace(), start.place);
        var selection = selection(call);
        var items = new ArrayList<ObjectNode>();
        int seen = 0;
        var place = "";
        for (var object : rest) {
            if (limit > 0 && items.size() == limit) {
                break;
            }
            seen++;
            place = Store.place(object);
            var shown = Versions.shown(call.type(), object);
            if (selection.test(shown)) {
                items.add(shown);
            }
        }
        int left = rest.size() - seen;
        boolean selective = !call.parameter("labelSelector").isEmpty() || !call.parameter("fieldSelector").isEmpty();
        var more = left == 0 ? "" : new Token(start.revision, place).write();
        return new Page(items, start.revision, more, left == 0 || selective ? -1 : left);
    }

    private static int limit(Call call) {
        var text = call.parameter("limit");
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("\\d{1,9}")) {
            throw ApiException.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
        return Integer.parseInt(text);
    }

    private void checkRevision(Call call) {
        var wanted = call.parameter("resourceVersion");
        if (wanted.isEmpty()) {
            return;
        }
        if (!wanted.matches("\\d{1,18}")) {
            throw ApiException.badRequest("invalid resource version: " + wanted);
        }
        long revision = Long.parseLong(wanted);
        if (revision > cluster.store().revision()) {
            throw ApiException.tooLargeRevision(revision, cluster.store().revision());
        }
        if (call.parameter("resourceVersionMatch").equals("Exact") && revision != cluster.store().revision()) {
            throw ApiException.expired("The resourceVersion for the provided list is too old.");
        }
    }

    private record Token(long revision, String place) {
        String write() {
            var json = KubeJson.object().put("v", "meta.k8s.io/v1").put("rv", revision).put("start", place);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(KubeJson.bytes(json));
        }

        static Token read(String text) {
            try {
                var json = KubeJson.parse(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
                return new Token(json.path("rv").asLong(), KubeJson.string(json, "start"));
            } catch (IllegalArgumentException | UncheckedIOException e) {
                throw ApiException.badRequest("continue key is not valid: " + e.getMessage());
            }
        }
    }
}
