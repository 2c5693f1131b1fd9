#include "CCourse.h"

// #embed is of C23, and clang knows it in all its languages.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "Files.h"

size_t drydock_course_count(void) { return sizeof files / sizeof files[0]; }

drydock_course_file drydock_course_file_at(size_t place) { return files[place]; }
