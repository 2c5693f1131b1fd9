#include "CReadline.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

extern char **environ;

// What the program must not inherit: signals that this process ignores or has blocked.
static int start(pid_t *program, char *const *arguments) {
    posix_spawnattr_t attributes;
    sigset_t usual, none;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGQUIT);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGTERM);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    int error = posix_spawnp(program, arguments[0], NULL, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    return error;
}

enum drydock_program_end drydock_run_on_terminal(char *const *arguments) {
    struct termios before;
    int has_terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    struct sigaction ignore = {0}, old_int, old_quit;
    ignore.sa_handler = SIG_IGN;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGINT, &ignore, &old_int);
    sigaction(SIGQUIT, &ignore, &old_quit);

    pid_t program;
    int status = 0;
    int error = start(&program, arguments);
    if (error == 0) {
        pid_t ended;
        do ended = waitpid(program, &status, 0);
        while (ended < 0 && errno == EINTR);
        if (ended < 0) status = 1;
    }
    if (has_terminal) tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    sigaction(SIGINT, &old_int, NULL);
    sigaction(SIGQUIT, &old_quit, NULL);
    if (error != 0) return error == ENOENT ? DRYDOCK_MISSING : DRYDOCK_FAILED;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? DRYDOCK_SUCCEEDED : DRYDOCK_FAILED;
}
