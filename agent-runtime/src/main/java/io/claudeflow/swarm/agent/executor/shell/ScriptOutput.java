package io.claudeflow.swarm.agent.executor.shell;

import io.claudeflow.swarm.agent.executor.StepListener;
import java.util.ArrayList;
import java.util.List;

/** What a script writes: standard output becomes the result, both streams are shown line by line. Two reader threads. */
final class ScriptOutput {
    private static final int LAST_LINE = 1_024;

    private final StepListener listener;
    private final BoundedResult result = new BoundedResult();
    private String lastErrorLine = "";

    ScriptOutput(StepListener listener) {
        this.listener = listener;
    }

    void standardOutput(List<LineSplitter.Piece> pieces) {
        var shown = new ArrayList<String>(pieces.size());
        for (var piece : pieces) {
            var line = piece.text();
            shown.add(line);
            var progress = piece.whole() ? ProgressLine.parse(line) : java.util.Optional.<ProgressLine>empty();
            if (progress.isPresent()) {
                listener.progress(progress.get().percent(), progress.get().message());
            } else {
                keep(piece.bytes());
            }
        }
        listener.lines(shown);
    }

    void standardError(List<LineSplitter.Piece> pieces) {
        var shown = pieces.stream().map(LineSplitter.Piece::text).toList();
        shown.stream().filter(line -> !line.isBlank()).forEach(this::keepErrorLine);
        listener.lines(shown);
    }

    private synchronized void keep(byte[] bytes) {
        result.append(bytes);
    }

    private synchronized void keepErrorLine(String line) {
        lastErrorLine = line.substring(0, Math.min(LAST_LINE, line.length())).strip();
    }

    synchronized BoundedResult.Text result() {
        return result.text();
    }

    /** The last line on standard error that is not blank; empty: there was none. */
    synchronized String lastErrorLine() {
        return lastErrorLine;
    }
}
