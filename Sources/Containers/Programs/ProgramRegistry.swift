/// The programs that need only a container's own files: one row each.
package enum ProgramRegistry {
    // tidy: lists static let (\w+) = ContainerProgram of Sources/Containers/Programs

    package static let all: [ContainerProgram] = [
        .arch, .chmod, .chown, .clear, .dd, .df, .du, .find, .free, .hostname, .httpd, .id, .ln,
        .ls,
        .md5sum,
        .mount, .nginx, .nproc, .ps, .readlink, .realpath, .redisCLI, .sha256sum, .stat, .sync,
        .top, .truncate,
        .umount,
        .uname, .uptime, .which, .whoami,
    ]

    /// The program of a name; nil where there is none.
    package static func program(named name: String) -> ContainerProgram? {
        all.first { $0.answers(to: name) }
    }

    /// All names, sorted.
    package static var names: [String] { all.flatMap { [$0.name] + $0.aliases }.sorted() }
}
