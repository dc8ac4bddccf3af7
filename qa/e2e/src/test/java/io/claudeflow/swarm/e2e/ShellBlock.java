package io.claudeflow.swarm.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Pattern;

/** What a page tells people to type. */
final class ShellBlock {
    private ShellBlock() {}

    /** The first bash block of a page's section. */
    static String under(String page, String heading) {
        var section = Pattern.compile("^## " + Pattern.quote(heading) + "\\n.*?^```bash\\n(.*?)^```",
                Pattern.MULTILINE | Pattern.DOTALL);
        try {
            var match = section.matcher(Files.readString(LocalSwarm.REPOSITORY.resolve(page)));
            if (!match.find()) {
                throw new AssertionError(page + " has no bash block under '" + heading + "'");
            }
            return match.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
