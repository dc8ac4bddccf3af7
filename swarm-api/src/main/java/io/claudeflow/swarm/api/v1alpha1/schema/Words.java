package io.claudeflow.swarm.api.v1alpha1.schema;

import java.util.Locale;

/**
 * How the constants of enumerations are written in YAML, in error messages and in labels. Each enumeration has a method
 * {@code word()} of its own, because the CRD generator asks no interface and no naming strategy.
 */
public final class Words {
    private Words() {}

    /** {@code WASM_SIMD} as {@code wasm-simd}. */
    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code READ_WRITE_ONCE} as {@code ReadWriteOnce}. */
    public static String pascal(Enum<?> constant) {
        var word = new StringBuilder();
        for (var part : constant.name().split("_", -1)) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }

    /** {@code STATUS_QUO} as {@code statusQuo}. */
    public static String camel(Enum<?> constant) {
        var word = pascal(constant);
        return Character.toLowerCase(word.charAt(0)) + word.substring(1);
    }
}
