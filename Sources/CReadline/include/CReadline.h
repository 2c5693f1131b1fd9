#pragma once

#include <stddef.h>

// The terminal behind four functions: GNU readline's globals, macros and signal handling stay in C, and so does
// lending the terminal to another program.

/// What `drydock_readline` ended with.
enum drydock_readline_end {
    DRYDOCK_LINE = 0,
    DRYDOCK_END_OF_INPUT = 1,
    DRYDOCK_INTERRUPTED = 2,
};

/// Answers the candidates for the word at `start..<end` of `line`: a NULL-terminated array of
/// strings, array and strings from malloc, or NULL for none. A candidate replaces the whole word; behind a tab
/// stands what it is, which is shown beside it.
typedef char **(*drydock_completer)(const char *line, int start, int end);

/// Sets readline up: the completer, and `capacity` lines of history read from `history_path`
/// (which need not exist; NULL for no history).
void drydock_readline_start(drydock_completer completer, const char *history_path, int capacity);

/// Reads a line with editing and stores it, from malloc, in `*line` (NULL unless DRYDOCK_LINE).
/// Ctrl-C discards what was typed and answers DRYDOCK_INTERRUPTED.
enum drydock_readline_end drydock_readline(const char *prompt, char **line);

/// Whether more has been typed already, or comes within an instant, as when lines are pasted.
int drydock_readline_pending(void);

/// Adds an entry, which may have several lines, to the history and to its file.
void drydock_readline_remember(const char *entry);

/// The entry of the history at a place, from 0 for the oldest; NULL behind the last.
const char *drydock_readline_entry(int index);

/// How a program ended that had the terminal.
enum drydock_program_end {
    DRYDOCK_SUCCEEDED = 0,
    DRYDOCK_FAILED = 1,
    DRYDOCK_MISSING = 2,
};

/// Runs a program on the terminal until it ends: `arguments` are its name, looked for in PATH, and what follows, up to
/// NULL. Ctrl-C and Ctrl-\\ go to it alone; afterwards the terminal is as it was before.
enum drydock_program_end drydock_run_on_terminal(char *const *arguments);

/// Has a program show `size` bytes of text, which it reads from its standard input, and waits for its end. Ctrl-C goes
/// to it alone; afterwards the terminal is as it was before. DRYDOCK_MISSING where there is no such program.
enum drydock_program_end drydock_page(char *const *arguments, const char *text, size_t size);

/// Says, from within a completer, whether no blank follows the only candidate there is.
void drydock_glues(int glues);

/// Whether something has been typed at the terminal that nobody has read.
int drydock_has_typed(void);
