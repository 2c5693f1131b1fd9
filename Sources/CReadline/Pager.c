#define _GNU_SOURCE  // pipe2

#include "CReadline.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

extern char **environ;

// Starts the program with its standard input at the end of a pipe; answers the other end, or -1.
static int start(pid_t *program, char *const *arguments) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t usual, none;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGQUIT);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGTERM);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    int error = posix_spawnp(program, arguments[0], &files, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    close(ends[0]);
    if (error == 0) return ends[1];
    close(ends[1]);
    return -1;
}

enum drydock_program_end drydock_page(char *const *arguments, const char *text, size_t size) {
    struct termios before;
    int has_terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    struct sigaction ignore = {0}, old_int, old_quit, old_pipe;
    ignore.sa_handler = SIG_IGN;
    sigemptyset(&ignore.sa_mask);
    // Ctrl-C is for the pager; one that ends before it has read all is no trouble.
    sigaction(SIGINT, &ignore, &old_int);
    sigaction(SIGQUIT, &ignore, &old_quit);
    sigaction(SIGPIPE, &ignore, &old_pipe);

    pid_t program;
    int status = 0;
    int input = start(&program, arguments);
    if (input >= 0) {
        while (size > 0) {
            ssize_t count = write(input, text, size);
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) break;
            text += count;
            size -= (size_t)count;
        }
        close(input);
        pid_t ended;
        do ended = waitpid(program, &status, 0);
        while (ended < 0 && errno == EINTR);
    }
    if (has_terminal) tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    sigaction(SIGINT, &old_int, NULL);
    sigaction(SIGQUIT, &old_quit, NULL);
    sigaction(SIGPIPE, &old_pipe, NULL);
    // 127 is what a shell says of a program that is not there, 126 of one that cannot be run.
    if (input < 0 || (WIFEXITED(status) && WEXITSTATUS(status) >= 126)) return DRYDOCK_MISSING;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? DRYDOCK_SUCCEEDED : DRYDOCK_FAILED;
}
