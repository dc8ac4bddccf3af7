package io.claudeflow.swarm.local.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A file that only its owner may read. */
final class SecretFile {
    private SecretFile() {}

    static String readOrWrite(Path file, Supplier<String> content) throws IOException {
        if (Files.isReadable(file)) {
            return Files.readString(file).strip();
        }
        var made = content.get();
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, made);
        return made;
    }
}
