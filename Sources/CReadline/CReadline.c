#define _GNU_SOURCE  // ppoll

#include "CReadline.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <readline/history.h>
#include <readline/readline.h>

static drydock_completer completer;
static char *history_file;
static int history_capacity;

static volatile sig_atomic_t interrupted;
static volatile sig_atomic_t resized;

static char *finished_line;
static int is_finished;

// The thread that reads: a command may read on another one than that which gets the signals.
static pthread_t reading_thread;

static void wake(int signal) {
    if (!pthread_equal(pthread_self(), reading_thread)) pthread_kill(reading_thread, signal);
}

static void on_interrupt(int signal) {
    interrupted = 1;
    wake(signal);
}

static void on_resize(int signal) {
    resized = 1;
    wake(signal);
}

static void on_line(char *line) {
    finished_line = line;
    is_finished = 1;
    rl_callback_handler_remove();
}

// Readline wants candidates one at a time, the first call with state 0.
static char **candidates;

// What the candidates of the last completion are, one behind each text: "replicas\0integer".
static char **described;

static void forget_described(void) {
    for (char **each = described; each && *each; each++) free(*each);
    free(described);
    described = NULL;
}

// Cuts the candidates at their tabs, and keeps copies of those that say what they are.
static void describe(void) {
    size_t count = 0, kept = 0;
    while (candidates[count]) count++;
    forget_described();
    described = calloc(count + 1, sizeof *described);
    for (size_t i = 0; i < count; i++) {
        char *tab = strchr(candidates[i], '\t');
        if (!tab) continue;
        if (tab[1] && described) {
            described[kept] = strdup(candidates[i]);
            if (described[kept]) described[kept++][tab - candidates[i]] = '\0';
        }
        *tab = '\0';
    }
}

static const char *description(const char *text) {
    for (char **each = described; each && *each; each++) {
        if (strcmp(*each, text) == 0) return *each + strlen(*each) + 1;
    }
    return "";
}

enum { most_described = 60 };

// Lists what could stand at the cursor: one a line with what it is, or in columns where there are many.
static void show_matches(char **matches, int count, int longest) {
    FILE *out = rl_outstream ? rl_outstream : stdout;
    int rows, columns, says = 0;
    rl_get_screen_size(&rows, &columns);
    for (int i = 1; i <= count && !says; i++) says = description(matches[i])[0] != 0;
    if (!says || count > most_described || count + 2 > rows) {
        fputc('\n', out);
        // Readline would ask before it lists very many, with keys that are not ours to read here.
        rl_display_match_list(matches, count, longest);
    } else {
        fputc('\n', out);
        for (int i = 1; i <= count; i++) {
            int room = columns - longest - 5;
            const char *text = description(matches[i]);
            int size = (int)strlen(text);
            if (size > room) {
                size = room > 0 ? room : 0;
                // Not in the middle of a character.
                while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) size--;
            }
            fprintf(out, "  %-*s  %.*s\n", longest, matches[i], size, text);
        }
    }
    rl_forced_update_display();
}

static char *next_candidate(const char *text, int state) {
    static int index;
    (void)text;
    if (state == 0) index = 0;
    return candidates && candidates[index] ? candidates[index++] : NULL;
}

static int glues;

void drydock_glues(int new_glues) { glues = new_glues; }

static char **complete(const char *text, int start, int end) {
    rl_attempted_completion_over = 1;  // never fall back to file names
    if (!completer) return NULL;
    glues = 0;
    candidates = completer(rl_line_buffer, start, end);
    if (!candidates) return NULL;
    describe();
    // A candidate that ends in a separator waits for more: no blank behind it.
    if (candidates[0] && !candidates[1]) {
        size_t length = strlen(candidates[0]);
        if (glues || (length > 0 && strchr("/=.[(", candidates[0][length - 1]))) {
            rl_completion_suppress_append = 1;
        }
    }
    char **matches = rl_completion_matches(text, next_candidate);
    free(candidates);
    candidates = NULL;
    return matches;
}

// What the environment says of characters. Source of the order: POSIX, Base Definitions, 8.2.
static const char *character_locale(void) {
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return value;
    }
    return NULL;
}

