package io.claudeflow.swarm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher's decisions, with folders that look like JDKs, like Maven and like the repository. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../swarm").toAbsolutePath().normalize();
    /** Fake programs come before these. */
    private static final String SYSTEM = "/usr/bin:/bin";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void bashIsThere() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")) || Files.isExecutable(Path.of("/usr/bin/bash")));
    }

    private record Ran(int exit, String out, String err) {}

    /** Runs lines of bash with the launcher's functions, and only the JDKs of this test's folder. */
    private Ran bash(Map<String, String> variables, String lines) throws IOException, InterruptedException {
        var home = Files.createDirectories(folder.resolve("home"));
        var bin = Files.createDirectories(folder.resolve("bin"));
        var builder = new ProcessBuilder("bash", "-c",
                "source " + LAUNCHER + "\nJVM_FOLDERS='" + folder + "/jvm/*'\n" + lines)
                .directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("HOME", home.toString(), "PATH", bin + ":" + SYSTEM));
        builder.environment().putAll(variables);
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Path jdk(String place, String version) throws IOException {
        var home = Files.createDirectories(folder.resolve(place));
        script(home.resolve("bin/java"), "echo fake");
        script(home.resolve("bin/javac"), "echo fake");
        Files.writeString(home.resolve("release"),
                "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_ARCH=\"y\"");
        return home;
    }

    private void script(Path file, String lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String found(Map<String, String> variables) throws IOException, InterruptedException {
        return bash(variables, "find_jdk && echo \"$jdk\" || echo \"none, but $jdks_seen\"").out().strip();
    }

    @Test
    void javaHomeComesFirst() throws IOException, InterruptedException {
        jdk("jvm/a", "25.0.1");
        var mine = jdk("my jdk", "25");
        assertEquals(mine.toString(), found(Map.of("JAVA_HOME", mine.toString())));
    }

    @Test
    void aJavaHomeOfAnotherVersionIsPassedOver() throws IOException, InterruptedException {
        var other = jdk("jdk21", "21.0.5");
        var right = jdk("jvm/b", "25.0.3");
        assertEquals(right.toString(), found(Map.of("JAVA_HOME", other.toString())));
    }

    @Test
    void theJavaOnThePathIsFollowedThroughLinks() throws IOException, InterruptedException {
        var right = jdk("opt/x", "25-ea");
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("alternatives"));
        Files.createSymbolicLink(folder.resolve("alternatives/java"), right.resolve("bin/java"));
        Files.createSymbolicLink(folder.resolve("bin/java"), Path.of("../alternatives/java"));
        assertEquals(right.toRealPath().toString(), found(Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin")));
    }

    @Test
    void theFirstBuildMakesTheCacheOfClassesUnlessToldNotTo() throws IOException, InterruptedException {
        var java = jdk("jvm/a", "25.0.1");
        script(java.resolve("bin/java"),
                "for word; do case $word in -XX:AOTCacheOutput=*) echo x >\"${word#*=}\" ;; esac; done");
        Files.createDirectories(folder.resolve("target/lib-1"));
        Files.createSymbolicLink(folder.resolve("target/lib"), Path.of("lib-1"));
        var train = "out=$PWD/target; jdk=" + java + "; train_now; ls target/lib-1";

        var off = bash(Map.of("SWARM_AOT", "off"), train);
        assertEquals("", off.out() + off.err());
        var made = bash(Map.of(), train);
        assertTrue(made.out().contains("25.0.1.aot"), made::toString);
        assertTrue(made.err().contains("preparing quick starts"), made::toString);
    }

    @ParameterizedTest
    @CsvSource({"home/.sdkman/candidates/java/25.0.1-tem", "home/.jdks/temurin-25",
        "home/.local/share/mise/installs/java/25",
        "home/Library/Java/JavaVirtualMachines/x/Contents/Home"})
    void placesBelowTheHomeDirectoryAreKnown(String place) throws IOException, InterruptedException {
        withoutJavaOnThePath();
        var right = jdk(place, "25.0.1");
        assertEquals(right.toString(), found(Map.of()));
    }

    /** The system's own java must not be what is found. */
    private void withoutJavaOnThePath() throws IOException {
        script(folder.resolve("bin/java"), "exit 1");
    }

    @Test
    void whatIsNoJdk25IsNotTaken() throws IOException, InterruptedException {
        withoutJavaOnThePath();
        jdk("jvm/a", "17.0.15");
        jdk("jvm/b", "250.1");
        jdk("jvm/c", "21.0.1");
        jdk("jvm/c2", "21.0.1");
        Files.delete(jdk("jvm/d", "25.0.1").resolve("bin/javac"));
        Files.delete(jdk("jvm/e", "25.0.1").resolve("release"));
        assertEquals("none, but 17.0.15, 250.1, 21.0.1", found(Map.of()));
    }

    @Test
    void noJdkIsOneSentence() throws IOException, InterruptedException {
        withoutJavaOnThePath();
        jdk("jvm/a", "17.0.15");
        var ran = bash(Map.of(), "require_jdk");
        assertEquals(1, ran.exit());
        assertTrue(ran.err().startsWith("swarm: there is no JDK 25 (found only 17.0.15); install one, for example"),
                ran.err());
        assertEquals(1, ran.err().lines().count());
    }

    @Test
    void noMavenIsOneSentence() throws IOException, InterruptedException {
        var ran = bash(Map.of("PATH", folder.resolve("bin").toString()), "jdk=/x require_maven");
        assertEquals(1, ran.exit());
        assertEquals(
                "swarm: Maven is needed to build and there is no 'mvn' on the PATH; install Maven 3.8.7 or newer and run "
                        + "this again\n",
                ran.err());
    }

    @ParameterizedTest
    @CsvSource({"3.8.7,17.0.15,0,''", "3.9.11,25,0,''", "4.0.0-rc-5,21,0,''", "3.8.7,11.0.2,0,/jdk25", "3.6.3,17,1,''"})
    void mavenAndItsJavaMustBeNewEnough(String maven, String java, int exit, String home)
            throws IOException, InterruptedException {
        script(folder.resolve("bin/mvn"),
                "echo 'Apache Maven " + maven + " (abc)'; echo 'Java version: " + java + ", vendor: x'");
        var ran = bash(Map.of(), "jdk=/jdk25; require_maven; echo \"$maven_home\"");
        assertEquals(exit, ran.exit(), ran.err());
        assertEquals(exit == 0 ? home : "", ran.out().strip());
    }

    @Test
    void aBuildIsNeededWhenSourcesChangedAndOnlyThen() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("pom.xml"),
                "<modules>\n<module>a</module>\n<module>later</module>\n</modules>");
        var source = folder.resolve("a/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {}");
        Files.writeString(folder.resolve("a/pom.xml"), "<project/>");
        Files.createDirectories(folder.resolve(".mvn"));
        Files.createDirectories(folder.resolve("out-folder/lib"));
        Files.writeString(folder.resolve("out-folder/lib/java.args"), "");
        var old = FileTime.from(Instant.now().minusSeconds(60));
        for (var file : List.of(folder.resolve("pom.xml"), source, folder.resolve("a/pom.xml"))) {
            Files.setLastModifiedTime(file, old);
        }
        var ask = "out=$PWD/out-folder; outdated && echo yes || echo no";
        assertEquals("yes", bash(Map.of(), ask).out().strip(), "never built");
        bash(Map.of(), "out=$PWD/out-folder; sources_sum > \"$out/stamp\"");
        assertEquals("no", bash(Map.of(), ask).out().strip());
        Files.writeString(folder.resolve("a/src/main/java/.A.java.swp"), "an editor's file");
        Files.createDirectories(folder.resolve("a/src/test/java"));
        Files.writeString(folder.resolve("a/src/test/java/ATest.java"), "a test");
        assertEquals("no", bash(Map.of(), ask).out().strip());
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertEquals("yes", bash(Map.of(), ask).out().strip(), "changed");
        Files.setLastModifiedTime(source, old);
        assertEquals("no", bash(Map.of(), ask).out().strip());
        Files.move(source, source.resolveSibling("B.java"));
        assertEquals("yes", bash(Map.of(), ask).out().strip(), "renamed, with its old time");
    }

    @Test
    void theRepositoryIsFoundThroughALink() throws IOException, InterruptedException {
        var link = folder.resolve("kubectl-swarm");
        Files.createSymbolicLink(link, LAUNCHER);
        assertEquals(LAUNCHER.toRealPath().toString(), bash(Map.of(), "resolved kubectl-swarm").out().strip());
    }

    @Test
    void helpNeedsNeitherBuildNorJava() throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", LAUNCHER.toString(), "--help").redirectErrorStream(true);
        process.environment().putAll(new HashMap<>(Map.of("JAVA_HOME", "/nowhere", "PATH", SYSTEM)));
        var started = process.start();
        var out = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, started.waitFor());
        var shell = new CapturedShell(folder, Map.of());
        shell.run("--help");
        assertEquals(shell.out(), out);
    }
}
