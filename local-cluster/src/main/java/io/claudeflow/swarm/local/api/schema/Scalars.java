package io.claudeflow.swarm.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The bounds of texts and numbers. */
final class Scalars {
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();
    private static final Pattern DURATION = Pattern.compile("([+-]?(\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h))+|0");

    private Scalars() {}

    static List<FieldError> check(ObjectNode source, JsonNode value, String path) {
        var errors = new ArrayList<FieldError>();
        if (value.isTextual()) {
            text(source, value, path, errors);
        } else if (value.isNumber()) {
            number(source, value, path, errors);
        }
        return errors;
    }

    private static void text(ObjectNode source, JsonNode value, String path, List<FieldError> errors) {
        var text = value.textValue();
        int length = text.codePointCount(0, text.length());
        if (source.has("maxLength") && length > source.get("maxLength").asInt()) {
            errors.add(new FieldError(FieldError.Kind.TOO_LONG, path, "",
                    "may not be more than " + source.get("maxLength").asInt() + " bytes"));
        }
        if (source.has("minLength") && length < source.get("minLength").asInt()) {
            errors.add(FieldError.invalid(path, value,
                    path + " in body should be at least " + source.get("minLength").asInt() + " chars long"));
        }
        var pattern = KubeJson.string(source, "pattern");
        if (!pattern.isEmpty() && !PATTERNS.computeIfAbsent(pattern, Scalars::compiled).matcher(text).find()) {
            errors.add(FieldError.invalid(path, value, path + " in body should match '" + pattern + "'"));
        }
        var format = KubeJson.string(source, "format");
        if (!format.isEmpty() && !formatFits(format, text)) {
            errors.add(FieldError.invalid(path, value,
                    path + " in body must be of type " + format + ": " + KubeJson.text(value)));
        }
    }

    private static Pattern compiled(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            // What cannot be read matches nothing rather than everything.
            return Pattern.compile("(?!)");
        }
    }

    /** The formats that Kubernetes checks and that occur in practice; others are documentation. */
    private static boolean formatFits(String format, String text) {
        try {
            return switch (format) {
                case "date-time", "datetime" -> {
                    OffsetDateTime.parse(text);
                    yield true;
                }
                case "date" -> {
                    LocalDate.parse(text);
                    yield true;
                }
                case "duration" -> DURATION.matcher(text).matches();
                case "uuid" -> text.matches("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
                default -> true;
            };
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void number(ObjectNode source, JsonNode value, String path, List<FieldError> errors) {
        double number = value.doubleValue();
        if (source.has("maximum")) {
            double maximum = source.get("maximum").doubleValue();
            boolean exclusive = source.path("exclusiveMaximum").asBoolean(false);
            if (number > maximum || (exclusive && number == maximum)) {
                errors.add(FieldError.invalid(path, value, path + " in body should be less than "
                        + (exclusive ? "" : "or equal to ") + go(maximum)));
            }
        }
        if (source.has("minimum")) {
            double minimum = source.get("minimum").doubleValue();
            boolean exclusive = source.path("exclusiveMinimum").asBoolean(false);
            if (number < minimum || (exclusive && number == minimum)) {
                errors.add(FieldError.invalid(path, value, path + " in body should be greater than "
                        + (exclusive ? "" : "or equal to ") + go(minimum)));
            }
        }
        if (source.has("multipleOf")) {
            var factor = new BigDecimal(source.get("multipleOf").asText());
            if (new BigDecimal(value.asText()).remainder(factor).signum() != 0) {
                errors.add(FieldError.invalid(path, value,
                        path + " in body should be a multiple of " + go(factor.doubleValue())));
            }
        }
    }

    /** A bound as Go prints it: without an exponent below 10^21. */
    private static String go(double bound) {
        return bound == 0 ? "0" : new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
    }
}
