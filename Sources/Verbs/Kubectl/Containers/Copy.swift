import API
import Containers
import Model
import Support
import Tools
import Value

extension Verb {
    /// `kubectl cp`.
    static let copy: Verb = {
        var verb = Verb("cp", summary: "Copy files to and from containers")
        verb.usage = "<file-spec-src> <file-spec-dest> [-c CONTAINER]"
        verb.examples = [
            "cp index.html web-0:/usr/share/nginx/html/", "cp shop/web-0:/etc/hosts hosts -c nginx",
        ]
        verb.flags = [
            Flag("container", "c", .string, "the container; the first one where none is given"),
            .idle("no-preserve", .bool, "files of the session have neither owners nor modes"),
            .idle("retries", .int, "no connection is lost", standard: "0"),
        ]
        verb.completes = .files
        verb.run = { call in try Copy(call: call).run() }
        return verb
    }()
}

/// One run of `kubectl cp`. Source of rules and texts: kubectl's cp command.
private struct Copy {
    let call: VerbCall

    /// `[[namespace/]pod:]path`.
    private struct Place {
        var pod: String?
        var namespace: String?
        let path: String

        /// Source: extractFileSpec.
        init(_ text: String) throws(VerbError) {
            guard let colon = text.firstIndex(of: ":") else {
                path = text
                return
            }
            let parts = text[..<colon].split(separator: "/", omittingEmptySubsequences: false)
            guard !text.hasPrefix(":"), parts.count <= 2 else {
                throw .message(
                    "filespec must match the canonical format: [[namespace/]pod:]file/path")
            }
            pod = parts.last.map(String.init)
            namespace = parts.count == 2 ? String(parts[0]) : nil
            path = String(text[text.index(after: colon)...])
        }
    }

    func run() throws {
        guard call.arguments.count == 2 else {
            throw VerbError.message("source and destination are required")
        }
        let source = try Place(call.arguments[0])
        let target = try Place(call.arguments[1])
        if source.pod != nil, target.pod != nil {
            throw VerbError.message("one of src or dest must be a local file specification")
        }
        if source.path.isEmpty || target.path.isEmpty {
            throw VerbError.message("filepath can not be empty")
        }
        if source.pod != nil {
            try copyFrom(source, to: target.path)
        } else if target.pod != nil {
            try copyTo(target, from: source.path)
        } else {
            throw VerbError.message("one of src or dest must be a remote file specification")
        }
    }

    /// The files of the container that a place is in. kubectl runs `tar` there, so that there has to be one.
    private func opened(
        _ place: Place
    ) throws -> (files: ContainerFiles, target: ContainerTarget) {
        let value: Value
        do throws(APIError) {
            value = try call.context.client.get(
                .pod, namespace: place.namespace ?? call.namespace, name: place.pod ?? "")
        } catch {
            throw VerbError.api(error, call.context.kinds[.pod])
        }
        let pod = FoundObject(info: call.context.kinds[.pod], value: value)
        try call.require(
            Access(
                "create", pod.info, namespace: pod.namespace, name: pod.name, subresource: "exec"),
            pod.info)
        let phase = PodView(value).phase
        if phase == "Succeeded" || phase == "Failed" {
            throw VerbError.message(
                "cannot exec into a container in a completed pod; current phase is \(phase)")
        }
        let container = try PodTarget.container(
            call.flags.string("container"), of: pod, isQuiet: false, call)
        let containers = try call.context.world().containers
        let image = value[.spec].list(.containers).first { $0.text(.name) == container }
        do throws(ContainerProblem) {
            if let image, !ContainerImage(image.text(.image)).hasShell {
                throw .noProgram(
                    "OCI runtime exec failed: exec failed: unable to start container process: exec: "
                        + "\"tar\": executable file not found in $PATH: unknown", commands: [])
            }
            let target = PodTarget(pod: pod, container: container).target
            return (try containers.files(of: target), target)
        } catch {
            throw call.failure(error)
        }
    }

