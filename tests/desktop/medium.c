/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A medium that misbehaves, for a program that it is loaded into before the C library; no rights are wanted. What lies
 * below KAN_MEDIUM is on it; the first letter in the file KAN_MEDIUM_STATE says what it does: f, it is full; p, it was
 * pulled; r, it can only be read; s, it stands still while it is written to, and that somebody waits for it is said by
 * a file beside that one; t, the machine is tired and checks signatures slowly. */
#undef _FILE_OFFSET_BITS       /* both names of each call are wanted */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TIRED_US 20000

static char
get_state (void)
{
  const char *path = getenv ("KAN_MEDIUM_STATE");
  long fd = path != NULL ? syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC) : -1;
  char state = 0;

  if (fd < 0)
    return 0;
  if (syscall (SYS_read, fd, &state, 1) != 1)
    state = 0;
  syscall (SYS_close, fd);
  return state;
}

static int
is_below (const char *path)
{
  const char *medium = getenv ("KAN_MEDIUM");

  return medium != NULL && strncmp (path, medium, strlen (medium)) == 0;
}

static int
is_on_it (int fd)
{
  char link[64], path[4096];
  ssize_t size;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  size = readlink (link, path, sizeof path - 1);
  if (size < 0)
    return 0;
  path[size] = '\0';
  return is_below (path);
}

static void
tell_waiting (void)
{
  char path[4096];
  long fd;

  snprintf (path, sizeof path, "%s.waiting", getenv ("KAN_MEDIUM_STATE"));
  fd = syscall (SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    syscall (SYS_close, fd);
}

/* What is wrong with it, as errno; 0: nothing. */
static int
find_fault (int fd, int writes)
{
  char state;

  if (!is_on_it (fd))
    return 0;
  state = get_state ();
  if (state == 's' && writes)
    tell_waiting ();
  for (; state == 's' && writes; state = get_state ())
    usleep (10000);
  if (state == 'p')
    return EIO;
  return state == 'f' && writes ? ENOSPC : 0;
}

#define FAIL_IF_FAULTY(fd, writes) \
  do { int fault = find_fault (fd, writes); if (fault != 0) { errno = fault; return -1; } } while (0)

#define TRANSFER(name, Bytes, Offset, writes) \
  ssize_t name (int fd, Bytes bytes, size_t size, Offset at); \
  ssize_t \
  name (int fd, Bytes bytes, size_t size, Offset at) \
  { \
    static ssize_t (*real) (int, Bytes, size_t, Offset); \
    FAIL_IF_FAULTY (fd, writes); \
    if (real == NULL) \
      *(void **) &real = dlsym (RTLD_NEXT, #name); \
    return real (fd, bytes, size, at); \
  }

TRANSFER (pread, void *, off_t, 0)
TRANSFER (pread64, void *, off64_t, 0)
TRANSFER (pwrite, const void *, off_t, 1)
TRANSFER (pwrite64, const void *, off64_t, 1)

#define FLUSH(name) \
  int name (int fd); \
  int \
  name (int fd) \
  { \
    static int (*real) (int); \
    FAIL_IF_FAULTY (fd, 1); \
    if (real == NULL) \
      *(void **) &real = dlsym (RTLD_NEXT, #name); \
    return real (fd); \
  }

FLUSH (fsync)
FLUSH (fdatasync)

static int
may_open (const char *path, int flags)
{
  int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;

  if (writes && is_below (path) && get_state () == 'r')
    errno = EROFS;
  else
    return 1;
  return 0;
}

#define OPEN(name) \
  int name (const char *path, int flags, ...); \
  int \
  name (const char *path, int flags, ...) \
  { \
    static int (*real) (const char *, int, ...); \
    va_list args; \
    unsigned mode; \
    va_start (args, flags); \
    mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (args, unsigned) : 0; \
    va_end (args); \
    if (real == NULL) \
      *(void **) &real = dlsym (RTLD_NEXT, #name); \
    return may_open (path, flags) ? real (path, flags, mode) : -1; \
  }

OPEN (open)
OPEN (open64)

#define QUOTED(name) #name
#define NAME_OF(name) QUOTED (name)

/* CHECK_SIGNATURE is what libsodium calls it. */
int CHECK_SIGNATURE (const unsigned char *signature, const unsigned char *message, unsigned long long size,
                     const unsigned char *key);
int
CHECK_SIGNATURE (const unsigned char *signature, const unsigned char *message, unsigned long long size,
                 const unsigned char *key)
{
  static int (*real) (const unsigned char *, const unsigned char *, unsigned long long, const unsigned char *);

  if (get_state () == 't')
    usleep (TIRED_US);
  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, NAME_OF (CHECK_SIGNATURE));
  return real (signature, message, size, key);
}
