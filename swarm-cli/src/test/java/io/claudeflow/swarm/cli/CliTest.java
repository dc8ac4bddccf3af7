package io.claudeflow.swarm.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
    @TempDir
    private Path folder = Path.of("");
    private CapturedShell shell = new CapturedShell(folder, Map.of());

    @BeforeEach
    void atHome() {
        shell = new CapturedShell(folder, Map.of("HOME", folder.toString()));
    }

    private void fails(int exitCode, String sentence, String... arguments) {
        int exit = shell.run(arguments);
        assertAll(() -> assertEquals(exitCode, exit), () -> assertEquals(sentence + "\n", shell.err()),
                () -> assertEquals("", shell.out()));
    }

    @Test
    void wrongWordsAreOneSentenceAndExitCode2() {
        fails(2, "swarm: there is no command 'gett'; did you mean get?; see: swarm --help", "gett");
        fails(2, "swarm: there is no option '--foo'; see: swarm get --help", "get", "pods", "--foo");
        fails(2, "swarm: there is nothing to do with 'x'; see: swarm version --help", "version", "x");
        fails(2, "swarm: Missing required option: '--replicas=N'; see: swarm scale --help", "scale", "swc/x");
        fails(2, "swarm: Invalid value for option '--output': 'xml' is not allowed: use table, wide, json, yaml, name; see: "
                + "swarm get --help", "get", "swc", "-o", "xml");
        fails(2, "swarm: Invalid value for option '--timeout': '5x' is not allowed: a duration is a number and a unit of ms, "
                + "s, m, h or d, for example 30s; see: swarm delete --help", "delete", "swc/x", "--timeout", "5x");
        fails(2, "swarm: --name 'No!' is not allowed: use at most 40 lower-case letters, digits and hyphens, for example "
                + "'local'", "get", "swc", "--name", "No!");
        fails(2, "swarm: name exactly one object, for example swarmcluster/research-swarm", "scale", "swc",
                "--replicas=2");
        fails(2, "swarm: --kubeconfig names " + folder.resolve("none")
                + ", which cannot be read; name a kubeconfig, or "
                + "leave it out to talk to the local swarm", "status", "--kubeconfig", "none");
    }

    @Test
    void whereNoSwarmRunsTheExitCodeIs3() {
        var sentence = "swarm: no local swarm runs in " + folder.resolve(".local/state/swarm/");
        fails(3, sentence + "/local; start it with: swarm up", "get", "swc");
        fails(3, sentence + "/local; start it with: swarm up", "status");
        fails(3, sentence + "/other; start it with: swarm up --name other", "status", "--name", "other");
        fails(3, "swarm: no local swarm runs in " + folder.resolve("d") + "; start it with: swarm up --data-dir d",
                "status",
                "--data-dir", "d");
        fails(3, sentence + "/local", "down");
    }

    @Test
    void filesAreReadBeforeAnythingIsAsked() {
        fails(2, "swarm: no.yaml does not exist (looked for " + folder.resolve("no.yaml") + "); check the path",
                "apply", "-f",
                "no.yaml");
        fails(2, "swarm: no.sh is no file (looked for " + folder.resolve("no.sh")
                + "); name a script file, or put -- before a command", "task", "submit", "no.sh");
        fails(2, "swarm: more than one script file was named (wc README.md); for a command with arguments put -- before it",
                "task", "submit", "wc", "README.md");
    }

    @Test
    void helpAndCompletionNameEveryCommand() {
        assertEquals(0, shell.run("--help"));
        var help = shell.out();
        assertEquals(0, shell.run("completion", "zsh"));
        var completion = shell.out();
        Cli.commandLine(shell.shell()).getSubcommands().forEach((name, command) -> {
            boolean shown = !command.getCommandSpec().usageMessage().hidden();
            assertEquals(shown, help.contains("\n  " + name + " "), name);
            assertTrue(!shown || completion.contains(name), name);
        });
    }

    @Test
    void everyCommandHasHelpWithExitCodes() {
        Cli.commandLine(shell.shell()).getSubcommands().forEach((name, command) -> {
            assertEquals(0, shell.run(name, "--help"), name);
            assertTrue(shell.out().contains("Exit codes:"), name);
        });
    }

    @Test
    void versionIsTheBuilds() {
        assertEquals(0, shell.run("version"));
        assertTrue(shell.out().matches("swarm [0-9]+\\.[0-9]+\\.[0-9]+\\S*, Java 25.*\\R"), shell.out());
    }

    @Test
    void aConnectionThatIsRefusedIsASentence() throws Exception {
        Files.writeString(folder.resolve("kc"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: a, user: {token: t}}]
                contexts: [{name: a, context: {cluster: a, user: a}}]
                current-context: a
                """);
        fails(3, "swarm: the API server of " + folder.resolve("kc")
                + " does not answer; is it running? For a local swarm: swarm up", "get", "swc", "--kubeconfig", "kc");
    }
}