    // MARK: To a container

    private func copyTo(_ target: Place, from source: String) throws {
        guard call.context.files.exists(source) else {
            throw VerbError.message("\(source) doesn't exist in local filesystem")
        }
        let (files, container) = try opened(target)
        var path = ContainerPath.resolved(target.path, in: "/")
        if files.kind(of: path) == .directory {
            path = ContainerPath.joined(path, ContainerPath.last(of: source))
        }
        let containers = try call.context.world().containers
        try put(source, path, files) { containers.noteCopy($0, to: $1, of: container) }
    }

    /// - Parameter note: told of each file, and of each folder without bytes.
    private func put(
        _ source: String, _ path: String, _ files: ContainerFiles,
        note: ([UInt8]?, String) -> Void
    ) throws {
        var open = [(source, path)]
        while let (source, path) = open.popLast() {
            if StopRequest.isMade { throw ClusterError.interrupted }
            do throws(ToolFileProblem) {
                if let names = call.context.files.entries(source) {
                    try files.makeDirectory(path, parents: true)
                    note(nil, path)
                    open += names.map { ("\(source)/\($0)", ContainerPath.joined(path, $0)) }
                    continue
                }
                let bytes: [UInt8]
                do throws(FileProblem) {
                    bytes = try call.context.files.bytes(source)
                } catch {
                    throw ToolFileProblem(error.message)
                }
                let folder = ContainerPath.folder(of: path)
                guard files.kind(of: folder) == .directory else {
                    throw ToolFileProblem(
                        "can't change directory to '\(folder)': No such file or directory")
                }
                try files.write(bytes, to: path)
                note(bytes, path)
            } catch {
                call.context.output.error(
                    "tar: \(error.reason.hasPrefix("can't") ? "" : path.dropFirst() + ": ")\(error.reason)\n"
                )
                call.context.output.error("command terminated with exit code 1\n")
                throw VerbError.exit(1)
            }
        }
    }

    // MARK: From a container

    private func copyFrom(_ source: Place, to target: String) throws {
        let files = try opened(source).files
        let path = ContainerPath.resolved(source.path, in: "/")
        if source.path.hasPrefix("/") {
            call.context.output.error("tar: removing leading '/' from member names\n")
        }
        let place: ContainerFiles.Place
        do throws(ToolFileProblem) {
            place = try files.find(path)
        } catch {
            call.context.output.error(
                "tar: \(source.path): \(error.reason)\ntar: error exit delayed from previous errors\n"
            )
            return
        }
        var target = target
        if !place.node.isFolder, call.context.files.entries(target) != nil {
            // A file never takes the place of a folder.
            throw VerbError.message("open \(target): is a directory")
        }
        while target.count > 1, target.hasSuffix("/") { target.removeLast() }
        try fetch(place.path, target, files)
    }

    private func fetch(_ path: String, _ target: String, _ files: ContainerFiles) throws {
        var open = [(path, target)]
        while let (path, target) = open.popLast() {
            if StopRequest.isMade { throw ClusterError.interrupted }
            let node: FileNode
            do throws(ToolFileProblem) {
                node = try files.find(path, follows: path == open.first?.0).node
            } catch {
                call.context.output.error("tar: \(path): \(error.reason)\n")
                continue
            }
            switch node.content {
            case .folder:
                open += node.names.reversed().map {
                    (ContainerPath.joined(path, $0), "\(target)/\($0)")
                }
            case .link(let destination):
                call.context.output.error(
                    "warning: skipping symlink: \"\(target)\" -> \"\(destination)\"\n")
            case .device: continue
            case .file(let bytes):
                do throws(FileProblem) {
                    try call.context.files.write(bytes: bytes, to: target)
                } catch {
                    throw VerbError.message("open \(target): \(error.message)")
                }
            }
        }
    }
}
