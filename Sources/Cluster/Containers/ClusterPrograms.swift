import Containers

/// The programs of containers that need the cluster around them: one row each.
enum ClusterPrograms {
    static let all: [ContainerProgram] = [.dig, .getent, .nslookup]
}
