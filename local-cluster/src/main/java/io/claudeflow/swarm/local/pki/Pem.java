package io.claudeflow.swarm.local.pki;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** PEM text, RFC 7468. */
final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    static String of(String label, byte[] der) {
        var body = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
