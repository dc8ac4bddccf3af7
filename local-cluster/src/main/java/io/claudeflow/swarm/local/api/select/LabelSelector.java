package io.claudeflow.swarm.local.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A label selector in its text form: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k,l>5}. All requirements must hold; an empty selector
 * takes everything.
 */
public final class LabelSelector implements Predicate<JsonNode> {
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^=!<>\\s]+)\\s*(==|=|!=|<|>)\\s*(\\S*)");
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*([^=!<>\\s(),]+)");

    private final List<Predicate<JsonNode>> requirements;

    private LabelSelector(List<Predicate<JsonNode>> requirements) {
        this.requirements = requirements;
    }

    /**
     * Reads a selector.
     *
     * @throws ApiException 400 when it cannot be read
     */
    public static LabelSelector parse(String text) {
        var requirements = new ArrayList<Predicate<JsonNode>>();
        for (var part : text.split(",(?![^(]*\\))")) {
            if (!part.isBlank()) {
                requirements.add(requirement(text, part.strip()));
            }
        }
        return new LabelSelector(requirements);
    }

    /** Reads the structured form: matchLabels and matchExpressions. */
    public static LabelSelector of(JsonNode selector) {
        return parse(text(selector));
    }

    /** The structured form as text. */
    public static String text(JsonNode selector) {
        var parts = new ArrayList<String>();
        selector.path("matchLabels").properties().forEach(e -> parts.add(e.getKey() + "=" + e.getValue().asText()));
        for (var expression : selector.path("matchExpressions")) {
            var key = KubeJson.string(expression, "key");
            var values = String.join(",", KubeJson.strings(expression.path("values")));
            parts.add(switch (KubeJson.string(expression, "operator")) {
                case "In" -> key + " in (" + values + ")";
                case "NotIn" -> key + " notin (" + values + ")";
                case "Exists" -> key;
                default -> "!" + key;
            });
        }
        return String.join(",", parts);
    }

    private static Predicate<JsonNode> requirement(String whole, String part) {
        var set = SET.matcher(part);
        if (set.matches()) {
            var key = set.group(1);
            var values = values(set.group(3));
            boolean wanted = set.group(2).equals("in");
            return labels -> (labels.has(key) && values.contains(KubeJson.string(labels, key))) == wanted;
        }
        var equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            return equality(whole, equality.group(1), equality.group(2), equality.group(3));
        }
        var exists = EXISTS.matcher(part);
        if (exists.matches()) {
            boolean wanted = exists.group(1).isEmpty();
            var key = exists.group(2);
            return labels -> labels.has(key) == wanted;
        }
        throw unreadable(whole, part);
    }

    private static Predicate<JsonNode> equality(String whole, String key, String operator, String value) {
        return switch (operator) {
            case "!=" -> labels -> !labels.has(key) || !KubeJson.string(labels, key).equals(value);
            case "<", ">" -> {
                long bound = number(whole, value);
                yield labels -> compare(labels.path(key).asText(""), bound, operator.equals(">"));
            }
            default -> labels -> labels.has(key) && KubeJson.string(labels, key).equals(value);
        };
    }

    private static boolean compare(String text, long bound, boolean greater) {
        if (!text.matches("-?\\d{1,18}")) {
            return false;
        }
        long value = Long.parseLong(text);
        return greater ? value > bound : value < bound;
    }

    private static long number(String whole, String value) {
        if (!value.matches("-?\\d{1,18}")) {
            throw unreadable(whole, value);
        }
        return Long.parseLong(value);
    }

    private static Set<String> values(String list) {
        var values = new TreeSet<String>();
        for (var value : list.split(",", -1)) {
            values.add(value.strip());
        }
        return values;
    }

    private static ApiException unreadable(String whole, String part) {
        return ApiException.badRequest("unable to parse requirement: found '" + part + "' in '" + whole
                + "', expected: =, !=, ==, in, notin, or a key alone");
    }

    /** Whether an object's labels satisfy the selector. */
    @Override
    public boolean test(JsonNode object) {
        var labels = object.path("metadata").path("labels");
        return requirements.stream().allMatch(r -> r.test(labels));
    }
}
