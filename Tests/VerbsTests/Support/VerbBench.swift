import API
import Cluster
import Printers
import Value
import Verbs

/// A small simulated cluster on which tests run command lines.
final class VerbBench: SessionControl {
    /// What `rollout undo` says of a deployment called web that was applied.
    static let rollbackWarning =
        "Warning: resource deployments/web was previously managed with 'kubectl apply'. Rolling back will "
        + "not update the kubectl.kubernetes.io/last-applied-configuration annotation, which may cause "
        + "unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with "
        + "your previous configuration file instead.\n"

    let cluster: SimulatedCluster
    let files = MemoryFiles()
    var kubeConfig = KubeConfig.simulated
    var printers = PrinterRegistry.builtIn
    /// Where it is noted which flags commands read.
    var flagReads: FlagReads?

    /// A cluster with `nodes` Ready nodes.
    init(nodes: Int = 2) throws {
        cluster = SimulatedCluster()
        for number in 0..<nodes { _ = try cluster.addNode("node-\(number + 1)") }
        _ = try cluster.advance(by: 1_000)
    }

    /// What a command printed, on both streams in order, with a last line `[exit N]` where it failed.
    @discardableResult
    func run(_ line: String, input: String = "") throws -> String {
        try Command.run(
            line, on: cluster.connection, session: self, files: files, input: input,
            flagReads: flagReads)
    }

    /// Runs until nothing moves.
    func settle() throws { _ = try cluster.settle() }

    func advance(seconds: Int64) throws { _ = try cluster.advance(by: seconds * 1_000) }
}

/// Command lines as tests run them.
enum Command {
    /// What a command printed, on both streams in order, with a last line `[exit N]` where it failed.
    static func run(
        _ line: String, on cluster: ClusterConnection, session: any SessionControl,
        files: any VerbFiles, input: String = "", flagReads: FlagReads? = nil
    ) throws -> String {
        var text = ""
        let output = VerbOutput { _, chunk in text += chunk }
        let context = VerbContext(
            cluster, session: session, files: files, input: { input }, output: output)
        context.flagReads = flagReads
        var words = Words.split(line)
        if words.first == "kubectl" { words.removeFirst() }
        let code = try VerbRegistry.run(words, in: context)
        return code == 0 ? text : text + "[exit \(code)]\n"
    }
}

/// Files in memory.
final class MemoryFiles: VerbFiles {
    var texts: [String: String] = [:]
    /// Files that are no text; their names are among ``texts`` too.
    var binaries: [String: [UInt8]] = [:]

    func read(_ path: String) throws(FileProblem) -> String {
        if let text = texts[path] { return text }
        throw entries(path) == nil ? .notFound : FileProblem("is a directory")
    }

    func entries(_ path: String) -> [String]? {
        let prefix = path == "." ? "" : (path.hasSuffix("/") ? path : path + "/")
        let names = texts.keys.filter { $0.hasPrefix(prefix) }.map { name in
            String(name.dropFirst(prefix.count).prefix { $0 != "/" })
        }
        let sorted = Set(names).sorted()
        return sorted.isEmpty || texts[path] != nil ? nil : sorted
    }

    func exists(_ path: String) -> Bool { texts[path] != nil || entries(path) != nil }

    func bytes(_ path: String) throws(FileProblem) -> [UInt8] {
        if let bytes = binaries[path] { return bytes }
        return Array(try read(path).utf8)
    }

    func write(_ text: String, to path: String) { texts[path] = text }
}

/// Splits a line into words as a shell does: blanks, single and double quotes.
enum Words {
    static func split(_ line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var hasWord = false
        var quote: Character?
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                hasWord = true
            } else if character == " " {
                if hasWord { words.append(word) }
                word = ""
                hasWord = false
            } else {
                word.append(character)
                hasWord = true
            }
        }
        if hasWord { words.append(word) }
        return words
    }
}

/// Manifests that several tests apply.
enum Manifests {
    /// A Deployment `web` of nginx.
    static func deployment(replicas: Int = 2, image: String = "nginx:1.25") -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: \(replicas)
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
              - name: nginx
                image: \(image)
        """
    }

    /// A pod; `extra` are lines of its spec.
    static func pod(_ name: String, extra: String = "") -> String {
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: \(name)
          labels:
            app: \(name)
        spec:
        \(extra.isEmpty ? "" : extra + "\n")  containers:
          - name: c
            image: nginx:1.25
        """
    }
}