// Readline loses keys of several bytes where the locale of the terminal is not installed: it takes the one that
// is in force then, which is to be one of UTF-8. That of C is a part of glibc.
static void settle_locale(void) {
    const char *name = character_locale();
    if (name && setlocale(LC_CTYPE, name)) return;
    const char *set = name ? strchr(name, '.') : ".UTF-8";
    if (set && (strncasecmp(set, ".UTF-8", 6) == 0 || strncasecmp(set, ".UTF8", 5) == 0)) {
        setlocale(LC_CTYPE, "C.UTF-8");
    }
}

void drydock_readline_start(drydock_completer new_completer, const char *path, int capacity) {
    completer = new_completer;
    settle_locale();
    rl_readline_name = "drydock";
    rl_attempted_completion_function = complete;
    rl_completer_word_break_characters = " \t\n;{}()|<>,'\"";
    rl_completer_quote_characters = "";
    rl_completion_display_matches_hook = show_matches;
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    using_history();
    // Entries of several lines survive the file: each entry is led by a comment line.
    history_comment_char = '#';
    history_multiline_entries = 1;
    history_write_timestamps = 1;
    stifle_history(capacity);
    history_capacity = capacity;
    if (path) {
        history_file = strdup(path);
        read_history(history_file);
    }
}

enum drydock_readline_end drydock_readline(const char *prompt, char **line) {
    struct sigaction on_int = {0}, on_winch = {0}, old_int, old_winch;
    on_int.sa_handler = on_interrupt;
    on_winch.sa_handler = on_resize;
    sigemptyset(&on_int.sa_mask);
    sigemptyset(&on_winch.sa_mask);
    *line = NULL;
    finished_line = NULL;
    is_finished = 0;
    interrupted = 0;
    reading_thread = pthread_self();
    // Held back but while input is waited for: a signal before that would be seen with the next key only.
    sigset_t held, outer, waiting;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGWINCH);
    pthread_sigmask(SIG_BLOCK, &held, &outer);
    waiting = outer;
    sigdelset(&waiting, SIGINT);
    sigdelset(&waiting, SIGWINCH);
    sigaction(SIGINT, &on_int, &old_int);
    sigaction(SIGWINCH, &on_winch, &old_winch);
    rl_eof_found = 0;  // An end of input that a command has read: each line after it would end twice.
    enum drydock_readline_end end = DRYDOCK_LINE;
    rl_callback_handler_install(prompt, on_line);
    while (!is_finished) {
        struct pollfd input = {.fd = fileno(rl_instream ? rl_instream : stdin), .events = POLLIN};
        int ready = ppoll(&input, 1, NULL, &waiting);
        if (interrupted) {
            rl_callback_sigcleanup();
            // Below all lines of what was typed.
            rl_point = rl_end;
            rl_redisplay();
            rl_free_line_state();
            rl_callback_handler_remove();
            fputs("^C\n", rl_outstream ? rl_outstream : stdout);
            end = DRYDOCK_INTERRUPTED;
            break;
        }
        if (resized) {
            resized = 0;
            rl_resize_terminal();
        }
        if (ready > 0) {
            rl_callback_read_char();
        } else if (ready < 0 && errno != EINTR) {
            rl_callback_handler_remove();
            end = DRYDOCK_END_OF_INPUT;
            break;
        }
    }
    sigaction(SIGINT, &old_int, NULL);
    sigaction(SIGWINCH, &old_winch, NULL);
    pthread_sigmask(SIG_SETMASK, &outer, NULL);
    if (end != DRYDOCK_LINE) return end;
    if (!finished_line) return DRYDOCK_END_OF_INPUT;
    *line = finished_line;
    return DRYDOCK_LINE;
}

const char *drydock_readline_entry(int index) {
    HIST_ENTRY *entry = history_get(history_base + index);
    return entry ? entry->line : NULL;
}

int drydock_readline_pending(void) {
    struct pollfd input = {.fd = fileno(rl_instream ? rl_instream : stdin), .events = POLLIN};
    // A terminal hands over what is pasted in pieces.
    return poll(&input, 1, 30) > 0 && (input.revents & POLLIN);
}

void drydock_readline_remember(const char *entry) {
    HIST_ENTRY *last = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
    if (last && strcmp(last->line, entry) == 0) return;
    add_history(entry);
    if (!history_file) return;
    if (append_history(1, history_file) != 0) {
        write_history(history_file);
    }
    history_truncate_file(history_file, history_capacity);
}

int drydock_has_typed(void) {
    struct pollfd input = {.fd = fileno(rl_instream ? rl_instream : stdin), .events = POLLIN};
    return poll(&input, 1, 0) > 0 && (input.revents & POLLIN) != 0;
}
