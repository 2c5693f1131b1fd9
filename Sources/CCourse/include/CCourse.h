#pragma once

#include <stddef.h>

// The course that ships, inside of the program: a lone binary has it wherever it goes.

/// One file of the course.
typedef struct {
    /// From the course's folder: `01-first-pods/hello-pod.dock`.
    const char *path;
    /// Not ended by a zero.
    const unsigned char *text;
    size_t size;
} drydock_course_file;

/// How many files the course has.
size_t drydock_course_count(void);

/// The file at a place below the count, in the order of paths.
drydock_course_file drydock_course_file_at(size_t place);
