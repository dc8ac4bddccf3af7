package io.claudeflow.swarm.cli.live;

import io.claudeflow.swarm.cli.console.Columns;
import io.claudeflow.swarm.cli.console.Paint;
import io.claudeflow.swarm.cli.console.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the board: on a terminal always in the same place, elsewhere each change as one line. One thread.
 */
final class BoardView {
    private static final String CLEAR_BELOW = "\u001b[J";
    /** Lines kept free below the board. */
    private static final int MARGIN = 3;

    private final Terminal terminal;
    private final Map<String, BoardRow> told = new HashMap<>();
    private int drawn;

    BoardView(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Shows the rows as they are after that time. */
    void show(List<BoardRow> rows, Duration elapsed) {
        if (terminal.interactive()) {
            draw(rows, elapsed);
        } else {
            tell(rows, elapsed);
        }
    }

    private void draw(List<BoardRow> rows, Duration elapsed) {
        var lines = table(rows, elapsed, terminal.rows() - MARGIN, terminal.columns(), terminal.colour());
        var text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        text.append('\r').append(CLEAR_BELOW);
        lines.forEach(line -> text.append(line).append('\n'));
        drawn = lines.size();
        terminal.text(text.toString());
    }

    /** The board as lines that fit the terminal. */
    static List<String> table(List<BoardRow> rows, Duration elapsed, int height, int width, boolean colour) {
        int room = Math.max(1, height - 2);
        var shown = rows.size() <= room ? rows : rows.subList(0, room - 1);
        var cells = new ArrayList<List<String>>();
        cells.add(List.of("KIND", "NAME", "STATE", "DETAIL"));
        shown.forEach(row -> cells.add(List.of(row.kind(), row.name(), row.state(), row.detail())));
        var columns = new Columns(colour);
        columns.fit(cells);
        int before = columns.width(3);
        var lines = new ArrayList<String>();
        lines.add(columns.header(cells.getFirst()) + "  " + Paint.FAINT.on(seconds(elapsed), colour));
        cells.stream()
                .skip(1)
                .forEach(row -> lines.add(columns.row(List.of(row.get(0), row.get(1), row.get(2),
                        cut(row.get(3), width - before - 1)))));
        if (shown.size() < rows.size()) {
            lines.add("… and " + (rows.size() - shown.size()) + " more");
        }
        return lines;
    }

    private static String cut(String text, int width) {
        var line = text.replace('\n', ' ');
        return line.length() <= width ? line : width < 2 ? "" : line.substring(0, width - 1) + "…";
    }

    private void tell(List<BoardRow> rows, Duration elapsed) {
        for (var row : rows) {
            var key = row.kind() + " " + row.name();
            if (!row.equals(told.put(key, row))) {
                terminal.line(String.format("%7s  %s  %s%s", seconds(elapsed), key, row.state(),
                        row.detail().isEmpty() ? "" : "  " + row.detail().replace('\n', ' ')));
            }
        }
        told.keySet().removeIf(key -> {
            boolean gone = rows.stream().noneMatch(row -> key.equals(row.kind() + " " + row.name()));
            if (gone) {
                terminal.line(String.format("%7s  %s  gone", seconds(elapsed), key));
            }
            return gone;
        });
    }

    private static String seconds(Duration elapsed) {
        return String.format(java.util.Locale.ROOT, "%.1f s", elapsed.toMillis() / 1_000.0);
    }
}
