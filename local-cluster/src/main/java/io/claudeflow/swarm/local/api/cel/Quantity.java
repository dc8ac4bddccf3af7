package io.claudeflow.swarm.local.api.cel;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A resource quantity such as {@code 500m}, {@code 1.5Gi} or {@code 1e3}.
 *
 * @param value in the base unit
 */
record Quantity(BigDecimal value) {
    private static final Pattern FORM = Pattern.compile(
            "([+-]?(?:\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30}))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\\d{1,2}))?");
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("n", BigDecimal.valueOf(1, 9)), Map.entry("u", BigDecimal.valueOf(1, 6)),
            Map.entry("m", BigDecimal.valueOf(1, 3)), Map.entry("k", power(1000, 1)), Map.entry("M", power(1000, 2)),
            Map.entry("G", power(1000, 3)), Map.entry("T", power(1000, 4)), Map.entry("P", power(1000, 5)),
            Map.entry("E", power(1000, 6)), Map.entry("Ki", power(1024, 1)), Map.entry("Mi", power(1024, 2)),
            Map.entry("Gi", power(1024, 3)), Map.entry("Ti", power(1024, 4)), Map.entry("Pi", power(1024, 5)),
            Map.entry("Ei", power(1024, 6)));

    private static BigDecimal power(long base, int exponent) {
        return BigDecimal.valueOf(base).pow(exponent);
    }

    static Optional<Quantity> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var number = new BigDecimal(parts.group(1));
        if (parts.group(2) != null) {
            number = number.multiply(UNITS.getOrDefault(parts.group(2), BigDecimal.ONE));
        } else if (parts.group(3) != null) {
            number = number.scaleByPowerOfTen(Integer.parseInt(parts.group(3)));
        }
        return Optional.of(new Quantity(number.stripTrailingZeros()));
    }

    boolean integer() {
        return value.scale() <= 0 && value.toBigInteger().bitLength() < Long.SIZE;
    }
}
