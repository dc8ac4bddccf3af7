package io.claudeflow.swarm.kit.names;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file in the format of {@code /etc/hosts}, read again when its modification time or size has changed. A name on several
 * lines has several addresses, in the order of the lines. A file that is missing or cannot be read has no names.
 */
final class HostsFile {
    private final Path path;
    private volatile Content content = new Content(null, -1, Map.of(), Map.of());

    HostsFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** The addresses of a name, or an empty list. */
    List<InetAddress> addresses(String name) {
        return current().addresses.getOrDefault(key(name), List.of());
    }

    /** The first name of an address. */
    @Nullable
    String name(InetAddress address) {
        return current().names.get(address);
    }

    private Content current() {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            var seen = content;
            if (seen.size != attributes.size() || !attributes.lastModifiedTime().equals(seen.modified)) {
                seen = parse(attributes.lastModifiedTime(), attributes.size(), Files.readAllLines(path));
                content = seen;
            }
            return seen;
        } catch (IOException e) {
            return new Content(null, -1, Map.of(), Map.of());
        }
    }

    private static Content parse(FileTime modified, long size, List<String> lines) {
        var addresses = new LinkedHashMap<String, List<InetAddress>>();
        var names = new LinkedHashMap<InetAddress, String>();
        for (var line : lines) {
            int comment = line.indexOf('#');
            var words = (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+");
            for (int i = 1; i < words.length; i++) {
                var address = address(words[i], words[0]);
                if (address != null) {
                    addresses.computeIfAbsent(key(words[i]), _ -> new ArrayList<>()).add(address);
                    names.putIfAbsent(address, words[i]);
                }
            }
        }
        return new Content(modified, size, addresses, names);
    }

    private static @Nullable InetAddress address(String name, String literal) {
        try {
            return InetAddress.getByAddress(name, InetAddress.ofLiteral(literal).getAddress());
        } catch (IllegalArgumentException | UnknownHostException e) {
            return null;
        }
    }

    private static String key(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private record Content(@Nullable FileTime modified, long size, Map<String, List<InetAddress>> addresses,
            Map<InetAddress, String> names) {}
}
